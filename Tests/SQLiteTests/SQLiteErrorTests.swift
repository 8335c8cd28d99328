import SQLite
import Testing

@Suite struct `An error of SQLite` {
  /// A value that must appear in no error.
  static let secret = "1850775123456"

  @Test(arguments: [
    "insert into person values (1, 5, ?1)",
    "insert into person values (1, ?1, 'x')",
    "insert into person values (null, null, ?1)",
    "insert into person values (2, -1, ?1)",
    "insert into person values (?2, 3, ?1)",
  ])
  func `names the constraint and never a value`(sql: String) throws {
    let connection = try Connection(inMemory: ())
    try connection.execute(
      """
      create table person (
        person_id integer primary key, year integer not null check (year > 0), nir text unique
      ) strict
      """)
    try connection.execute("insert into person values (1, 1900, '\(Self.secret)')")
    var insert = try connection.prepare(sql)
    try insert.bind(Self.secret, at: 1)
    if insert.parameterCount > 1 { try insert.bind("text \(Self.secret)", at: 2) }
    var error: SQLiteError?
    do throws(SQLiteError) { try insert.run() } catch let thrown { error = thrown }
    let failure = try #require(error)
    #expect(failure.code == SQLiteError.constraint || failure.code == 20)
    for text in ["\(failure)", String(reflecting: failure), failure.message, failure.sql ?? ""] {
      #expect(!text.contains(Self.secret))
    }
    #expect(failure.sql == sql)
  }

  @Test func `reads as one line with codes, message and statement`() throws {
    let connection = try Connection(inMemory: ())
    try connection.execute("create table t (a integer primary key, b not null)")
    let error = try #require(throws: SQLiteError.self) {
      try connection.execute("insert into t\n  values (1, null)")
    }
    #expect(error.extendedCode == 1299)
    #expect(
      "\(error)" == "SQLite error 19 (1299): NOT NULL constraint failed: t.b"
        + " - while executing `insert into t values (1, null)`")
  }

  @Test func `shortens a long statement`() throws {
    let connection = try Connection(inMemory: ())
    let error = try #require(throws: SQLiteError.self) {
      try connection.execute("select " + String(repeating: "a, ", count: 500))
    }
    #expect("\(error)".count < 250)
    #expect("\(error)".hasSuffix("…`"))
  }

  @Test(arguments: ["", "  ", "-- nothing"])
  func `says when there is no statement`(sql: String) throws {
    let connection = try Connection(inMemory: ())
    let error = try #require(throws: SQLiteError.self) { _ = try connection.prepare(sql) }
    #expect(error.code == SQLiteError.misuse)
  }

  @Test func `says when a parameter is out of range`() throws {
    let connection = try Connection(inMemory: ())
    var statement = try connection.prepare("select ?")
    var code: Int32?
    do { try statement.bind(1 as Int64, at: 2) } catch { code = error.code }
    #expect(code == 25)
  }

  @Test func `says that the disk is full`() throws {
    let connection = try Connection(inMemory: ())
    try connection.execute("create table t (a); pragma max_page_count = 4")
    let error = try #require(throws: SQLiteError.self) {
      try connection.execute("insert into t values (zeroblob(100000))")
    }
    #expect(error.code == SQLiteError.full)
    #expect(error.message == "database or disk is full")
  }
}
