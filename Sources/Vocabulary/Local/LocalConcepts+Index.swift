import Columnar

extension LocalConcepts {
  /// Puts the concepts among those of Athena's files; an id that one of these has is refused.
  func add(to tables: inout [ConceptTable]) throws(VocabularyError) {
    guard !isEmpty else { return }
    let own = Set(concepts.map { UInt32($0.id) })
    for table in tables {
      guard let taken = table.ids.first(where: own.contains) else { continue }
      throw VocabularyError(
        "duplicate-concept",
        "the id \(taken) of the local concept is that of a concept in CONCEPT.csv", path: path,
        line: line(of: Int64(taken)))
    }
    var table = ConceptTable()
    for concept in concepts { try table.append(concept) }
    tables.append(table)
  }

  /// Puts their vocabularies and classes among the rows of the small tables, where they are missing.
  func add(to tables: inout VocabularyTables) {
    let named = Set(tables.vocabularies.map { $0[0] })
    for name in vocabularies where !named.contains(name) {
      tables.vocabularies.append([name, name, "local", "", "0"])
    }
    let classes = Set(tables.conceptClasses.map { $0[0] })
    for name in Set(concepts.map(\.conceptClass)).sorted() where !classes.contains(name) {
      tables.conceptClasses.append([name, name, "0"])
    }
  }

  /// Puts their relationships among those of Athena's files.
  func add(to relationships: inout AthenaRelationships) throws(VocabularyError) {
    do throws(AthenaFault) {
      for edge in edges {
        try relationships.add(
          source: UInt32(edge.source), target: UInt32(edge.target), relationship: edge.name)
      }
    } catch {
      throw VocabularyError(error.code, error.message, path: path)
    }
  }

  /// A fingerprint of Athena's files with all that the local concepts say: the same where there are
  /// none.
  func combined(with fingerprint: UInt64) -> UInt64 {
    var hash = fingerprint
    func mix(_ text: String) {
      for byte in text.utf8 { hash = KeyIndex.mix(hash ^ UInt64(byte)) }
      hash = KeyIndex.mix(hash ^ 256)
    }
    for concept in concepts {
      for number in [concept.id, Int64(concept.validStart), Int64(concept.validEnd)] {
        hash = KeyIndex.mix(hash ^ UInt64(bitPattern: number))
      }
      for text in [
        concept.code, concept.name, concept.vocabulary, concept.domain, concept.conceptClass,
        concept.standard, concept.invalidReason,
      ] { mix(text) }
    }
    for edge in edges {
      hash = KeyIndex.mix(hash ^ UInt64(bitPattern: edge.source))
      hash = KeyIndex.mix(hash ^ UInt64(bitPattern: edge.target))
      mix(edge.name)
    }
    return hash
  }
}
