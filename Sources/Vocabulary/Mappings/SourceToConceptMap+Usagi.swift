import Diagnostics

/// A mapping file as Usagi saves it, or exports it for review: one row for each target of a code.
///
/// Rules: Usagi's `WriteCodeMappingsToFile` and `ReadCodeMappingsFromFile`
/// (https://github.com/OHDSI/Usagi).
extension SourceToConceptMap {
  /// Rows that are not used, and the cell that says why, of the first.
  private struct Unused {
    var codes: Set<String> = []
    var first: MappingTable.Cell?

    mutating func add(_ code: String, _ cell: MappingTable.Cell) {
      codes.insert(code)
      first = first ?? cell
    }
  }

  /// Adds the targets of the codes whose state counts.
  ///
  /// A reviewed row with the concept 0 is a code reviewed without a target. Codes whose state does
  /// not count are left out, as if they were not in the file, and counted in a note.
  mutating func addUsagi(
    _ table: MappingTable, _ states: Set<MappingStatus>, _ list: inout DiagnosticList
  ) {
    guard let columns = UsagiColumns(table, &list) else { return }
    var waiting = Unused()
    for row in table.rows {
      call(row[columns.code], columns.name.map { row[$0] })
      guard let words = columns.words(row, &list) else { continue }
      guard states.contains(words.status) else {
        if let status = columns.status { waiting.add(row[columns.code].text, row[status]) }
        continue
      }
      // Where nobody decided, 0 says that there is no proposal; and no part is concept 0.
      let isZero = row[columns.concept].trimmed == "0"
      if isZero, !words.status.isReview || words.type != .concept { continue }
      add(code: row[columns.code], target: row[columns.concept], type: words.type, table, &list)
    }
    if let first = waiting.first {
      let count = waiting.codes.count
      list.add(
        Diagnostic(
          .note, "not-approved",
          "\(count) codes of the file are in a state that does not count and are not used",
          at: table.position(first), length: first.text.count,
          hint: "states that count: \(states.words.joined(separator: ", "))"))
    }
    tellParts(&list)
  }

  /// `no-concept`, `several-parts`.
  private func tellParts(_ list: inout DiagnosticList) {
    for entry in entries {
      guard let first = entry.parts.first else { continue }
      if entry.targets.isEmpty {
        list.add(
          Diagnostic(
            .warning, "no-concept",
            "the code \(entry.code) has a \(first.type.noun) and no concept: it keeps concept 0",
            at: first.target.position, length: first.target.length,
            hint: "add a row of the type MAPS_TO"))
      }
      for type in MappingType.allCases {
        let parts = entry.parts.filter { $0.type == type }
        guard parts.count > 1 else { continue }
        list.add(
          Diagnostic(
            .warning, "several-parts",
            "the code \(entry.code) has \(parts.count) concepts of the type \(type.rawValue): none is used",
            at: parts[1].target.position, length: parts[1].target.length,
            hint: "leave one of them"))
      }
    }
  }
}
