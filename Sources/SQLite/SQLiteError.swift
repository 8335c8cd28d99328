internal import CSQLite

/// What SQLite answered when it could not do what was asked.
///
/// Bound values never appear here: neither in the statement, which has placeholders in their place,
/// nor in the library's message, which names tables and fields only. Statements must therefore never
/// be put together from values of rows.
package struct SQLiteError: Error, Hashable, Sendable {
  /// The primary result code (https://www.sqlite.org/rescode.html).
  package let code: Int32
  /// The extended result code, equal to `code` when there is none more precise.
  package let extendedCode: Int32
  /// The library's own words.
  package let message: String
  /// The statement that failed; `nil` when the error concerns the connection.
  package let sql: String?

  package init(extendedCode: Int32, message: String, sql: String? = nil) {
    code = extendedCode & 0xFF
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
  }

  /// A constraint does not hold: a missing required value, a key twice.
  package static let constraint = SQLITE_CONSTRAINT
  /// Another connection holds a lock.
  package static let busy = SQLITE_BUSY
  /// The disk, or the number of pages allowed, is used up.
  package static let full = SQLITE_FULL
  /// The operating system refused to read or write.
  package static let inputOutput = SQLITE_IOERR
  /// The file cannot be opened.
  package static let cannotOpen = SQLITE_CANTOPEN
  /// The file is no database.
  package static let notADatabase = SQLITE_NOTADB
  /// The database may only be read.
  package static let readOnly = SQLITE_READONLY
  /// A call in the wrong order or out of range.
  package static let misuse = SQLITE_MISUSE
}

extension SQLiteError: CustomStringConvertible {
  /// One line: codes, message and the beginning of the statement.
  package var description: String {
    var text = "SQLite error \(code)"
    if extendedCode != code { text += " (\(extendedCode))" }
    text += ": \(message)"
    guard let sql else { return text }
    let line = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let start = line.prefix(120)
    return text + " - while executing `\(start)\(start.count < line.count ? "…" : "")`"
  }
}
