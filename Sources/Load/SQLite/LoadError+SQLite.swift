import SQLite

extension LoadError {
  /// What a failure of SQLite means for the load into a path.
  init(_ error: SQLiteError, path: String) {
    switch error.code {
    case SQLiteError.full:
      self.init(.targetFull, "\(path): the disk is full; the load was given up")
    case SQLiteError.busy:
      self.init(.targetInUse, "\(path): another program has locked it")
    case SQLiteError.constraint:
      // Constraint messages name the table and the fields: "UNIQUE constraint failed: t.a".
      self.init(.rowRefused, "\(path): \(error.message)")
    case SQLiteError.notADatabase:
      self.init(.notADatabase, "\(path): not an SQLite database")
    default:
      self.init(.writeFailed, "\(path): SQLite error \(error.extendedCode): \(error.message)")
    }
  }
}
