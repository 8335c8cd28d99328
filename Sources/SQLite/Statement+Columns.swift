internal import CSQLite

/// The values of the current row: https://www.sqlite.org/c3ref/column_blob.html.
///
/// They may be read after `step()` has returned true and before the next `step()` or `reset()`.
extension Statement {
  /// How a value is stored.
  package enum Kind: Sendable {
    case integer
    case double
    case text
    case blob
    case null
  }

  package var columnCount: Int { Int(unsafe sqlite3_column_count(handle)) }

  /// The name of a column of the answer.
  package func name(at column: Int) -> String {
    unsafe sqlite3_column_name(handle, Int32(column)).map { unsafe String(cString: $0) } ?? ""
  }

  package func kind(at column: Int) -> Kind {
    switch unsafe sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .double
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  package func isNull(at column: Int) -> Bool { kind(at: column) == .null }

  /// The value as an integer, 0 when it is null.
  package func integer(at column: Int) -> Int64 {
    unsafe sqlite3_column_int64(handle, Int32(column))
  }

  /// The value as a number, 0 when it is null.
  package func double(at column: Int) -> Double {
    unsafe sqlite3_column_double(handle, Int32(column))
  }

  /// The value as a text, `nil` when it is null.
  package func text(at column: Int) -> String? {
    guard !isNull(at: column) else { return nil }
    return unsafe withText(at: column) { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// The UTF-8 bytes of a text, copied to the end of an array.
  package func appendText(at column: Int, to target: inout [UInt8]) {
    unsafe withText(at: column) { unsafe target.append(contentsOf: $0) }
  }

  /// The bytes of a blob, empty when it is null.
  package func blob(at column: Int) -> [UInt8] {
    let start = unsafe sqlite3_column_blob(handle, Int32(column))
    let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// The text is asked for before its length: the first call may convert the value.
  private func withText<Result>(
    at column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let start = unsafe sqlite3_column_text(handle, Int32(column))
    let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
    return unsafe body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}
