package import Diagnostics

/// A code that a site uses, and what decides about its concepts: what two releases are compared for.
package struct UsedCode: Hashable, Sendable {
  /// What gives the code its concepts.
  package enum Way: Hashable, Sendable {
    /// The concept of the code in its vocabulary, and where that leads.
    case vocabulary
    /// The concepts that a mapping file names, those of the value and of other parts apart; a run
    /// follows them to their standard concepts.
    case file(targets: [Int64], values: [Int64] = [], parts: [Int64] = [])
    /// The concept that a file of values names, which is written as it stands.
    case value(Int64)
    /// A mapping file says that somebody looked at it and found no target: its rows have concept 0,
    /// whatever the vocabulary comes to have.
    case reviewed
  }

  package var code: String
  /// What the mapping file or the vocabulary calls it; empty where neither does.
  package var name: String
  package var vocabulary: String?
  /// The name of the mapping file.
  package var mapping: String?
  /// Where the mapping file names the first concept of the code.
  package var position: Position?
  package var way: Way
  package var pipeline: String?
  /// The rules that look the code up.
  package var rules: [String]
  /// The rows of the site; `nil` where nobody has counted.
  package var records: Int?
  /// The persons of these rows; of several rules, of the one that has most.
  package var persons: Int?
  /// Whether the code gives the concept that a row is about, whose domain asks for a table.
  package var isOfEvent: Bool
  /// The concepts that a run has found for it; `nil` where no run has.
  package var found: [Int64]?

  package init(
    code: String, name: String = "", vocabulary: String? = nil, mapping: String? = nil,
    position: Position? = nil, way: Way, pipeline: String? = nil, rules: [String] = [],
    records: Int? = nil, persons: Int? = nil, isOfEvent: Bool = true, found: [Int64]? = nil
  ) {
    self.code = code
    self.name = name
    self.vocabulary = vocabulary
    self.mapping = mapping
    self.position = position
    self.way = way
    self.pipeline = pipeline
    self.rules = rules
    self.records = records
    self.persons = persons
    self.isOfEvent = isOfEvent
    self.found = found
  }
}

extension VocabularyIndex {
  /// All codes of a vocabulary, each once, in the order of their bytes.
  ///
  /// - Complexity: O(*n* log *n*) in the codes, after O(*m*) in the concepts of the index.
  package func usedCodes(ofVocabulary handle: Int) -> [UsedCode] {
    var names: [String: String] = [:]
    for position in 0..<count where vocabulary(position) == handle {
      let code = code(position)
      if names[code] == nil || isValid(position) { names[code] = name(position) }
    }
    return names.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
      UsedCode(code: $0.key, name: $0.value, vocabulary: vocabularies[handle], way: .vocabulary)
    }
  }
}
