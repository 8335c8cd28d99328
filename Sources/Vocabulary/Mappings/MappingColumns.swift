import Diagnostics

/// The columns of a mapping file by their names, compared without case.
struct MappingColumns {
  private var places: [String: Int] = [:]

  /// Finds the columns of a header.
  ///
  /// The names of `required` must be there; of several in one list the first that is there serves.
  /// Those of `optional` may be there; any other is a warning.
  init(
    _ table: MappingTable, required: [[String]], optional: [String], _ list: inout DiagnosticList
  ) {
    guard !table.header.isEmpty else { return }
    let known = required.flatMap { $0 } + optional
    for (place, cell) in table.header.enumerated() {
      let name = cell.text.lowercased()
      if places[name] != nil {
        list.add(
          Diagnostic(
            .error, "duplicate-column", "the column \(cell.text) stands twice",
            at: table.position(cell),
            length: cell.text.count))
      } else if known.contains(name) {
        places[name] = place
      } else {
        list.add(
          Diagnostic(
            .warning, "unknown-column", "the column \(cell.text) is not used",
            at: table.position(cell), length: cell.text.count,
            hint: nearestName(to: name, in: known).map { "did you mean \($0)?" }))
      }
    }
    let unused = table.header.map(\.text).filter { places[$0.lowercased()] == nil }
    for names in required where !names.contains(where: { places[$0] != nil }) {
      let near = names.lazy.compactMap { nearestName(to: $0, in: unused) }.first
      list.add(
        Diagnostic(
          .error, "missing-column",
          "the mapping file has no column \(names.joined(separator: " or "))",
          at: table.position(table.header[0]), hint: near.map { "rename the column \($0)" }))
    }
  }

  /// The place of the first of some names that is there.
  func place(_ names: String...) -> Int? { names.lazy.compactMap { places[$0] }.first }
}

extension MappingTable.Cell {
  /// The cell without blanks at its ends.
  var trimmed: Substring {
    var rest = text[...]
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest.drop { $0 == " " || $0 == "\t" }
  }

  /// A concept id, or `nil` with a diagnostic; an empty cell is no id.
  func conceptID(_ table: MappingTable, _ list: inout DiagnosticList) -> Int64? {
    let text = trimmed
    if let id = Int64(text), id >= 0, id <= Int64(Int32.max) { return id }
    list.add(
      Diagnostic(
        .error, "bad-concept-id",
        text.isEmpty ? "the concept id is missing" : "\(text) is not a concept id",
        at: table.position(self), length: max(1, self.text.count),
        hint: "write a whole number, 0 for a code reviewed without target"))
    return nil
  }

  /// A date in days since 1970-01-01; `nil` when the cell is empty, or with a diagnostic.
  func date(_ table: MappingTable, _ list: inout DiagnosticList) -> Int32? {
    let text = trimmed
    guard !text.isEmpty else { return nil }
    let bytes = Array(text.utf8)
    if let day = AthenaValue.date(bytes.span, 0..<bytes.count) { return day }
    list.add(
      Diagnostic(
        .error, "bad-date", "\(text) is not a date", at: table.position(self),
        length: self.text.count,
        hint: "write yyyy-MM-dd"))
    return nil
  }
}
