internal import CSQLite

/// A connection to one database file, closed when its owner lets go of it.
///
/// A connection and its statements are used by one thread at a time; they may move between threads
/// between calls (https://www.sqlite.org/threadsafe.html, "multi-thread"). Neither is `Sendable`, so
/// that the compiler keeps them together: send them with `sending`, or hold them in a guarded value.
@safe
package struct Connection: ~Copyable {
  /// How a file is opened.
  package enum Mode: Sendable {
    /// The file must exist and is never written.
    case readOnly
    /// The file must exist.
    case readWrite
    /// The file is made when it does not exist.
    case create

    var flags: Int32 {
      switch self {
      case .readOnly: SQLITE_OPEN_READONLY
      case .readWrite: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    }
  }

  /// The library's handle; never null, closed exactly once.
  let handle: OpaquePointer

  /// Opens a file.
  ///
  /// The path is a path and nothing else: no URI, no `:memory:`. SQLite reads a file only at the first statement, so that a file that is no database is found
  /// then. https://www.sqlite.org/c3ref/open.html
  package init(path: String, _ mode: Mode) throws(SQLiteError) {
    let plain = path.hasPrefix("/") ? path : "./\(path)"
    unsafe handle = try Connection.open(plain, mode.flags)
  }

  /// Opens a database that lives in memory and ends with its connection.
  ///
  /// https://www.sqlite.org/inmemorydb.html
  package init(inMemory: Void) throws(SQLiteError) {
    unsafe handle = try Connection.open(
      ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY)
  }

  deinit {
    // Waits for statements that are still alive: https://www.sqlite.org/c3ref/close.html
    unsafe sqlite3_close_v2(handle)
  }

  /// Closes the file now and says whether that worked.
  ///
  /// Throws `SQLITE_BUSY` when a statement is still alive; the file is then closed with the last one.
  package consuming func close() throws(SQLiteError) {
    let code = unsafe sqlite3_close(handle)
    guard code != SQLITE_OK else {
      discard self
      return
    }
    let error = unsafe SQLiteError(handle, code)
    _ = consume self
    throw error
  }

  private static func open(_ path: String, _ flags: Int32) throws(SQLiteError) -> OpaquePointer {
    var opened: OpaquePointer?
    let flags = flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let handle = unsafe opened else {
      let error = unsafe SQLiteError(opened, code)
      unsafe sqlite3_close_v2(opened)
      throw error
    }
    return unsafe handle
  }
}

extension SQLiteError {
  /// The error that a connection reports for its last call.
  ///
  /// https://www.sqlite.org/c3ref/errcode.html
  init(_ connection: OpaquePointer?, _ code: Int32, sql: String? = nil) {
    let words =
      if let connection = unsafe connection, code != SQLITE_MISUSE {
        unsafe sqlite3_errmsg(connection)
      } else {
        unsafe sqlite3_errstr(code)
      }
    let message = unsafe words.map { unsafe String(cString: $0) } ?? "unknown error"
    self.init(extendedCode: code, message: message, sql: sql)
  }
}
