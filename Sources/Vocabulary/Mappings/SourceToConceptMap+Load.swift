package import Diagnostics

extension SourceToConceptMap {
  /// Reads a file with the columns of SOURCE_TO_CONCEPT_MAP, or as Usagi saves it.
  ///
  /// The diagnostics say all that is wrong with it, and rows with an error are left out.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - asOf: the day of the run in days since 1970-01-01; without it dates are not compared.
  ///   - states: the states of a review whose rows are used, where the file has states.
  /// - Returns: the codes, and what is wrong with the file.
  package static func load(
    path: String, asOf: Int32? = nil, states: Set<MappingStatus> = MappingStatus.usual
  ) -> (value: SourceToConceptMap, diagnostics: DiagnosticList) {
    var list = DiagnosticList()
    var map = SourceToConceptMap(path: path)
    let table = MappingTable(path: path, &list)
    if table.layout == .usagi || table.layout == .usagiReview {
      map.addUsagi(table, states, &list)
      map.sortTargets()
      return (map, list)
    }
    let columns = MappingColumns(
      table, required: [["source_code"], ["target_concept_id"]], optional: optionalColumns, &list)
    guard let code = columns.place("source_code"),
      let target = columns.place("target_concept_id")
    else { return (map, list) }
    let places = Places(
      code: code, target: target, source: columns.place("source_concept_id"),
      vocabulary: columns.place("source_vocabulary_id"))
    let use = MappingValidity(columns, asOf: asOf)
    let name = columns.place("source_code_description")
    for row in table.rows {
      map.call(row[code], name.map { row[$0] })
      map.add(row, places, use, table, &list)
    }
    map.sortTargets()
    return (map, list)
  }

  /// Notes what a code is called, where that is new.
  mutating func call(_ code: MappingTable.Cell, _ name: MappingTable.Cell?) {
    guard let name, !name.trimmed.isEmpty, names[code.text] == nil else { return }
    names[code.text] = String(name.trimmed)
  }

  private mutating func sortTargets() {
    for index in entries.indices { entries[index].targets.sort { $0.concept < $1.concept } }
  }

  /// Columns that a file may have; those that no lookup needs are for the reader of the file.
  static let optionalColumns = [
    "source_concept_id", "source_vocabulary_id", "source_code_description", "source_domain_id",
    "source_concept_class_id", "target_vocabulary_id", "target_concept_name", "target_domain_id",
    "target_concept_class_id", "valid_start_date", "valid_end_date", "invalid_reason", "comment",
  ]

  private struct Places {
    var code: Int
    var target: Int
    var source: Int?
    var vocabulary: Int?
  }

  private mutating func add(
    _ row: [MappingTable.Cell], _ places: Places, _ use: MappingValidity, _ table: MappingTable,
    _ list: inout DiagnosticList
  ) {
    var sourceConcept: Int64 = 0
    if let place = places.source, !row[place].trimmed.isEmpty, !row[places.code].text.isEmpty {
      guard let id = row[place].conceptID(table, &list) else { return }
      sourceConcept = id
    }
    add(
      code: row[places.code], target: row[places.target], sourceConcept: sourceConcept,
      sourcePosition: places.source.map { table.position(row[$0]) },
      vocabulary: places.vocabulary.map { row[$0].text } ?? "", table, &list
    ) { list in use.isUsed(row, table, &list) }
  }

  /// Adds one target of a code, or one of its parts.
  mutating func add(
    code codeCell: MappingTable.Cell, target targetCell: MappingTable.Cell,
    type: MappingType = .concept,
    sourceConcept: Int64 = 0, sourcePosition: Position? = nil, vocabulary: String = "",
    _ table: MappingTable, _ list: inout DiagnosticList,
    isUsed: (inout DiagnosticList) -> Bool = { _ in true }
  ) {
    guard !codeCell.text.isEmpty else {
      list.add(
        Diagnostic(.error, "empty-code", "the row has no source code", at: table.position(codeCell))
      )
      return
    }
    guard let concept = targetCell.conceptID(table, &list) else { return }
    guard isUsed(&list) else { return }
    let target = Target(
      concept: concept, position: table.position(targetCell), length: targetCell.text.count)
    let (number, isNew) = number(of: codeCell.text)
    let place = table.position(codeCell)
    if isNew {
      entries.append(
        Entry(
          code: codeCell.text, sourceConcept: sourceConcept,
          sourcePosition: sourcePosition ?? place, sourceVocabulary: vocabulary, targets: []))
    } else if let complaint = conflict(
      entries[number], target, type, sourceConcept, vocabulary, at: place)
    {
      return list.add(complaint)
    }
    if type == .concept {
      entries[number].targets.append(target)
    } else {
      entries[number].parts.append(Part(type: type, target: target))
    }
  }

  /// What is wrong with one more row of a code, if anything.
  private func conflict(
    _ entry: Entry, _ target: Target, _ type: MappingType, _ sourceConcept: Int64,
    _ vocabulary: String, at position: Position
  ) -> Diagnostic? {
    let line = (entry.targets.first ?? entry.parts.first?.target)?.position.line
    let first = line.map { "its first row is on line \($0)" }
    let length = entry.code.count
    func contradiction(_ message: String) -> Diagnostic {
      Diagnostic(.error, "contradictory-code", message, at: position, length: length, hint: first)
    }
    if entry.sourceVocabulary != vocabulary {
      return contradiction("the code \(entry.code) stands under two source vocabularies")
    }
    if entry.sourceConcept != sourceConcept {
      return contradiction("the code \(entry.code) has two source concepts")
    }
    let others =
      type == .concept
      ? entry.targets : entry.parts.filter { $0.type == type }.map(\.target)
    if others.contains(where: { $0.concept == target.concept }) {
      let noun = type == .concept ? "target" : type.noun
      return Diagnostic(
        .warning, "duplicate-row", "the code \(entry.code) has the \(noun) \(target.concept) twice",
        at: position, length: length, hint: first)
    }
    guard type == .concept, !entry.targets.isEmpty else { return nil }
    if target.concept == 0 || entry.targetConcepts.contains(0) {
      return contradiction("the code \(entry.code) has a target and is said to have none")
    }
    return nil
  }
}
