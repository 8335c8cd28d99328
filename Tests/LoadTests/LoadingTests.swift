import Columnar
import CommonDataModel
import Foundation
import SQLite
import TestSupport
import Testing

@testable import Load

@Suite struct `A load into SQLite` {
  @Test func `creates every table, also those without rows`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      let target = try SQLiteTarget(path: path)
      try target.create(tables: CommonDataModel.tables)
      let counts = try target.finish()
      try target.publish()
      #expect(counts.count == 39)
      #expect(counts.values.allSatisfy { $0 == 0 })

      let database = try Connection(path: path, .readOnly)
      #expect(try database.integer("select count(*) from sqlite_schema where type = 'table'") == 39)
      let indexes = CommonDataModel.tables.reduce(0) { $0 + $1.indexes.count }
      let sql = "select count(*) from sqlite_schema where type = 'index' and sql is not null"
      #expect(try database.integer(sql) == Int64(indexes))
      #expect(try database.pragmaText("journal_mode") == "delete")
    }
  }

  @Test func `keeps every value of every type`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      try load(
        Batch(
          Schema([
            Field("measurement_id", .integer), Field("person_id", .integer),
            Field("measurement_concept_id", .boolean), Field("measurement_date", .date),
            Field("measurement_datetime", .timestamp),
            Field("measurement_type_concept_id", .integer),
            Field("value_as_number", .decimal(scale: 3)), Field("range_low", .double),
            Field("range_high", .decimal(scale: 0)), Field("measurement_source_value", .text),
          ]),
          [
            Column(.integer, .lanes([1, 1 << 52])), Column(.integer, .lanes([7, 8])),
            Column(.boolean, .lanes([1, 0])), Column(.date, .lanes([0, -719_162])),
            Column(.timestamp, .lanes([1, 86_399_000_000])), Column(.integer, .lanes([0, 0])),
            Column(.decimal(scale: 3), .lanes([-12_345, 7000])),
            Column(.double, .doubles([0.1, 0]), validity: [true, false]),
            Column(.decimal(scale: 0), .lanes([0, 42]), validity: [false, true]),
            Column(.text, .text(TextArray(["", "créatinine µmol/l"]))),
          ], count: 2),
        into: .measurement, path)

      let database = try Connection(path: path, .readOnly)
      let rows = try lines(
        database,
        """
        select measurement_id, person_id, measurement_concept_id, measurement_date,
          measurement_datetime, value_as_number, range_low, range_high,
          measurement_source_value, value_source_value
        from measurement order by 1
        """)
      #expect(
        rows == [
          "1|7|1|1970-01-01|1970-01-01 00:00:00.000001|-12.345|0.1|NULL||NULL",
          "4503599627370496|8|0|0001-01-01|1970-01-01 23:59:59|7.0|NULL|42.0|créatinine µmol/l|NULL",
        ])
      #expect(try database.text("select typeof(measurement_date) from measurement") == "text")
      #expect(try database.text("select typeof(value_as_number) from measurement") == "real")
    }
  }

  @Test(arguments: [0, 1, 19, 20, 21, 40, 399])
  func `keeps the rows of a batch of any size in order`(count: Int) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      let counts = try load(deaths(0..<count), into: .death, path)
      #expect(counts[.death] == count)
      let database = try Connection(path: path, .readOnly)
      let rows = try lines(
        database, "select person_id, death_date, cause_source_value from death order by rowid")
      let first = (0..<count).map { person in
        let text = person % 3 == 0 ? "NULL" : "cause \(person)"
        return "\(person)|\(DateText.text(days: Int64(person)))|\(text)"
      }
      #expect(rows == first)
    }
  }

  @Test func `takes batches of differing columns in turn`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      let target = try SQLiteTarget(path: path)
      try target.create(tables: [.death, .location])
      try target.append(deaths(0..<30), to: .death)
      let narrow = Batch(
        Schema([Field("death_date", .date), Field("person_id", .integer)]),
        [Column(.date, .lanes([5])), Column(.integer, .lanes([90]))], count: 1)
      try target.append(narrow, to: .death)
      let location = Batch(
        Schema([Field("location_id", .integer)]), [Column(.integer, .lanes([3]))], count: 1)
      try target.append(location, to: .location)
      try target.append(deaths(30..<31), to: .death)
      #expect(try target.finish() == [.death: 32, .location: 1])
      try target.publish()
      let database = try Connection(path: path, .readOnly)
      let sql = "select death_date from death where person_id = 90"
      #expect(try database.text(sql) == "1970-01-06")
    }
  }

  @Test func `makes the same bytes of the same rows, however they are cut into batches`() throws {
    try withTemporaryFolder { folder in
      let files = try [[0..<5000], [0..<1, 1..<1, 1..<2500, 2500..<5000]].enumerated().map {
        let path = folder.appendingPathComponent("\($0).sqlite").path
        // So small a cache makes SQLite write pages out during the load.
        let target = try SQLiteTarget(path: path, cacheBytes: $0 == 0 ? 64 << 20 : 0)
        try target.create(tables: CommonDataModel.tables)
        for range in $1 { try target.append(deaths(range), to: .death) }
        _ = try target.finish()
        try target.publish()
        return try Data(contentsOf: URL(fileURLWithPath: path))
      }
      #expect(files[0].count > 100_000)
      #expect(files[0] == files[1])
    }
  }

  @Test func `is a sound database`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm.sqlite").path
      try load(deaths(0..<20_000), into: .death, path)
      let database = try Connection(path: path, .readOnly)
      #expect(try database.text("pragma integrity_check") == "ok")
      let sql = "select count(*) from death indexed by idx_death_person_id where person_id = 19999"
      #expect(try database.integer(sql) == 1)
    }
  }
}
