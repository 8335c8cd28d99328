import Diagnostics

/// The rules about the concepts of a row and what the file writes beside their ids.
extension MappingExaminer {
  /// Domains of which no event is.
  private static let foreign: Set<String> = [
    "Unit", "Route", "Meas Value", "Meas Value Operator", "Type Concept", "Metadata", "Gender",
    "Race", "Ethnicity", "Currency", "Relationship", "Place of Service", "Language",
    "Condition Status", "Visit Detail Type",
  ]

  /// Looks at the concepts of a row that is used.
  mutating func examineConcepts(_ row: [MappingTable.Cell], _ id: Int64, _ number: Int) {
    guard let target = places.target, let code = places.code else { return }
    if codes[number].targets.isEmpty {
      codes[number].cell = row[code]
      codes[number].targetCell = row[target]
      codes[number].vocabulary = places.sourceVocabulary.map { row[$0].text } ?? ""
      codes[number].sourceCell = places.sourceConcept.map { row[$0] }
      examineVocabulary(row)
      examineSource(row, number)
    }
    let others = codes[number].targets
    codes[number].add(id, at: row[target])
    if let concept = examineTarget(row, id, others: others) {
      examineDomain(row[target], concept, row[code])
    }
  }

  /// Looks at a value, a unit, an operator, a type or a number of a code: `mapping-type-domain`,
  /// `not-a-number`.
  mutating func examinePart(_ row: [MappingTable.Cell], _ id: Int64, _ type: MappingType) {
    guard let target = places.target, let concept = examineTarget(row, id) else { return }
    if let domain = type.domain, concept.domain != domain {
      tell(
        .typeDomain,
        "\(type.rawValue) names the concept \(id) (\(concept.name)) of the domain \(concept.domain)",
        at: row[target], hint: "the domain must be \(domain)")
    }
    if type == .number, Double(concept.name) == nil {
      tell(
        .notANumber, "the name of the concept \(id), \(concept.name), is no number",
        at: row[target],
        hint: "a row of the type MAPS_TO_NUMBER names a concept whose name is one")
    }
  }

  /// Looks at a target and what is written beside it.
  ///
  /// - Parameters:
  ///   - row: its row.
  ///   - id: its concept.
  ///   - others: the other targets of the code, by one of which it is not replaced.
  /// - Returns: the concept, where it is one that a code may map to.
  private mutating func examineTarget(
    _ row: [MappingTable.Cell], _ id: Int64, others: Set<Int64> = []
  ) -> Concept? {
    guard id != 0, let target = places.target, let check = check.concepts else { return nil }
    guard let concept = check.vocabulary.concept(id: id) else {
      if let problem = check.problem(id) { tell(problem, at: row[target]) }
      return nil
    }
    examineWritten(row, concept)
    guard let problem = check.problem(concept, domains: nil) else { return concept }
    tell(problem, at: row[target])
    if let other = problem.replacement, !others.contains(other.id) { replace(row, by: other) }
    return nil
  }

  /// Tells what is wrong with a concept.
  mutating func tell(_ problem: ConceptCheck.Problem, at cell: MappingTable.Cell) {
    tell(
      problem.rule, problem.message, at: cell, severity: problem.severity, hint: problem.hint)
  }

  /// Writes another target into a row, with what stands beside it.
  private mutating func replace(_ row: [MappingTable.Cell], by other: Concept) {
    guard let target = places.target else { return }
    fix(row[target], String(other.id))
    let written: [(Int?, String)] = [
      (places.targetName, other.name), (places.targetVocabulary, other.vocabulary),
      (places.targetDomain, other.domain), (places.targetClass, other.conceptClass),
    ]
    for case (let place?, let text) in written where !row[place].trimmed.isEmpty {
      fix(row[place], text, becauseOf: row[target])
    }
  }

  /// `other-domain`, `no-event-domain`, `unit-target`.
  private mutating func examineDomain(
    _ cell: MappingTable.Cell, _ concept: Concept, _ code: MappingTable.Cell
  ) {
    let title = "the concept \(concept.id) (\(concept.name), \(concept.vocabulary))"
    for purpose in purposes {
      if let domains = purpose.domains, !domains.contains(concept.domain) {
        let isUnitToDrug = domains == ["Unit"] && concept.domain == "Drug"
        tell(
          isUnitToDrug ? .unitTarget : .otherDomain,
          "\(title) is of the domain \(concept.domain)", at: cell,
          hint: "the domain must be \(domains.sorted().joined(separator: " or "))")
        return
      }
      if purpose.isEvent, MappingExaminer.foreign.contains(concept.domain) {
        tell(
          .noEventDomain, "\(title) is of the domain \(concept.domain), of which no event is",
          at: cell, hint: "its row would go to observation")
        return
      }
    }
    if concept.domain == "Drug", let index = check.concepts?.vocabulary,
      let handle = index.vocabulary(named: "UCUM"),
      index.lookup(vocabulary: handle, code: code.text) != nil
    {
      tell(
        .unitTarget, "`\(code.text)` is a unit of UCUM, \(title) a drug", at: cell,
        hint: "choose a concept of the domain Unit")
      return
    }
    units.add(concept, cell)
  }

  /// What the file says of a target besides its id: name, vocabulary, domain and class.
  private mutating func examineWritten(_ row: [MappingTable.Cell], _ concept: Concept) {
    func differs(_ place: Int, _ text: String) -> Bool {
      let written = row[place].trimmed
      return !written.isEmpty && !text.isEmpty && written != text
        && written.lowercased() != text.lowercased()
    }
    let hint =
      "the concept \(concept.id) is \(concept.name), \(concept.vocabulary), "
      + "\(concept.domain), \(concept.conceptClass)"
    let written: [(Int?, String, MappingRule, String)] = [
      (places.targetName, concept.name, .otherName, "has the name"),
      (places.targetVocabulary, concept.vocabulary, .otherVocabulary, "is of the vocabulary"),
      (places.targetDomain, concept.domain, .otherWrittenDomain, "is of the domain"),
      (places.targetClass, concept.conceptClass, .otherClass, "is of the class"),
    ]
    for case (let place?, let text, let rule, let says) in written where differs(place, text) {
      tell(
        rule, "the concept \(concept.id) \(says) \(text), not \(row[place].trimmed)",
        at: row[place], hint: hint)
    }
  }
}

extension MappingType {
  /// The domain of which a concept of the type must be; `nil` for any.
  fileprivate var domain: String? {
    switch self {
    case .unit: "Unit"
    case .comparison: "Meas Value Operator"
    case .type: "Type Concept"
    case .concept, .value, .number: nil
    }
  }
}
