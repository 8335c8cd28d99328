package import Columnar
package import CommonDataModel
package import Vocabulary

/// What a code means in the standard vocabulary.
package struct ResolvedCode: Hashable, Sendable {
  /// One standard concept of the code.
  package struct Target: Hashable, Sendable {
    /// 0 where no standard concept is known.
    package var concept: Int64
    /// The table of the concept's domain; observation for a domain without one, the rule's default
    /// where there is no concept.
    package var table: EventTable
    /// The concept of the value that the code holds besides (`Maps to value`).
    package var value: Int64?
    /// What else a mapping file says of the code: the concepts of its unit, operator and type.
    package var concepts: [MappingType: Int64] = [:]
    /// The number that a mapping file says.
    package var number: Double?
    /// Which of the code's targets this is; it never changes for one code and target.
    package var slot: Int64
    /// The concept's domain, where it has no table of its own and its rows go to observation.
    package var homelessDomain: String?

    package init(
      concept: Int64, table: EventTable, value: Int64? = nil, slot: Int64,
      homelessDomain: String? = nil
    ) {
      self.concept = concept
      self.table = table
      self.value = value
      self.slot = slot
      self.homelessDomain = homelessDomain
    }
  }

  /// 0 where the code is no concept of a vocabulary.
  package var sourceConcept: Int64
  /// At least one.
  package var targets: [Target]
  /// Whether people looked for a concept and found that there is none.
  package var isWithoutTarget = false

  package init(sourceConcept: Int64, targets: [Target]) {
    self.sourceConcept = sourceConcept
    self.targets = targets
  }

  package var isMapped: Bool { targets[0].concept != 0 }
}

/// Resolves source codes: mapping file first, then the vocabulary's `Maps to`, one to many.
///
/// A code that nothing resolves is kept: one target, concept 0, in the default table.
package struct ConceptResolver: Sendable {
  /// What codes may say besides their concepts.
  let parts: Set<MappingType>
  private let defaultTable: EventTable
  private let lookUp: @Sendable (String) -> ResolvedCode?
  private let memory = MeaningMemory()

  /// - Parameters:
  ///   - defaultTable: where a code goes that nothing resolves.
  ///   - parts: what codes may say besides their concepts and values.
  ///   - lookUp: what a code means, always the same; called once for most codes.
  package init(
    defaultTable: EventTable, parts: Set<MappingType> = [],
    lookUp: @escaping @Sendable (String) -> ResolvedCode?
  ) {
    self.parts = parts.union([.value])
    self.defaultTable = defaultTable
    self.lookUp = lookUp
  }

  /// The meanings of a batch's distinct codes, and for each row the position of its own.
  ///
  /// A row without a code has the meaning of nothing: concept 0 in the default table.
  package func resolve(_ codes: Column) -> (meanings: [ResolvedCode], rows: [Int32]) {
    let nothing = ResolvedCode(
      sourceConcept: 0, targets: [.init(concept: 0, table: defaultTable, slot: 0)])
    var known = KeyIndex()
    // The first meaning is that of a missing code.
    var meanings = [nothing]
    let texts = codes.texts
    var rows: [Int32] = []
    rows.reserveCapacity(texts.count)
    for row in 0..<texts.count {
      guard codes.isValid(row) else {
        rows.append(0)
        continue
      }
      let number = known.insert(texts.span(row))
      if number + 1 == meanings.count {
        meanings.append(memory.meaning(of: row, in: texts, lookUp) ?? nothing)
      }
      rows.append(Int32(number + 1))
    }
    return (meanings, rows)
  }
}
