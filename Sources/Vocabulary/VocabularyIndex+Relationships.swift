import Columnar

extension VocabularyIndex {
  /// An edge from a concept, as a row of CONCEPT_RELATIONSHIP has it.
  package struct Edge: Hashable, Sendable {
    /// relationship_id.
    package let relationship: String
    /// The position of concept_id_2.
    package let target: Int
    /// Days since 1970-01-01.
    package let validStart: Int32
    /// Days since 1970-01-01.
    package let validEnd: Int32
    /// Empty when valid.
    package let invalidReason: String
  }

  /// All edges from a concept, by their relationships, dates and targets; none where the index holds
  /// only what codes map to.
  ///
  /// - Complexity: O(*n*) in the edges of the concept.
  package func edges(at position: Int) -> [Edge] {
    guard contents.contains(.relationships) else { return [] }
    let starts = part(.edgeStarts, UInt32.self)
    let kinds = part(.edgeKinds, UInt32.self)
    let targets = part(.edgeTargets, UInt32.self)
    let names = part(.kindRelationships, UInt16.self)
    let firstDays = part(.kindStarts, Int32.self)
    let lastDays = part(.kindEnds, Int32.self)
    let reasons = part(.kindReasons, UInt8.self)
    return (Int(starts[position])..<Int(starts[position + 1])).map { place in
      let kind = Int(kinds[place])
      return Edge(
        relationship: relationships[Int(names[kind])], target: Int(targets[place]),
        validStart: firstDays[kind], validEnd: lastDays[kind],
        invalidReason: reasons[kind] == 0 ? "" : String(UnicodeScalar(reasons[kind])))
    }
  }

  /// The ids of the concepts to which the valid edges of one relationship lead, such as `Is a` to the
  /// parents and `Subsumes` to the children.
  package func related(_ relationship: String, ofConcept id: Int64) -> [Int64] {
    guard let position = position(ofConcept: id) else { return [] }
    var found: [Int64] = []
    for edge in edges(at: position)
    where edge.relationship == relationship && edge.invalidReason.isEmpty {
      let target = self.id(edge.target)
      if found.last != target { found.append(target) }
    }
    return Array(Set(found)).sorted()
  }

  /// An ancestor of a concept with the levels between them.
  package struct Ancestor: Hashable, Sendable {
    /// The position of the ancestor.
    package let position: Int
    /// min_levels_of_separation; 0 for the concept itself.
    package let least: Int
    /// max_levels_of_separation.
    package let most: Int
  }

  /// The ancestors of a concept as CONCEPT_ANCESTOR has them, by their ids; none where the index does
  /// not hold them.
  ///
  /// - Complexity: O(*n*) in the ancestors of the concept.
  package func ancestors(at position: Int) -> [Ancestor] {
    guard contents.contains(.ancestors) else { return [] }
    let starts = part(.ancestorStarts, UInt32.self)
    let targets = part(.ancestorTargets, UInt32.self)
    let levels = part(.ancestorLevels, UInt16.self)
    return (Int(starts[position])..<Int(starts[position + 1])).map { place in
      Ancestor(
        position: Int(targets[place]), least: Int(levels[place] & 0xFF),
        most: Int(levels[place] >> 8))
    }
  }

  /// Another name of a concept.
  package struct Synonym: Hashable, Sendable {
    /// concept_synonym_name.
    package let name: String
    /// language_concept_id.
    package let language: Int64
  }

  /// The other names of a concept, by language and name; none where the index does not hold them.
  ///
  /// - Complexity: O(*n*) in the synonyms of the concept.
  package func synonyms(at position: Int) -> [Synonym] {
    guard contents.contains(.synonyms) else { return [] }
    let starts = part(.synonymStarts, UInt32.self)
    let languages = part(.synonymLanguages, UInt32.self)
    let texts = part(.synonymTextStarts, UInt32.self)
    let bytes = part(.synonymTextBytes, UInt8.self)
    return (Int(starts[position])..<Int(starts[position + 1])).map { place in
      Synonym(
        name: bytes.text(Int(texts[place])..<Int(texts[place + 1])),
        language: Int64(languages[place]))
    }
  }
}
