import Columnar
import Diagnostics

/// Looks at the rows of a mapping file, one after the other, and then at its codes together.
struct MappingExaminer {
  let check: MappingCheck
  let table: MappingTable
  let places: MappingPlaces
  let bytes: MappingBytes
  let purposes: [MappingPurpose]
  /// The states of a review whose rows some rule uses.
  let states: Set<MappingStatus>
  var report: CheckedMapping
  var codes = CodeBook()
  /// The domains of targets, for telling whether the file is one of units.
  var units = UnitCount()
  /// Handles of source vocabularies by their names; −1 for those that the index does not have.
  var vocabularies: [String: Int] = [:]

  /// Whether a rule looks codes up in the file, and not only values.
  var isOfCodes: Bool { purposes.contains { $0.kind == .codes } }

  init(_ check: MappingCheck, _ table: MappingTable, _ purposes: [MappingPurpose]) {
    self.check = check
    self.table = table
    bytes = MappingBytes(bytes: table.bytes, dialect: table.dialect)
    places = MappingPlaces(table)
    self.purposes = purposes.isEmpty ? [MappingPurpose(places.likelyKind)] : purposes
    report = CheckedMapping(
      path: table.path, fixes: MappingFixes(path: table.path, bytes: table.bytes))
    report.purposes = self.purposes
    states = self.purposes.states.reduce(into: []) { $0.formUnion($1) }
    report.rows = table.rows.count
  }

  /// Looks at the whole file; `isWhole` says that every row could be taken apart.
  mutating func examine(isWhole: Bool) {
    guard !table.header.isEmpty else { return }
    examineLineEnds()
    if table.rows.isEmpty, isWhole {
      tell(.noRows, "the mapping file has no rows", at: table.header[0])
    }
    for cell in table.header { examineText(cell, .key) }
    var seen = RowSet()
    for (number, row) in table.rows.enumerated() {
      for (column, cell) in row.enumerated() { examineText(cell, places.roles[column]) }
      let isNew = seen.insert(row)
      guard let code = places.code, let target = places.target else { continue }
      let isCurrent = examineDates(row)
      let type = places.isUsagi ? examineReview(row) : .concept
      examineCode(row[code])
      let id = readID(row[target])
      if let place = places.sourceConcept { _ = readID(row[place]) }
      guard !row[code].text.isEmpty else { continue }
      let entry = codes.number(row[code], row[target], row: number)
      examineRows(of: entry, row, number)
      guard isCurrent, let type, let id else { continue }
      if !isNew {
        report.fixes.add(MappingFix(range: bytes.range(row), replacement: []))
      }
      if type == .concept {
        examineConcepts(row, id, entry)
      } else {
        examinePart(row, id, type)
      }
    }
    examineCodes()
    examineDomains()
  }

  /// Tells something about a cell.
  ///
  /// - Parameters:
  ///   - rule: the kind of mistake.
  ///   - message: what is wrong.
  ///   - cell: where it stands.
  ///   - offset: the character of the cell's text, from 0; without it the whole cell is meant.
  ///   - severity: how bad it is, where that is not what the rule says.
  ///   - hint: how to mend it.
  mutating func tell(
    _ rule: MappingRule, _ message: String, at cell: MappingTable.Cell, offset: Int? = nil,
    severity: Diagnostic.Severity? = nil, hint: String? = nil
  ) {
    var position = table.position(cell)
    let offset = offset.flatMap { bytes.offset($0, in: cell) }
    position.column += offset ?? 0
    let length = offset == nil ? bytes.length(cell) : 1
    report.diagnostics.add(
      Diagnostic(
        severity ?? rule.severity, rule.code, message, at: position, length: length, hint: hint))
  }

  /// Asks for another text in a cell, because of what is wrong there or in another cell.
  mutating func fix(
    _ cell: MappingTable.Cell, _ text: String, becauseOf other: MappingTable.Cell? = nil
  ) {
    guard !text.utf8.elementsEqual(cell.text.utf8) else { return }
    report.fixes.add(
      MappingFix(
        range: bytes.range(cell), replacement: bytes.written(text, like: cell),
        anchor: bytes.range(other ?? cell)))
  }

  /// A concept id, as the reader of the file takes it; one that can be read in one way only is mended.
  private mutating func readID(_ cell: MappingTable.Cell) -> Int64? {
    let text = cell.trimmed
    if let id = Int64(text) { return id >= 0 && id <= Int64(Int32.max) ? id : nil }
    var meant = cell.text.cleaned
    if meant.hasSuffix(".0") { meant.removeLast(2) }
    if !meant.isEmpty, meant.utf8.allSatisfy({ 48...57 ~= $0 }), Int32(meant) != nil {
      fix(cell, meant)
    }
    return nil
  }

  /// The ends of rows: line breaks within a cell may be others, as spreadsheets write them.
  private mutating func examineLineEnds() {
    func hasReturn(_ row: [MappingTable.Cell]) -> Bool? {
      let end = bytes.range(row).upperBound
      guard end > 0, bytes.bytes[end - 1] == 10 else { return nil }
      return end > 1 && bytes.bytes[end - 2] == 13
    }
    guard let first = hasReturn(table.header) else { return }
    let other = table.rows.first { hasReturn($0).map { $0 != first } ?? false }
    guard let cell = other?.first else { return }
    let ends = first ? ("LF", "CR LF") : ("CR LF", "LF")
    tell(
      .mixedLineEnds, "the line ends in \(ends.0), the header in \(ends.1)", at: cell,
      hint: "save the file with one kind of line end")
  }
}

/// The rows that a file has, for finding those that are equal in every cell.
private struct RowSet {
  private var rows = KeyIndex()

  /// Whether a row is new.
  mutating func insert(_ row: [MappingTable.Cell]) -> Bool {
    var bytes: [UInt8] = []
    for cell in row {
      bytes += cell.text.utf8
      bytes.append(0)
    }
    let count = rows.count
    return rows.insert(bytes.span) == count
  }
}
