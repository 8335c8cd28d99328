import CommonDataModel
import Diagnostics
import Expressions
import Vocabulary

extension PipelineChecker {
  /// The concept of a rule: `missing-concept`, `unexpected-concept`, `unknown-mapping-file`,
  /// `unknown-vocabulary`, `unknown-domain`.
  mutating func concept(_ head: RuleHead) -> CheckedConcept? {
    guard let concept = head.definition.concept else {
      if head.target == .event {
        diagnostics.error(
          "missing-concept", "`into: event` needs a concept, whose domain chooses the table",
          at: head.definition.id, hint: "write `concept: { code: …, vocabulary: … }`")
      }
      return nil
    }
    if case .table(let table) = head.target, table.conceptFields == nil {
      diagnostics.error(
        "unexpected-concept", "the rows of `\(table.name)` are not about one concept",
        at: concept.place, hint: "set its concept fields in `fields:`")
    }
    return checked(concept, head, isEvent: head.target == .event)
  }

  /// A code and the way to its concepts, in a rule's `concept:` or in a field.
  ///
  /// - Parameters:
  ///   - concept: what was written.
  ///   - head: the rule.
  ///   - domains: the domains that the field wants; `nil` for any.
  ///   - isEvent: whether the domain of the concept chooses the table.
  /// - Returns: the checked concept; `nil` where the code is wrong.
  mutating func checked(
    _ concept: ConceptDefinition, _ head: RuleHead, domains: Set<String>? = nil,
    isEvent: Bool = false
  ) -> CheckedConcept? {
    let code = compile(concept.code, in: head, expecting: .text)
    if concept.vocabulary == nil, concept.map == nil {
      diagnostics.error(
        "missing-key", "`concept` needs `vocabulary`, `map` or both", at: concept.place)
    }
    if let map = concept.map { checkMap(map, domains, isEvent) }
    if let vocabulary = concept.vocabulary { check(vocabulary, hasMap: concept.map != nil) }
    if let domain = concept.defaultDomain { checkDomain(domain) }
    return code.map {
      CheckedConcept(
        definition: concept, code: $0, vocabulary: concept.vocabulary?.value,
        map: concept.map?.value, defaultDomain: concept.defaultDomain?.value ?? "Observation")
    }
  }

  private mutating func checkMap(
    _ map: Located<String>, _ domains: Set<String>?, _ isEvent: Bool
  ) {
    let names = resources.mappings?.names ?? []
    guard names.contains(map.value) else {
      if resources.lacksMappings { return }
      return diagnostics.unknown(
        "mapping file", map, among: names,
        hint: names.isEmpty ? "the project has no mapping files" : nil)
    }
    use(
      MappingUse(
        name: map.value, kind: .codes, states: pipeline.mappingStates, domains: domains,
        isEvent: isEvent))
  }

  /// A vocabulary that is not in the index is an error when it looks like a slip; with a mapping file
  /// it may well be the source's own.
  private mutating func check(_ vocabulary: Located<String>, hasMap: Bool) {
    guard let index = resources.vocabulary, index.vocabulary(named: vocabulary.value) == nil
    else { return }
    let nearest = index.nearestVocabulary(to: vocabulary.value)
    guard !hasMap || nearest != nil else { return }
    // One that is like no other may be missing in this download, which is the user's affair.
    diagnostics.unknown(
      "vocabulary", vocabulary, among: index.vocabularies,
      severity: hasMap || nearest == nil ? .warning : .error,
      hint: nearest == nil ? "its codes keep concept 0; it may be added to the download" : nil)
  }

  private mutating func checkDomain(_ domain: Located<String>) {
    if let index = resources.vocabulary {
      if index.domain(named: domain.value) == nil {
        diagnostics.unknown("domain", domain, among: index.domains)
      }
      return
    }
    // Without a vocabulary only the domains that have a table are known: tell what looks like a
    // slip.
    let domains = EventTable.allCases.map(\.domain)
    if !domains.contains(domain.value), nearestName(to: domain.value, in: domains) != nil {
      diagnostics.unknown("domain", domain, among: domains)
    }
  }

  /// The constant concepts of a field: `unknown-concept`, `invalid-concept`,
  /// `non-standard-concept`, `other-domain`; and the mapping files that it looks into.
  mutating func checkConcepts(
    _ field: FieldDefinition, _ expression: CheckedExpression, _ domains: Set<String>?
  ) {
    for name in expression.compiled.valueMaps {
      // Looked into by a condition, or among others, the file need not be of the field's domain.
      let isAlone = expression.source.text.lowercased().hasPrefix("map(")
      use(MappingUse(name: name, kind: .values, domains: isAlone ? domains : nil))
    }
    guard let index = resources.vocabulary else { return }
    let check = ConceptCheck(index)
    let isSource = field.name.value.hasSuffix("source_concept_id")
    for constant in ConceptConstants.find(in: expression.source) {
      let found =
        isSource
        ? check.known(constant.value, at: constant.position, length: constant.length)
        : check.standard(
          constant.value, at: constant.position, length: constant.length, domains: domains)
      if let found { diagnostics.add(found) }
    }
  }
}

extension CDMTable {
  /// The fields that `concept:` fills, if the rows of the table are about one concept.
  var conceptFields: (concept: String, sourceConcept: String?, sourceValue: String)? {
    if name == "death" {
      return ("cause_concept_id", "cause_source_concept_id", "cause_source_value")
    }
    guard let table = EventTable(rawValue: name),
      let concept = EventImage.field("concept_id")?.image(in: table),
      let value = EventImage.field("source_value")?.image(in: table)
    else { return nil }
    return (concept, EventImage.field("source_concept_id")?.image(in: table), value)
  }
}
