import Columnar
import CommonDataModel
import Foundation
import Load
import TestSupport
import Testing

@Suite struct `An SQLite target refuses` {
  @Test(arguments: ["", "/", "sub", "sub/"])
  func `a folder`(name: String) throws {
    try withTemporaryFolder { folder in
      let sub = folder.appendingPathComponent("sub")
      try FileManager.default.createDirectory(at: sub, withIntermediateDirectories: false)
      let path = name.isEmpty || name == "/" ? name : folder.path + "/" + name
      let error = try #require(throws: LoadError.self) { _ = try SQLiteTarget(path: path) }
      #expect(error.code == .targetIsFolder)
    }
  }

  @Test func `a folder in the place of the file to build`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      try FileManager.default.createDirectory(
        atPath: path + ".new", withIntermediateDirectories: false)
      let error = try #require(throws: LoadError.self) { _ = try SQLiteTarget(path: path) }
      #expect(error.code == .targetIsFolder)
      #expect(FileManager.default.fileExists(atPath: path + ".new"))
    }
  }

  @Test func `a folder that does not exist`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("none/cdm.sqlite").path
      let error = try #require(throws: LoadError.self) { _ = try SQLiteTarget(path: path) }
      #expect(error.code == .folderMissing)
      #expect("\(error)".hasPrefix("target_folder_missing: "))
    }
  }

  @Test func `a file that is no database`() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("patients.csv")
      try Data("id;name and more\n".utf8).write(to: url)
      let error = try #require(throws: LoadError.self) { _ = try SQLiteTarget(path: url.path) }
      #expect(error.code == .notADatabase)
      #expect(try Data(contentsOf: url) == Data("id;name and more\n".utf8))
    }
  }

  @Test(arguments: [
    (Field("birth_date", .date), "death has no field birth_date"),
    (Field("death_date", .text), "death.death_date is date and cannot hold text"),
    (
      Field("cause_source_value", .digest),
      "death.cause_source_value is varchar(50) and cannot hold key"
    ),
    (Field("death_datetime", .boolean), "death.death_datetime is datetime and cannot hold boolean"),
  ])
  func `a column that the table cannot hold`(field: Field, message: String) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      let target = try SQLiteTarget(path: path)
      try target.create(tables: [.death])
      let batch = Batch(Schema([field]), [Column.nulls(field.type, count: 1)], count: 1)
      let error = try #require(throws: LoadError.self) { try target.append(batch, to: .death) }
      #expect(error.code == .columnRefused)
      #expect(error.message == message)
    }
  }

  @Test(
    arguments: [
      ([918_273_645, 918_273_645], nil, "UNIQUE constraint failed: location.location_id"),
      ([1, 918_273_645], [true, false], "location.location_id has no value"),
    ] as [([Int64], [Bool]?, String)])
  func `a row that breaks a constraint, without its values`(
    ids: [Int64], validity: [Bool]?, message: String
  ) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      try load(deaths(0..<1), into: .death, path)
      let published = FileManager.default.contents(atPath: path)
      let target = try SQLiteTarget(path: path)
      try target.create(tables: [.location])
      let batch = Batch(
        Schema([Field("city", .text), Field("location_id", .integer)]),
        [
          Column(.text, .text(TextArray(ids.map { "town \($0)" }))),
          Column(.integer, .lanes(ids), validity: validity),
        ], count: 2)
      let error = try #require(throws: LoadError.self) { try target.append(batch, to: .location) }
      #expect(error.code == .rowRefused)
      #expect(error.message.hasSuffix(message))
      #expect(!String(reflecting: error).contains("918273645"))
      #expect(!"\(error)".contains("918273645"))
      try target.abandon()
      #expect(FileManager.default.contents(atPath: path) == published)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["cdm.sqlite"])
    }
  }

  @Test(arguments: [
    (CDMTable.location, "location.location_id has no value"),
    (.death, "NOT NULL constraint failed: death.person_id"),
  ])
  func `a row without a field that must be there`(table: CDMTable, message: String) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      let target = try SQLiteTarget(path: path)
      try target.create(tables: [table])
      let field = try #require(table.fields.first { !$0.isRequired })
      let column = Column.nulls(field.columnType, count: 1)
      let rows = Batch(Schema([Field(field.name, field.columnType)]), [column], count: 1)
      let error = try #require(throws: LoadError.self) { try target.append(rows, to: table) }
      #expect(error.code == .rowRefused)
      #expect(error.message.hasSuffix(message))
    }
  }

  @Test func `to go on when the disk is full, without a value in its error`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      let target = try SQLiteTarget(path: path, maximumBytes: 1 << 20)
      try target.create(tables: CommonDataModel.tables)
      let error = try #require(throws: LoadError.self) {
        for start in 0..<100 {
          try target.append(deaths(start * 1000..<(start + 1) * 1000), to: .death)
        }
      }
      #expect(error.code == .targetFull)
      #expect(error.message.hasSuffix("the disk is full; the load was given up"))
      #expect(!error.message.contains("cause"))
      try target.abandon()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }
}
