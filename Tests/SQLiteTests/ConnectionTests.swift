import Foundation
import SQLite
import TestSupport
import Testing

@Suite struct `A connection` {
  @Test func `creates a file, and opens it again to read only`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("a.sqlite").path
      let writer = try Connection(path: path, .create)
      try writer.execute("create table t (a integer); insert into t values (1), (2)")
      try writer.close()

      let reader = try Connection(path: path, .readOnly)
      #expect(try reader.integer("select count(*) from t") == 2)
      let error = try #require(throws: SQLiteError.self) { try reader.execute("delete from t") }
      #expect(error.code == SQLiteError.readOnly)
    }
  }

  @Test(arguments: [Connection.Mode.readOnly, .readWrite])
  func `does not make a file unless asked`(mode: Connection.Mode) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("none.sqlite").path
      let error = try #require(throws: SQLiteError.self) { _ = try Connection(path: path, mode) }
      #expect(error.code == SQLiteError.cannotOpen)
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func `takes a path for nothing but a path`() throws {
    try withTemporaryFolder { folder in
      let name = "file:a?mode=memory"
      let path = folder.appendingPathComponent(name).path
      let connection = try Connection(path: path, .create)
      try connection.execute("create table t (a)")
      #expect(FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func `says that a file is no database`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("letter.txt")
      try Data(repeating: UInt8(ascii: "x"), count: 4096).write(to: file)
      let connection = try Connection(path: file.path, .readOnly)
      let error = try #require(throws: SQLiteError.self) {
        try connection.integer("select count(*) from sqlite_schema")
      }
      #expect(error.code == SQLiteError.notADatabase)
    }
  }

  @Test func `refuses to close while a statement is alive`() throws {
    let connection = try Connection(inMemory: ())
    let statement = try connection.prepare("select 1")
    var error: SQLiteError?
    do throws(SQLiteError) { try connection.close() } catch let thrown { error = thrown }
    #expect(error?.code == SQLiteError.busy)
    #expect(statement.columnCount == 1)
  }

  @Test func `keeps a transaction whole`() throws {
    struct Failure: Error {}
    let connection = try Connection(inMemory: ())
    try connection.execute("create table t (a integer primary key)")
    try connection.transaction { try connection.execute("insert into t values (1)") }
    #expect(throws: Failure.self) {
      try connection.transaction {
        try connection.execute("insert into t values (2)")
        throw Failure()
      }
    }
    #expect(try connection.integer("select count(*) from t") == 1)
    try connection.transaction(.exclusive) { try connection.execute("insert into t values (3)") }
    #expect(try connection.integer("select max(a) from t") == 3)
    #expect(connection.lastInsertedRow == 3)
    #expect(connection.changes == 1)
  }

  @Test func `waits for no lock unless told to`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("a.sqlite").path
      let first = try Connection(path: path, .create)
      try first.execute("create table t (a)")
      let second = try Connection(path: path, .readWrite)
      second.waitForLocks(milliseconds: 1)
      try first.transaction(.exclusive) {
        let error = try #require(throws: SQLiteError.self) { try second.execute("delete from t") }
        #expect(error.code == SQLiteError.busy)
      }
      try second.execute("delete from t")
    }
  }

  @Test func `reads and sets pragmas`() throws {
    let connection = try Connection(inMemory: ())
    try connection.setPragma("user_version", 54)
    #expect(try connection.pragma("user_version") == 54)
    try connection.setPragma("synchronous", "off")
    #expect(try connection.pragma("synchronous") == 0)
    #expect(try connection.pragmaText("journal_mode") == "memory")
  }

  @Test func `answers nil where there is no value`() throws {
    let connection = try Connection(inMemory: ())
    #expect(try connection.integer("select 1 where false") == nil)
    #expect(try connection.integer("select null") == nil)
    #expect(try connection.text("select null") == nil)
    #expect(try connection.text("select 'é'") == "é")
  }
}
