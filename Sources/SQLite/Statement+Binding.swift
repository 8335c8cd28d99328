internal import CSQLite

/// Values for parameters: https://www.sqlite.org/c3ref/bind_blob.html.
///
/// Texts and blobs are copied, so that their memory is free to change at once. A parameter that is
/// not bound is null.
extension Statement {
  package mutating func bind(_ value: Int64, at parameter: Int) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_int64(handle, Int32(parameter), value))
  }

  /// Binds a number; SQLite stores a NaN as null.
  package mutating func bind(_ value: Double, at parameter: Int) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_double(handle, Int32(parameter), value))
  }

  /// Binds a text given by its UTF-8 bytes, which SQLite does not check.
  package mutating func bind(text: Span<UInt8>, at parameter: Int) throws(SQLiteError) {
    let start = unsafe bytes.store(text)
    let code = unsafe start.withMemoryRebound(to: CChar.self, capacity: text.count) { characters in
      unsafe sqlite3_bind_text64(
        handle, Int32(parameter), characters, UInt64(text.count), nil, UInt8(SQLITE_UTF8))
    }
    try check(code)
  }

  /// Binds a text.
  package mutating func bind(_ text: String, at parameter: Int) throws(SQLiteError) {
    try bind(text: text.utf8Span.span, at: parameter)
  }

  package mutating func bind(blob: Span<UInt8>, at parameter: Int) throws(SQLiteError) {
    let start = unsafe bytes.store(blob)
    try check(
      unsafe sqlite3_bind_blob64(handle, Int32(parameter), start, UInt64(blob.count), nil))
  }

  package mutating func bindNull(at parameter: Int) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_null(handle, Int32(parameter)))
  }

  private func check(_ code: Int32) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw error(code) }
  }
}
