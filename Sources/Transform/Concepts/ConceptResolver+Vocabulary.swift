internal import Columnar
package import CommonDataModel
package import Privacy
package import Vocabulary

extension ConceptResolver {
  /// Resolves codes by a mapping file and the vocabulary.
  ///
  /// The mapping file's entry holds where there is one; else the code's own concept and its
  /// `Maps to`, one to many. `Maps to value` goes to the one target in measurement or observation;
  /// where several or none could take it, it stays out. A target keeps its slot from run to run.
  ///
  /// - Parameters:
  ///   - map: the mapping file, looked into first.
  ///   - vocabulary: the vocabularies; `nil` where none were imported.
  ///   - vocabularyName: the vocabulary of the codes; `nil` where only the map knows them.
  ///   - defaultTable: where a code goes that nothing resolves.
  ///   - slots: which target is which.
  ///   - hasher: digests the codes for the memory of slots.
  package init(
    map: SourceToConceptMap?, vocabulary: VocabularyIndex?, vocabularyName: String?,
    defaultTable: EventTable, slots: SlotMemory, hasher: KeyHasher
  ) {
    let handle = vocabularyName.flatMap { vocabulary?.vocabulary(named: $0) }
    self.init(defaultTable: defaultTable, parts: map?.partTypes ?? []) { code in
      guard
        let resolved = ConceptResolver.meaning(
          of: code, map, vocabulary, handle, defaultTable)
      else { return nil }
      return resolved.isMapped
        ? resolved.remembering(slots, code: hasher.digest(code.utf8)) : resolved
    }
  }

  /// What a code means by a mapping file and the vocabulary; `nil` where neither knows it.
  static func meaning(
    of code: String, _ map: SourceToConceptMap?, _ vocabulary: VocabularyIndex?, _ handle: Int?,
    _ defaultTable: EventTable
  ) -> ResolvedCode? {
    if let entry = map?.entry(code) {
      var found = resolved(
        source: entry.sourceConcept, targets: standard(entry.targetConcepts, vocabulary),
        values: values(of: entry, vocabulary), vocabulary, defaultTable)
      found.isWithoutTarget = entry.isWithoutTarget
      for type in MappingType.allCases where found.isMapped && type != .concept && type != .value {
        if let part = entry.part(type) { found.attach(type, part.concept, vocabulary) }
      }
      return found
    }
    guard let vocabulary, let handle,
      let position = vocabulary.lookup(vocabulary: handle, code: code)
    else { return nil }
    let concept = vocabulary.id(position)
    return resolved(
      source: concept, targets: vocabulary.standardTargets(ofConcept: concept),
      values: vocabulary.valueTargets(ofConcept: concept), vocabulary, defaultTable)
  }

  /// The concepts of the value of a code: the file's own, else that of the source concept.
  private static func values(
    of entry: SourceToConceptMap.Entry, _ vocabulary: VocabularyIndex?
  ) -> [Int64] {
    let own = entry.parts.filter { $0.type == .value }.map(\.target.concept)
    if !own.isEmpty { return standard(own, vocabulary) }
    return entry.sourceConcept == 0
      ? [] : vocabulary?.valueTargets(ofConcept: entry.sourceConcept) ?? []
  }

  /// The tables of a code's concepts in a mapping file; empty where it has none.
  ///
  /// - Parameters:
  ///   - entry: the code.
  ///   - vocabulary: the vocabularies.
  /// - Returns: one table for each standard concept.
  package static func tables(
    of entry: SourceToConceptMap.Entry, _ vocabulary: VocabularyIndex
  ) -> [EventTable] {
    standard(entry.targetConcepts, vocabulary).compactMap { concept in
      vocabulary.position(ofConcept: concept).map {
        EventImage.table(forDomain: vocabulary.domainName(vocabulary.domain($0)))
      }
    }
  }

  /// The standard concepts of a file's targets: a deprecated one gives way to its replacement.
  fileprivate static func standard(_ targets: [Int64], _ vocabulary: VocabularyIndex?) -> [Int64] {
    guard let vocabulary else { return targets }
    var found: [Int64] = []
    for target in targets where target != 0 {
      for concept in vocabulary.standardTargets(ofConcept: target) where !found.contains(concept) {
        found.append(concept)
      }
    }
    return found.sorted()
  }

  private static func resolved(
    source: Int64, targets: [Int64], values: [Int64], _ vocabulary: VocabularyIndex?,
    _ defaultTable: EventTable
  ) -> ResolvedCode {
    func domain(of concept: Int64) -> String? {
      guard concept != 0, let vocabulary,
        let position = vocabulary.position(ofConcept: concept)
      else { return nil }
      return vocabulary.domainName(vocabulary.domain(position))
    }
    func target(_ concept: Int64, domain: String?, slot: Int) -> ResolvedCode.Target {
      ResolvedCode.Target(
        concept: concept, table: domain.map(EventImage.table(forDomain:)) ?? defaultTable,
        slot: Int64(slot),
        homelessDomain: domain.flatMap { EventTable(domain: $0) == nil ? $0 : nil })
    }
    let standard = targets.filter { $0 != 0 }
    guard !standard.isEmpty else {
      // A code without a standard concept keeps the domain of its own, where it has one.
      return ResolvedCode(
        sourceConcept: source, targets: [target(0, domain: domain(of: source), slot: 0)])
    }
    var found = standard.enumerated().map { slot, concept in
      target(concept, domain: domain(of: concept), slot: slot)
    }
    let takers = found.indices.filter {
      found[$0].table == .measurement || found[$0].table == .observation
    }
    if values.count == 1, takers.count == 1 { found[takers[0]].value = values[0] }
    return ResolvedCode(sourceConcept: source, targets: found)
  }
}

extension ResolvedCode {
  /// Puts a part of the code where it can stand: a type on every target, anything else on the only
  /// one whose table has a field for it.
  fileprivate mutating func attach(
    _ type: MappingType, _ concept: Int64, _ vocabulary: VocabularyIndex?
  ) {
    let takers = targets.indices.filter { type.eventField?.image(in: targets[$0].table) != nil }
    guard type == .type || takers.count == 1 else { return }
    if type == .number {
      let number = vocabulary?.concept(id: concept).flatMap { Double($0.name) }
      return targets[takers[0]].number = number.flatMap { $0.isFinite ? $0 : nil }
    }
    let standard = ConceptResolver.standard([concept], vocabulary)
    guard standard.count == 1 else { return }
    for taker in takers { targets[taker].concepts[type] = standard[0] }
  }

  /// The same meaning with the slots that the memory has for its targets.
  fileprivate func remembering(_ memory: SlotMemory, code: Digest) -> ResolvedCode {
    let slots = memory.slots(of: code, targets: targets.map(\.concept))
    var remembered = self
    for (index, slot) in slots.enumerated() { remembered.targets[index].slot = slot }
    return remembered
  }
}
