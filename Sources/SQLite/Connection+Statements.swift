internal import CSQLite

extension Connection {
  /// Runs a script of one or more statements that return no rows, or whose rows do not matter.
  ///
  /// https://www.sqlite.org/c3ref/exec.html
  package func execute(_ sql: String) throws(SQLiteError) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw unsafe SQLiteError(handle, code, sql: sql) }
  }

  /// Compiles one statement, to be run many times.
  ///
  /// https://www.sqlite.org/c3ref/prepare.html
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK else { throw unsafe SQLiteError(handle, code, sql: sql) }
    guard let statement = unsafe prepared else {
      throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "no statement in the text", sql: sql)
    }
    return unsafe Statement(statement)
  }

  /// The integer in the first column of the first row; `nil` when there is no row or it is null.
  package func integer(_ sql: String) throws(SQLiteError) -> Int64? {
    var statement = try prepare(sql)
    guard try statement.step(), !statement.isNull(at: 0) else { return nil }
    return statement.integer(at: 0)
  }

  /// The text in the first column of the first row; `nil` when there is no row or it is null.
  package func text(_ sql: String) throws(SQLiteError) -> String? {
    var statement = try prepare(sql)
    guard try statement.step() else { return nil }
    return statement.text(at: 0)
  }

  /// The number of rows that the last insert, update or delete touched.
  ///
  /// https://www.sqlite.org/c3ref/changes.html
  package var changes: Int64 { unsafe sqlite3_changes64(handle) }

  /// The id of the row inserted last.
  ///
  /// https://www.sqlite.org/c3ref/last_insert_rowid.html
  package var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// Waits so long for the locks of other connections before giving up with `SQLITE_BUSY`.
  ///
  /// https://www.sqlite.org/c3ref/busy_timeout.html
  package func waitForLocks(milliseconds: Int32) {
    unsafe sqlite3_busy_timeout(handle, milliseconds)
  }
}
