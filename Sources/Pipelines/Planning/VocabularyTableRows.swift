internal import Columnar
internal import CommonDataModel
internal import Engine
internal import Vocabulary

/// The rows of the CDM's vocabulary tables, from the index: all of them, or those of the concepts that
/// the data name with their ancestors.
///
/// Source: https://ohdsi.github.io/CommonDataModel/cdm54.html#vocabulary_tables
struct VocabularyTableRows: Sendable {
  private let index: VocabularyIndex
  /// Rows handed over at once.
  private static let batchCount = 8_192

  init(_ index: VocabularyIndex) { self.index = index }

  /// Gives the rows of all tables, each in the order of its ids.
  func load(_ used: ConceptSet?, _ sink: VocabularyRows.Sink) throws {
    let tables = index.tables()
    let wanted = used.map { positions($0, tables) }
    let all = wanted ?? Array(0..<index.count)
    var isWanted = [Bool](repeating: wanted == nil, count: index.count)
    for position in wanted ?? [] { isWanted[position] = true }
    try loadConcepts(all, sink)
    try loadSmall(tables, isWanted, sink)
    try loadRelationships(all, isWanted, sink)
    try loadSynonyms(all, sink)
    try loadAncestors(all, isWanted, sink)
    try loadStrengths(isWanted, sink)
  }

  /// The positions of the concepts that rows name, of those of the small tables and of all their
  /// ancestors, in ascending order.
  private func positions(_ used: ConceptSet, _ tables: VocabularyTables) -> [Int] {
    var set = used
    for row in tables.vocabularies + tables.domains + tables.conceptClasses + tables.relationships {
      if let id = row.last.flatMap({ Int64($0) }) { set.insert(id) }
    }
    for id in set.ids {
      guard let position = index.position(ofConcept: id) else { continue }
      for ancestor in index.ancestors(at: position) { set.insert(index.id(ancestor.position)) }
      for strength in index.strengths(ofDrug: id) {
        for other in [
          strength.ingredient, strength.amountUnit, strength.numeratorUnit,
          strength.denominatorUnit,
        ] { set.insert(other) }
      }
    }
    return set.ids.compactMap { index.position(ofConcept: $0) }
  }

  private func loadConcepts(_ positions: [Int], _ sink: VocabularyRows.Sink) throws {
    try rows(of: .concept, positions, sink) { row, position in
      let concept = index.concept(at: position)
      row.set("concept_id", concept.id)
      row.set("concept_name", concept.name)
      row.set("domain_id", concept.domain)
      row.set("vocabulary_id", concept.vocabulary)
      row.set("concept_class_id", concept.conceptClass)
      row.set("standard_concept", concept.standard.isEmpty ? nil : concept.standard)
      row.set("concept_code", concept.code)
      row.set("valid_start_date", concept.validStart, .date)
      row.set("valid_end_date", concept.validEnd, .date)
      row.set("invalid_reason", concept.invalidReason.isEmpty ? nil : concept.invalidReason)
      row.end()
    }
  }

  /// The small tables whole; a row whose own concept is not there has the concept 0.
  private func loadSmall(
    _ tables: VocabularyTables, _ isWanted: [Bool], _ sink: VocabularyRows.Sink
  ) throws {
    let lists: [(CDMTable, [[String]])] = [
      (.vocabulary, tables.vocabularies), (.domain, tables.domains),
      (.conceptClass, tables.conceptClasses), (.relationship, tables.relationships),
    ]
    for ((table, cells), columns) in zip(lists, VocabularyTables.columns) {
      var row = RowBuilder(table)
      for values in cells {
        for (column, value) in zip(columns, values) {
          if column.hasSuffix("_concept_id") {
            let position = Int64(value).flatMap { index.position(ofConcept: $0) }
            row.set(column, position.map { isWanted[$0] ? index.id($0) : 0 } ?? 0)
          } else {
            row.set(column, value.isEmpty ? nil : value)
          }
        }
        row.end()
      }
      if row.count > 0 { try sink(row.finish()) }
    }
  }

  private func loadRelationships(
    _ positions: [Int], _ isWanted: [Bool], _ sink: VocabularyRows.Sink
  ) throws {
    try rows(of: .conceptRelationship, positions, sink) { row, position in
      for edge in index.edges(at: position) where isWanted[edge.target] {
        row.set("concept_id_1", index.id(position))
        row.set("concept_id_2", index.id(edge.target))
        row.set("relationship_id", edge.relationship)
        row.set("valid_start_date", edge.validStart, .date)
        row.set("valid_end_date", edge.validEnd, .date)
        row.set("invalid_reason", edge.invalidReason.isEmpty ? nil : edge.invalidReason)
        row.end()
      }
    }
  }

  private func loadSynonyms(_ positions: [Int], _ sink: VocabularyRows.Sink) throws {
    try rows(of: .conceptSynonym, positions, sink) { row, position in
      for synonym in index.synonyms(at: position) {
        row.set("concept_id", index.id(position))
        row.set("concept_synonym_name", synonym.name)
        row.set("language_concept_id", synonym.language)
        row.end()
      }
    }
  }

  /// In the order of the descendants.
  private func loadAncestors(
    _ positions: [Int], _ isWanted: [Bool], _ sink: VocabularyRows.Sink
  ) throws {
    try rows(of: .conceptAncestor, positions, sink) { row, position in
      for ancestor in index.ancestors(at: position) where isWanted[ancestor.position] {
        row.set("ancestor_concept_id", index.id(ancestor.position))
        row.set("descendant_concept_id", index.id(position))
        row.set("min_levels_of_separation", ancestor.least)
        row.set("max_levels_of_separation", ancestor.most)
        row.end()
      }
    }
  }

  private func loadStrengths(_ isWanted: [Bool], _ sink: VocabularyRows.Sink) throws {
    func has(_ id: Int64) -> Bool {
      index.position(ofConcept: id).map { isWanted[$0] } ?? false
    }
    let places = (0..<index.strengthCount).filter {
      let strength = index.strength(at: $0)
      return has(strength.drug) && has(strength.ingredient)
    }
    func unit(_ id: Int64) -> Int64? { id == 0 ? nil : id }
    try rows(of: .drugStrength, places, sink) { row, place in
      let strength = index.strength(at: place)
      row.set("drug_concept_id", strength.drug)
      row.set("ingredient_concept_id", strength.ingredient)
      row.set("amount_value", strength.amount)
      row.set("amount_unit_concept_id", optional: unit(strength.amountUnit))
      row.set("numerator_value", strength.numerator)
      row.set("numerator_unit_concept_id", optional: unit(strength.numeratorUnit))
      row.set("denominator_value", strength.denominator)
      row.set("denominator_unit_concept_id", optional: unit(strength.denominatorUnit))
      row.set("box_size", optional: strength.boxSize.map(Int64.init))
      row.set("valid_start_date", strength.validStart, .date)
      row.set("valid_end_date", strength.validEnd, .date)
      row.set("invalid_reason", strength.invalidReason.isEmpty ? nil : strength.invalidReason)
      row.end()
    }
  }

  /// Hands over the rows that a closure makes of places, some at a time.
  private func rows(
    of table: CDMTable, _ places: [Int], _ sink: VocabularyRows.Sink,
    _ add: (inout RowBuilder, Int) -> Void
  ) throws {
    var row = RowBuilder(table)
    for place in places {
      add(&row, place)
      if row.count >= VocabularyTableRows.batchCount {
        try sink(row.finish())
        row = RowBuilder(table)
      }
    }
    if row.count > 0 { try sink(row.finish()) }
  }
}
