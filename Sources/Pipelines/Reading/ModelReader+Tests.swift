import Diagnostics

extension ModelReader {
  mutating func test(_ node: YAMLNode) -> TestDefinition {
    let expected = node["expect"]?.entries ?? []
    return TestDefinition(
      name: verbatim(node["name"]) ?? Located("", at: node.position),
      vocabulary: node["vocabulary"].map { vocabulary($0) },
      given: (node["given"]?.entries ?? []).map { entry in
        GivenTable(table: Located(entry.key), rows: entry.value.items.map { given($0) })
      },
      expected: expected.filter { $0.key.text != "quarantine" }.map { entry in
        ExpectedTable(table: Located(entry.key), rows: entry.value.items.map { fields($0) })
      },
      quarantine: expected.first { $0.key.text == "quarantine" }.map { entry in
        entry.value.items.compactMap { quarantine($0) }
      })
  }

  private func given(_ row: YAMLNode) -> [GivenCell] {
    row.entries.compactMap { entry in
      entry.value.scalar.map { scalar in
        GivenCell(
          column: Located(entry.key),
          text: Located(scalar).map { scalar.isNull ? "" : $0 })
      }
    }
  }

  private func fields(_ row: YAMLNode) -> [ExpectedField] {
    row.entries.compactMap { entry in
      entry.value.scalar.map { scalar in
        ExpectedField(
          field: Located(entry.key), text: Located(scalar).map { scalar.isNull ? nil : $0 })
      }
    }
  }

  private func quarantine(_ node: YAMLNode) -> ExpectedQuarantine? {
    guard let table = verbatim(node["table"]), let row = integer(node["row"]),
      let reason = verbatim(node["reason"])
    else { return nil }
    return ExpectedQuarantine(
      table: table, row: row, rule: verbatim(node["rule"]), reason: reason)
  }

  private mutating func vocabulary(_ node: YAMLNode) -> TestVocabulary {
    TestVocabulary(
      concepts: (node["concepts"]?.items ?? []).compactMap { concept($0) },
      mapsTo: pairs(node["maps_to"]), mapsToValue: pairs(node["maps_to_value"]))
  }

  private func concept(_ node: YAMLNode) -> TestVocabulary.Concept? {
    guard let id = id(node["concept_id"]), let code = verbatim(node["concept_code"])?.value,
      let vocabulary = verbatim(node["vocabulary_id"])?.value,
      let domain = verbatim(node["domain_id"])?.value
    else { return nil }
    return TestVocabulary.Concept(
      id: id, code: code, vocabulary: vocabulary, domain: domain,
      standard: verbatim(node["standard_concept"])?.value,
      name: verbatim(node["concept_name"])?.value ?? code)
  }

  private mutating func pairs(_ node: YAMLNode?) -> [TestVocabulary.Pair] {
    var pairs: [TestVocabulary.Pair] = []
    for item in node?.items ?? [] {
      guard case .list(let ids) = item.content else { continue }
      if ids.count == 2, let source = id(ids[0]), let target = id(ids[1]) {
        pairs.append(TestVocabulary.Pair(source: source, target: target))
      } else if ids.count != 2 {
        diagnostics.add(
          Diagnostic(
            .error, "wrong-kind", "a pair is a source concept and a target concept",
            at: item.position, hint: "write it as [45561952, 201826]"))
      }
    }
    return pairs
  }
}
