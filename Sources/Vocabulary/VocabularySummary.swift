/// What an index holds, in numbers.
package struct VocabularySummary: Codable, Hashable, Sendable {
  /// One vocabulary of the index.
  package struct Part: Codable, Hashable, Sendable {
    /// vocabulary_id.
    package var vocabulary: String
    package var concepts: Int
    /// Those with standard_concept `S`.
    package var standard: Int
    /// Those without invalid_reason.
    package var valid: Int
    /// Those from which a `Maps to` leads to a valid standard concept, themselves counted in.
    package var mapped: Int
  }

  /// The release; `nil` where VOCABULARY.csv does not say.
  package var release: String?
  package var concepts: Int
  /// Valid edges that have an end outside CONCEPT.csv.
  package var danglingEdges: Int
  /// The rows of the lists that the index holds whole; `nil` where it does not.
  package var relationships: Int?
  package var ancestors: Int?
  package var synonyms: Int?
  /// Rows of these lists that were left out, since one of their ends is no concept.
  package var danglingRows: Int?
  /// Whether it knows the ingredients of drugs, and their strengths.
  package var hasIngredients: Bool
  package var hasStrengths: Bool
  /// The bytes of the index.
  package var bytes: Int
  /// A hash of all that it says, as sixteen digits: equal for equal vocabularies.
  package var contentHash: String
  /// In the order of their names; those without concepts too.
  package var vocabularies: [Part]
}

extension VocabularyIndex {
  /// What the index holds.
  ///
  /// - Complexity: O(*n*) in the concepts.
  package func summary() -> VocabularySummary {
    var parts = vocabularies.map {
      VocabularySummary.Part(vocabulary: $0, concepts: 0, standard: 0, valid: 0, mapped: 0)
    }
    let starts = part(.standardStarts, UInt32.self)
    for position in 0..<count {
      let vocabulary = vocabulary(position)
      parts[vocabulary].concepts += 1
      if isStandard(position) { parts[vocabulary].standard += 1 }
      if isValid(position) { parts[vocabulary].valid += 1 }
      if starts[position + 1] > starts[position] { parts[vocabulary].mapped += 1 }
    }
    let digits = String(contentHash, radix: 16)
    return VocabularySummary(
      release: version, concepts: count, danglingEdges: danglingEdges,
      relationships: contents.contains(.relationships)
        ? part(.edgeTargets, UInt32.self).count : nil,
      ancestors: contents.contains(.ancestors) ? part(.ancestorTargets, UInt32.self).count : nil,
      synonyms: contents.contains(.synonyms) ? part(.synonymLanguages, UInt32.self).count : nil,
      danglingRows: contents.isDisjoint(with: [.relationships, .ancestors]) ? nil : danglingRows,
      hasIngredients: hasIngredients, hasStrengths: hasStrengths, bytes: byteCount,
      contentHash: String(repeating: "0", count: 16 - digits.count) + digits, vocabularies: parts)
  }
}
