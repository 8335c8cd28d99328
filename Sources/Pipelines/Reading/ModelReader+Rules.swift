import Diagnostics

extension ModelReader {
  /// A rule; `nil` when it does not say what every rule must say.
  mutating func rule(_ node: YAMLNode) -> RuleDefinition? {
    let tables = words(node["from"])
    guard let id = verbatim(node["id"]), let into = verbatim(node["into"]), let from = tables.first
    else { return nil }
    if let window = entry("window", of: node), node["group"] != nil {
      diagnostics.error(
        "double-group", "a rule has a `group:` or a `window:`, not both", at: Located(window.key))
    }
    return RuleDefinition(
      id: id, was: verbatim(node["was"]), into: into, from: from, also: Array(tables.dropFirst()),
      unpivot: node["unpivot"].flatMap { unpivot($0) },
      joins: (node["join"]?.entries ?? []).map { join($0) },
      filter: expression(node["where"]),
      derived: (node["derive"]?.entries ?? []).compactMap { entry in
        expression(entry.value).map {
          DerivedDefinition(name: Located(entry.key), expression: $0)
        }
      },
      group: (entry("group", of: node) ?? entry("window", of: node)).map { group($0) },
      person: expression(node["person"]), key: expressions(node["key"]),
      visit: node["visit"].flatMap { reference($0) },
      prefer: node["prefer"].flatMap { ordering($0) },
      concept: conceptDefinition(node), truncate: words(node["truncate"]),
      fields: (node["fields"]?.entries ?? []).compactMap { field($0) })
  }

  private func entry(_ name: String, of node: YAMLNode) -> YAMLEntry? {
    node.entries.first { $0.key.text == name }
  }

  private func unpivot(_ node: YAMLNode) -> UnpivotDefinition? {
    guard let value = verbatim(node["value"]) else { return nil }
    return UnpivotDefinition(
      columns: words(node["columns"]), value: value, name: verbatim(node["name"]))
  }

  private func group(_ entry: YAMLEntry) -> GroupDefinition {
    let node = entry.value
    return GroupDefinition(
      place: Located(entry.key), keys: expressions(node["by"]),
      order: (node["order"]?.items ?? []).compactMap { ordering($0) },
      values: (node["values"]?.entries ?? []).compactMap { value in
        expression(value.value).map {
          DerivedDefinition(name: Located(value.key), expression: $0)
        }
      }, having: expression(node["having"]))
  }

  private func join(_ entry: YAMLEntry) -> JoinDefinition {
    let on = entry.value["on"] ?? entry.value
    var pairs: [JoinDefinition.Pair] = []
    if case .mapping(let entries) = on.content {
      // Without `on:`, what stands in the mapping are the keys of the section.
      for pair in entry.value["on"] == nil ? [] : entries {
        guard let theirs = verbatim(pair.value) else { continue }
        pairs.append(JoinDefinition.Pair(mine: Located(pair.key), theirs: theirs))
      }
    } else {
      pairs = words(on).map { JoinDefinition.Pair(mine: $0, theirs: $0) }
    }
    return JoinDefinition(
      table: Located(entry.key), columns: pairs, isRequired: flag(entry.value["required"]) ?? true)
  }

  private func reference(_ node: YAMLNode) -> ReferenceDefinition? {
    let key = expressions(node["key"])
    guard let rule = verbatim(node["rule"]), !key.isEmpty else { return nil }
    return ReferenceDefinition(rule: rule, key: key)
  }

  private mutating func field(_ entry: YAMLEntry) -> FieldDefinition? {
    let name = Located(entry.key)
    if case .mapping = entry.value.content {
      let node = entry.value
      if let code = expression(node["code"]), node["rule"] == nil, node["key"] == nil {
        let concept = ConceptDefinition(
          code: code, vocabulary: text(node["vocabulary"]), map: verbatim(node["map"]),
          defaultDomain: nil, place: name)
        return FieldDefinition(
          name: name,
          value: .concept(concept, isSource: verbatim(node["concept"])?.value == "source"))
      }
      guard node["code"] == nil, let reference = reference(node) else {
        diagnostics.error(
          "incomplete-value", "`\(name.value)` has neither the row of a rule nor a code", at: name,
          hint: "write { rule: …, key: … } or { code: …, vocabulary: … }")
        return nil
      }
      return FieldDefinition(name: name, value: .reference(reference))
    }
    return expression(entry.value).map {
      FieldDefinition(name: Located(entry.key), value: .expression($0))
    }
  }

  /// An expression that may be followed by `asc` or `desc`.
  private func ordering(_ node: YAMLNode) -> OrderingDefinition? {
    guard let scalar = node.scalar, !scalar.isNull else { return nil }
    let text = scalar.text
    for (word, isDescending) in [("asc", false), ("desc", true)] {
      guard text.lowercased().hasSuffix(word),
        let before = text.dropLast(word.count).last, before.isWhitespace
      else { continue }
      let expression = text.dropLast(word.count).trimmingSuffix(while: \.isWhitespace)
      return OrderingDefinition(
        expression: SourceExpression(scalar: scalar.prefix(String(expression))),
        isDescending: isDescending)
    }
    return OrderingDefinition(
      expression: SourceExpression(scalar: scalar), isDescending: false)
  }

  private mutating func conceptDefinition(_ rule: YAMLNode) -> ConceptDefinition? {
    guard let entry = rule.entries.first(where: { $0.key.text == "concept" }),
      let code = expression(entry.value["code"])
    else { return nil }
    return ConceptDefinition(
      code: code, vocabulary: text(entry.value["vocabulary"]), map: verbatim(entry.value["map"]),
      defaultDomain: text(entry.value["default_domain"]), place: Located(entry.key))
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, condition(last) { rest.removeLast() }
    return rest
  }
}

extension YAMLScalar {
  /// The scalar cut after a prefix of its text.
  fileprivate func prefix(_ text: String) -> YAMLScalar {
    YAMLScalar(text: text, style: style, position: position, source: source)
  }
}
