/// The small tables of a download, row by row as they stand there.
package struct VocabularyTables: Hashable, Sendable {
  /// vocabulary_id, vocabulary_name, vocabulary_reference, vocabulary_version, vocabulary_concept_id.
  package var vocabularies: [[String]] = []
  /// domain_id, domain_name, domain_concept_id.
  package var domains: [[String]] = []
  /// concept_class_id, concept_class_name, concept_class_concept_id.
  package var conceptClasses: [[String]] = []
  /// relationship_id, relationship_name, is_hierarchical, defines_ancestry, reverse_relationship_id,
  /// relationship_concept_id.
  package var relationships: [[String]] = []

  /// The columns of each table, in the order of the properties.
  package static let columns = [
    [
      "vocabulary_id", "vocabulary_name", "vocabulary_reference", "vocabulary_version",
      "vocabulary_concept_id",
    ],
    ["domain_id", "domain_name", "domain_concept_id"],
    ["concept_class_id", "concept_class_name", "concept_class_concept_id"],
    [
      "relationship_id", "relationship_name", "is_hierarchical", "defines_ancestry",
      "reverse_relationship_id", "relationship_concept_id",
    ],
  ]

  /// The cells of each table, one list a table.
  var lists: [[String]] {
    [vocabularies, domains, conceptClasses, relationships].map { rows in
      rows.sorted { $0.lexicographicallyPrecedes($1) }.flatMap(\.self)
    }
  }

  /// Takes the cells apart again.
  init?(lists: [[String]]) {
    guard lists.count == VocabularyTables.columns.count else { return nil }
    var tables: [[[String]]] = []
    for (cells, columns) in zip(lists, VocabularyTables.columns) {
      guard cells.count % columns.count == 0 else { return nil }
      tables.append(
        stride(from: 0, to: cells.count, by: columns.count).map {
          Array(cells[$0..<$0 + columns.count])
        })
    }
    vocabularies = tables[0]
    domains = tables[1]
    conceptClasses = tables[2]
    relationships = tables[3]
  }

  package init() {}
}

extension VocabularyIndex {
  /// The small tables; empty where the index was made without them.
  package func tables() -> VocabularyTables {
    let bytes = part(.tables, UInt8.self)
    return NameBlock.lists(bytes, count: VocabularyTables.columns.count)
      .flatMap(VocabularyTables.init(lists:)) ?? VocabularyTables()
  }
}
