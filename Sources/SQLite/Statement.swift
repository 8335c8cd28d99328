internal import CSQLite

/// A compiled statement, finalized when its owner lets go of it.
///
/// Bind the parameters, call `step()` once for each row of the answer, read the columns, then
/// `reset()` to run it again. Parameters count from 1 and columns from 0, as in SQLite. Used by one
/// thread at a time, together with its connection.
@safe
package struct Statement: ~Copyable {
  /// The library's handle; never null, finalized exactly once.
  let handle: OpaquePointer
  var bytes = BoundBytes()

  init(_ handle: OpaquePointer) { unsafe self.handle = handle }

  deinit {
    // Repeats the error of the last step, which was thrown already.
    // https://www.sqlite.org/c3ref/finalize.html
    unsafe sqlite3_finalize(handle)
  }

  /// Runs on to the next row: whether there is one.
  ///
  /// https://www.sqlite.org/c3ref/step.html
  package mutating func step() throws(SQLiteError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw error(code)
    }
  }

  /// Makes the statement ready to run again, all its parameters null.
  ///
  /// https://www.sqlite.org/c3ref/reset.html, https://www.sqlite.org/c3ref/clear_bindings.html
  package mutating func reset() {
    unsafe sqlite3_reset(handle)
    unsafe sqlite3_clear_bindings(handle)
    bytes.clear()
  }

  /// Runs a statement that returns no rows, and resets it, also when it fails.
  package mutating func run() throws(SQLiteError) {
    defer { reset() }
    while try step() {}
  }

  /// The number of parameters.
  ///
  /// https://www.sqlite.org/c3ref/bind_parameter_count.html
  package var parameterCount: Int { Int(unsafe sqlite3_bind_parameter_count(handle)) }

  func error(_ code: Int32) -> SQLiteError {
    // https://www.sqlite.org/c3ref/expanded_sql.html: this one has no values in it.
    let sql = unsafe sqlite3_sql(handle).map { unsafe String(cString: $0) }
    return unsafe SQLiteError(sqlite3_db_handle(handle), code, sql: sql)
  }
}
