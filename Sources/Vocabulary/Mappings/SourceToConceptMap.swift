package import Columnar
package import Diagnostics

/// A mapping file of codes to concepts with the columns of the CDM's SOURCE_TO_CONCEPT_MAP.
///
/// Several rows of one code are one-to-many. Rows with an invalid_reason, or outside their dates on
/// the day of the run, are not used.
package struct SourceToConceptMap: Sendable {
  /// A target of a code and the place where it stands.
  package struct Target: Hashable, Sendable {
    package let concept: Int64
    package let position: Position
    /// The number of characters of the id as written.
    package let length: Int
  }

  /// One code with its concepts.
  package struct Entry: Sendable {
    /// source_code, exactly as written.
    package let code: String
    /// source_concept_id; 0 when there is none.
    package internal(set) var sourceConcept: Int64
    /// Where the source concept stands.
    package internal(set) var sourcePosition: Position
    /// source_vocabulary_id, empty when the file has no such column.
    package let sourceVocabulary: String
    /// The targets in ascending order of their ids, each once; a single 0 when the code was reviewed
    /// and has none.
    ///
    /// Empty where the file has nothing but parts for the code.
    package internal(set) var targets: [Target]
    /// What the code says besides its concepts, in the order of the file.
    package internal(set) var parts: [Part] = []

    /// The ids of the targets.
    package var targetConcepts: [Int64] { targets.map(\.concept) }

    /// Whether the code was reviewed and no target was found for it.
    package var isWithoutTarget: Bool { targetConcepts == [0] }

    /// The part of a type; `nil` where there is none, or several of which none is the right one.
    package func part(_ type: MappingType) -> Target? {
      let found = parts.filter { $0.type == type }
      return found.count == 1 ? found[0].target : nil
    }
  }

  /// What a code says besides its concepts: a value, a unit, an operator, a type or a number.
  package struct Part: Hashable, Sendable {
    /// Not `.concept`.
    package let type: MappingType
    package let target: Target
  }

  package let path: String
  /// The types of the parts that the file has.
  package var partTypes: Set<MappingType> { Set(entries.flatMap(\.parts).map(\.type)) }
  /// The codes in the order of their first row.
  package internal(set) var entries: [Entry] = []
  /// What the file calls its codes, those too that are not used; a code without a name is not there.
  package internal(set) var names: [String: String] = [:]
  private(set) var codes = KeyIndex()

  init(path: String) { self.path = path }

  /// The entry of each code of a batch; −1 where the file does not have it or the row has no code.
  ///
  /// - Complexity: O(1) expected a row.
  package func lookup(_ codes: TextArray, validity: [Bool]? = nil) -> [Int32] {
    self.codes.find(codes, validity)
  }

  /// The entry of one code: for edges.
  package func entry(_ code: String) -> Entry? { codes.find(code).map { entries[$0] } }

  /// The number of a code's entry, and whether it is new.
  mutating func number(of code: String) -> (number: Int, isNew: Bool) {
    let number = codes.insert(code)
    return (number, number == entries.count)
  }
}

extension KeyIndex {
  /// The numbers of the keys of a batch; −1 where there is none.
  func find(_ texts: TextArray, _ validity: [Bool]?) -> [Int32] {
    [Int32](capacity: texts.count) { out in
      for row in 0..<texts.count {
        let isValid = validity.map { $0[row] } ?? true
        out.append(isValid ? Int32(find(texts.span(row)) ?? -1) : -1)
      }
    }
  }
}
