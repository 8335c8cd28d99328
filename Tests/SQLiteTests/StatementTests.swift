import SQLite
import TestSupport
import Testing

@Suite struct `A statement` {
  @Test func `gives back every value that it was given`() throws {
    let connection = try Connection(inMemory: ())
    try connection.execute("create table t (a, b, c, d, e, f)")
    var insert = try connection.prepare("insert into t values (?, ?, ?, ?, ?, ?)")
    #expect(insert.parameterCount == 6)
    try insert.bind(Int64.min, at: 1)
    try insert.bind(0.1, at: 2)
    try insert.bind("Łódź 🩺", at: 3)
    try insert.bind(text: [UInt8](repeating: 0x61, count: 3).span, at: 4)
    try insert.bind(blob: [0, 255, 7].span, at: 5)
    try insert.bindNull(at: 6)
    try insert.run()

    var select = try connection.prepare("select * from t")
    #expect(try select.step())
    #expect(select.columnCount == 6)
    #expect(select.name(at: 2) == "c")
    #expect(select.integer(at: 0) == Int64.min)
    #expect(select.double(at: 1) == 0.1)
    #expect(select.text(at: 2) == "Łódź 🩺")
    var text: [UInt8] = [0x2D]
    select.appendText(at: 3, to: &text)
    #expect(text == [0x2D, 0x61, 0x61, 0x61])
    #expect(select.blob(at: 4) == [0, 255, 7])
    #expect(select.isNull(at: 5) == true)
    #expect(select.text(at: 5) == nil)
    let kinds = (0..<6).map { select.kind(at: $0) }
    #expect(kinds == [.integer, .double, .text, .text, .blob, .null])
    #expect(try !select.step())
  }

  @Test func `tells an empty text from null`() throws {
    let connection = try Connection(inMemory: ())
    var select = try connection.prepare("select ?, typeof(?2), typeof(?3)")
    try select.bind("", at: 1)
    try select.bind(text: [UInt8]().span, at: 2)
    try select.bind(blob: [UInt8]().span, at: 3)
    #expect(try select.step())
    #expect(select.text(at: 0) == "")
    #expect(select.text(at: 1) == "text")
    #expect(select.text(at: 2) == "blob")
  }

  @Test func `forgets its parameters at a reset`() throws {
    let connection = try Connection(inMemory: ())
    var select = try connection.prepare("select ?")
    try select.bind("left behind", at: 1)
    #expect(try select.step())
    select.reset()
    #expect(try select.step())
    #expect(select.isNull(at: 0) == true)
  }

  @Test func `copies texts that are bound, however many and long they are`() throws {
    let connection = try Connection(inMemory: ())
    let marks = (0..<200).map { _ in "?" }.joined(separator: ",")
    var select = try connection.prepare("select \(marks)")
    for _ in 0..<3 {
      var buffer: [UInt8] = []
      for parameter in 1...200 {
        buffer = [UInt8](repeating: UInt8(32 + parameter % 90), count: parameter * 7 % 2000)
        try select.bind(text: buffer.span, at: parameter)
      }
      buffer = []
      #expect(try select.step())
      for parameter in 1...200 {
        let character = Character(Unicode.Scalar(UInt8(32 + parameter % 90)))
        let text = select.text(at: parameter - 1)
        #expect(text == String(repeating: character, count: parameter * 7 % 2000))
      }
      select.reset()
    }
  }

  @Test func `may be run again after a failure`() throws {
    let connection = try Connection(inMemory: ())
    try connection.execute("create table t (a integer primary key)")
    var insert = try connection.prepare("insert into t values (?)")
    var codes: [Int32?] = []
    for value: Int64 in [1, 1, 2] {
      try insert.bind(value, at: 1)
      do throws(SQLiteError) {
        try insert.run()
        codes.append(nil)
      } catch {
        codes.append(error.code)
      }
    }
    #expect(codes == [nil, SQLiteError.constraint, nil])
    #expect(try connection.integer("select count(*) from t") == 2)
  }

  @Test func `outlives its connection`() throws {
    var statement = try statementOfLostConnection()
    #expect(try statement.step())
    #expect(statement.integer(at: 0) == 42)
  }

  private func statementOfLostConnection() throws -> Statement {
    let connection = try Connection(inMemory: ())
    return try connection.prepare("select 42")
  }
}
