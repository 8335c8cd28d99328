import Diagnostics

/// The rows of a mapping file of any layout, as Usagi would have them.
struct ConversionSource {
  struct Row {
    var usagi: UsagiRow
    /// Where the target stands, or the type that says what it is.
    var position: Position
    var length: Int
    var sourceVocabulary: String?
    var sourceConcept: Int64 = 0
    var targetVocabulary: String?
    var validStart = "1970-01-01"
    var validEnd = "2099-12-31"
  }

  private(set) var rows: [Row] = []
  private(set) var informationNames: [String] = []

  /// The further information of Usagi's file in which a source_to_concept_map finds its own again.
  private static let vocabularyName = "source_vocabulary_id"
  private static let conceptName = "source_concept_id"
  static let ownNames = [vocabularyName, conceptName]

  init(_ table: MappingTable, _ list: inout DiagnosticList) {
    switch table.layout {
    case .usagi, .usagiReview: readUsagi(table, &list)
    case .sourceToConceptMap, .values: readCodes(table, &list)
    case .unknown:
      guard let first = table.header.first else { return }
      list.add(
        Diagnostic(
          .error, "unknown-layout", "the file is none of the mapping files that are known",
          at: table.position(first),
          hint: "Usagi's has sourceCode and mappingStatus, a source_to_concept_map source_code and "
            + "target_concept_id, a value map source and concept_id"))
    }
  }

  private mutating func readUsagi(_ table: MappingTable, _ list: inout DiagnosticList) {
    guard let columns = UsagiColumns(table, &list) else { return }
    informationNames = columns.informationNames
    for cells in table.rows {
      guard let usagi = columns.row(cells, &list) else { continue }
      let cell = usagi.type == .concept ? cells[columns.concept] : cells[columns.type ?? 0]
      var row = Row(
        usagi: usagi, position: table.position(cell), length: max(1, cell.text.count))
      func information(_ name: String) -> String? {
        usagi.information.first { $0.name == name && !$0.text.isEmpty }?.text
      }
      row.sourceVocabulary = information(Self.vocabularyName)
      row.sourceConcept = information(Self.conceptName).flatMap { Int64($0) } ?? 0
      rows.append(row)
    }
  }

  private mutating func readCodes(_ table: MappingTable, _ list: inout DiagnosticList) {
    let columns = MappingColumns(
      table, required: [["source_code", "source"], ["target_concept_id", "concept_id"]],
      optional: SourceToConceptMap.optionalColumns + ["source_name", "concept_name"], &list)
    guard let code = columns.place("source_code", "source"),
      let target = columns.place("target_concept_id", "concept_id")
    else { return }
    let use = MappingValidity(columns, asOf: nil)
    var isAny = (vocabulary: false, concept: false)
    var ended = 0
    for cells in table.rows {
      guard let concept = cells[target].conceptID(table, &list) else { continue }
      guard use.isUsed(cells, table, &list) else {
        ended += 1
        continue
      }
      func text(_ names: String...) -> String? {
        let place = names.lazy.compactMap { columns.place($0) }.first
        return place.map { cells[$0].text }.flatMap { $0.isEmpty ? nil : $0 }
      }
      var usagi = UsagiRow(code: cells[code].text, status: .approved, concept: concept)
      usagi.name = text("source_code_description", "source_name") ?? ""
      usagi.conceptName = text("target_concept_name", "concept_name") ?? ""
      usagi.domain = text("target_domain_id") ?? ""
      usagi.comment = text("comment") ?? ""
      var row = Row(
        usagi: usagi, position: table.position(cells[target]),
        length: max(1, cells[target].text.count))
      row.sourceVocabulary = text("source_vocabulary_id")
      row.targetVocabulary = text("target_vocabulary_id")
      row.validStart = text("valid_start_date") ?? row.validStart
      row.validEnd = text("valid_end_date") ?? row.validEnd
      if let place = columns.place("source_concept_id"), !cells[place].trimmed.isEmpty {
        guard let id = cells[place].conceptID(table, &list) else { continue }
        row.sourceConcept = id
      }
      isAny.vocabulary = isAny.vocabulary || row.sourceVocabulary != nil
      isAny.concept = isAny.concept || row.sourceConcept != 0
      rows.append(row)
    }
    if isAny.vocabulary { informationNames.append(Self.vocabularyName) }
    if isAny.concept { informationNames.append(Self.conceptName) }
    for index in rows.indices {
      rows[index].usagi.information = [
        .init(name: Self.vocabularyName, text: rows[index].sourceVocabulary ?? ""),
        .init(name: Self.conceptName, text: String(rows[index].sourceConcept)),
      ].filter { informationNames.contains($0.name) }
    }
    if ended > 0 {
      list.add(
        Diagnostic(
          .note, "not-valid", "\(ended) rows have an invalid_reason: left out", at: nil))
    }
  }
}
