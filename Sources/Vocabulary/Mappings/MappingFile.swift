package import Columnar
package import Diagnostics

/// A mapping file with every byte of it, to be edited and written back.
///
/// What nobody edits is written as it was read: unknown columns, rows that cannot be read, empty
/// lines, quotes, line ends, a byte order mark. An edited cell is written in the file's own dialect.
package struct MappingFile: Sendable {
  private let table: MappingTable
  /// The new cells by the offset of the old ones.
  private var edits: [Int: (end: Int, bytes: [UInt8])] = [:]
  private var added: [[UInt8]] = []
  /// The texts of edited cells, by row and column.
  private var texts: [Int: [Int: String]] = [:]

  /// Reads a file; the diagnostics say which of its rows cannot be read.
  ///
  /// - Parameter path: the file.
  /// - Returns: the file, and what is wrong with it.
  package static func open(path: String) -> (value: MappingFile, diagnostics: DiagnosticList) {
    var list = DiagnosticList()
    let table = MappingTable(path: path, &list)
    return (MappingFile(table), list)
  }

  init(_ table: MappingTable) { self.table = table }

  /// The path that was read.
  package var path: String { table.path }

  /// What the file is.
  package var layout: MappingLayout { table.layout }

  /// The names of the columns as written.
  package var columns: [String] { table.header.map(\.text) }

  /// The number of rows that can be read, those that were appended not among them.
  package var count: Int { table.rows.count }

  /// The place of a column by its name, compared without case.
  package func column(_ name: String) -> Int? {
    table.header.firstIndex { $0.text.lowercased() == name.lowercased() }
  }

  /// The text of a cell as it is now.
  package func text(row: Int, column: Int) -> String {
    texts[row]?[column] ?? table.rows[row][column].text
  }

  /// Where a cell stands in the file that was read.
  package func position(row: Int, column: Int) -> Position {
    table.position(table.rows[row][column])
  }

  /// Changes the text of a cell; one that stands there already changes nothing.
  ///
  /// A cell that was quoted without need stays quoted.
  package mutating func set(_ text: String, row: Int, column: Int) {
    let cell = table.rows[row][column]
    texts[row, default: [:]][column] = text
    guard text != cell.text else {
      edits[cell.start] = nil
      return
    }
    let old = table.bytes[cell.start..<cell.end]
    let isQuoted = old.first == UInt8(ascii: "\"") && table.dialect.cell(cell.text) != Array(old)
    edits[cell.start] = (cell.end, table.dialect.cell(text, isQuoted: isQuoted))
  }

  /// Adds a row behind the last, with the cells of some columns; the others are empty.
  package mutating func append(_ cells: [String: String]) {
    added.append(table.dialect.line(columns.map { cells[$0] ?? "" }))
  }

  /// The file as it is now.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var place = 0
    for (start, edit) in edits.sorted(by: { $0.key < $1.key }) {
      bytes += table.bytes[place..<start]
      bytes += edit.bytes
      place = edit.end
    }
    bytes += table.bytes[place...]
    guard !added.isEmpty else { return bytes }
    let isClosed = bytes.last == 10
    if !isClosed { bytes += table.dialect.lineEnd }
    bytes += added.joined()
    if !isClosed { bytes.removeLast(table.dialect.lineEnd.count) }
    return bytes
  }

  /// Writes the file as it is now, so that a reader sees the old one or the new one.
  package func write(to path: String) throws(FileError) {
    try MappingFile.write(bytes, to: path)
  }

  /// Writes bytes as a file that appears when it is whole.
  static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let file = try AtomicFile(path: path)
    try file.write(bytes.span.raw, at: 0)
    try file.publish()
  }
}
