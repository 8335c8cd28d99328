import Columnar
import Diagnostics

/// A mapping file as rows of cells that know their place: RFC 4180 with a comma or a semicolon, UTF-8.
///
/// Mapping files are written by people and small, so cells are `String`s.
struct MappingTable: Sendable {
  struct Cell: Sendable {
    var text: String
    var line: Int
    /// The byte offsets of the cell's line and of the cell.
    var lineStart: Int
    var start: Int
    /// The byte offset behind the cell, its closing quote included.
    var end: Int = 0
  }

  let path: String
  private(set) var header: [Cell] = []
  /// Rows with as many cells as the header.
  private(set) var rows: [[Cell]] = []
  private(set) var layout = MappingLayout.unknown
  /// How the cells are written.
  private(set) var dialect = MappingDialect()
  /// The file.
  let bytes: [UInt8]

  /// Reads a file; rows that cannot be read are left out with a diagnostic.
  init(path: String, _ list: inout DiagnosticList) {
    self.path = path
    do {
      bytes = try MappingTable.read(path)
    } catch {
      bytes = []
      list.add(
        Diagnostic(
          .error, "unreadable-file", "the mapping file cannot be read: \(error.reason)",
          at: Position(file: path, line: 1, column: 1)))
      return
    }
    parse(&list)
  }

  private static func read(_ path: String) throws(FileError) -> [UInt8] {
    if path == StandardInput.path { return try StandardInput.bytes.get() }
    var reader = try FileReader(path: path)
    var bytes: [UInt8] = []
    _ = try reader.read(reader.size, appendingTo: &bytes)
    return bytes
  }

  /// Where a cell stands, its column in characters.
  func position(_ cell: Cell) -> Position {
    let before = String(decoding: bytes[cell.lineStart..<cell.start], as: UTF8.self)
    return Position(file: path, line: cell.line, column: before.count + 1)
  }

  private mutating func parse(_ list: inout DiagnosticList) {
    var scanner = MappingScanner(bytes)
    dialect.delimiter = scanner.delimiter
    if let end = bytes.firstIndex(of: 10), end > 0, bytes[end - 1] == 13 {
      dialect.lineEnd = [13, 10]
    }
    // Told once: it is about the whole file.
    var encoding: String?? = .none
    while let record = scanner.next() {
      if let fault = record.fault {
        let cell = Cell(
          text: "", line: fault.line, lineStart: fault.lineStart, start: fault.start)
        var hint: String?
        if fault.code == "bad-encoding", encoding == nil {
          hint = OtherEncoding.hint(bytes, path: path)
          encoding = .some(hint)
        }
        list.add(Diagnostic(.error, fault.code, fault.message, at: position(cell), hint: hint))
        continue
      }
      if header.isEmpty {
        header = record.cells
        layout = MappingLayout(header.map(\.text))
        dialect.escapesBackslashes =
          layout == .usagi || layout == .usagiReview || UnmappedCodes.isList(header.map(\.text))
        header = dialect.texts(header)
      } else if record.cells.count == header.count {
        rows.append(dialect.texts(record.cells))
      } else if let first = record.cells.first {
        list.add(
          Diagnostic(
            .error, "ragged-row",
            "the row has \(record.cells.count) fields, the header \(header.count)",
            at: position(first), hint: "quote a field that holds the delimiter"))
      }
    }
    if header.isEmpty {
      list.add(
        Diagnostic(
          .error, "empty-file", "the mapping file has no header",
          at: Position(file: path, line: 1, column: 1)))
    }
  }
}
