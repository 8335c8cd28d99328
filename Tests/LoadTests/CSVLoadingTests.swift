import Columnar
import CommonDataModel
import Delimited
import Foundation
import TestSupport
import Testing

@testable import Load

/// Loads batches into a table of a CSV folder and publishes it.
@discardableResult
func loadCSV(
  _ batches: [Batch], into table: CDMTable, _ path: String, isCompressed: Bool = false,
  tables: [CDMTable] = CommonDataModel.tables
) throws -> [String: Int] {
  let loader = try CSVLoader(path: path, isCompressed: isCompressed)
  try loader.create(tables: tables)
  for batch in batches { try loader.append(batch, to: table) }
  let counts = try loader.finish()
  try loader.publish()
  return counts
}

/// The text of a table's file, decompressed.
func csvText(_ table: CDMTable, in path: String, isCompressed: Bool = false) throws -> String {
  let file = "\(path)/\(table.name).csv" + (isCompressed ? ".gz" : "")
  guard isCompressed else { return try String(contentsOfFile: file, encoding: .utf8) }
  let format = DelimitedFormat(quote: nil, hasHeader: false, maximumRecordBytes: 1 << 20)
  var splitter = try RecordSplitter(path: file, format: format, fieldCount: 1)
  var bytes: [UInt8] = []
  while let chunk = try splitter.next() { bytes += chunk.bytes }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct `A load into a CSV folder` {
  @Test(arguments: [false, true])
  func `makes a file of every table, also of those without rows`(isCompressed: Bool) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      let counts = try loadCSV([deaths(0..<3)], into: .death, path, isCompressed: isCompressed)
      #expect(counts.count == 39)
      #expect(counts["death"] == 3 && counts["person"] == 0)
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      let suffix = isCompressed ? ".csv.gz" : ".csv"
      #expect(Set(names) == Set(CommonDataModel.tables.map { $0.name + suffix }))
      for table in CommonDataModel.tables where table != .death {
        let header = table.fields.map(\.name).joined(separator: ",") + "\n"
        #expect(try csvText(table, in: path, isCompressed: isCompressed) == header)
      }
      #expect(
        try csvText(.death, in: path, isCompressed: isCompressed)
          == """
          person_id,death_date,death_datetime,death_type_concept_id,cause_concept_id,\
          cause_source_value,cause_source_concept_id
          0,1970-01-01,,,,,
          1,1970-01-02,,,,cause 1,
          2,1970-01-03,,,,cause 2,

          """)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["cdm"])
    }
  }

  @Test func `writes every value of every type exactly`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      let texts = ["", "a,b", "say \"hé\"", "two\nlines", "plain µmol/l"]
      try loadCSV(
        [
          Batch(
            Schema([
              Field("measurement_source_value", .text), Field("measurement_id", .integer),
              Field("person_id", .integer), Field("measurement_concept_id", .boolean),
              Field("measurement_date", .date), Field("measurement_datetime", .timestamp),
              Field("measurement_type_concept_id", .integer),
              Field("value_as_number", .decimal(scale: 3)), Field("range_low", .double),
              Field("range_high", .decimal(scale: 18)),
            ]),
            [
              Column(.text, .text(TextArray(texts))),
              Column(.integer, .lanes([-5, 0, 1, 10, 1 << 52])),
              Column(.integer, .lanes([7, 8, 9, .min, .max])),
              Column(.boolean, .lanes([1, 0, 1, 0, 1])),
              Column(.date, .lanes([0, -719_162, 19_782, 1, 2])),
              Column(
                .timestamp, .lanes([1, 86_399_000_000, 0, 0, 0]),
                validity: [true, true, false, false, false]),
              Column(.integer, .lanes([0, 0, 0, 0, 0])),
              Column(.decimal(scale: 3), .lanes([-12_345, 7000, -5, 100, .min])),
              Column(.double, .doubles([0.1, -0.0, 1e21, .nan, -2.5])),
              Column(.decimal(scale: 18), .lanes([0, 1, -1_000_000_000_000_000_000, 42, .max])),
            ], count: 5)
        ], into: .measurement, path, tables: [.measurement])
      let text = try csvText(.measurement, in: path)
      let rows = text.split(separator: "\n", maxSplits: 1)[1]
      #expect(
        rows == #"""
          -5,7,1,1970-01-01,1970-01-01 00:00:00.000001,,0,,-12.345,,,0.1,0,,,,"",,,,,,
          0,8,0,0001-01-01,1970-01-01 23:59:59,,0,,7,,,0,0.000000000000000001,,,,"a,b",,,,,,
          1,9,1,2024-02-29,,,0,,-0.005,,,1e+21,-1,,,,"say ""hé""",,,,,,
          10,-9223372036854775808,0,1970-01-02,,,0,,0.1,,,,0.000000000000000042,,,,"two
          lines",,,,,,
          4503599627370496,9223372036854775807,1,1970-01-03,,,0,,-9223372036854775.808,,,-2.5,\#
          9.223372036854775807,,,,plain µmol/l,,,,,,

          """#)
    }
  }

  @Test func `reads back as the values that were written, by the reader of sources`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      var random = SeededGenerator(seed: 4)
      let alphabet = Array("\"\",,\n\rab é")
      let texts = (0..<3000).map { _ in
        String(
          (0..<Int.random(in: 0..<9, using: &random)).map { _ in
            alphabet[Int.random(in: alphabet.indices, using: &random)]
          })
      }
      let batch = Batch(
        Schema([Field("location_id", .integer), Field("city", .text)]),
        [
          Column(.integer, .lanes((0..<3000).map { Int64($0) })),
          Column(.text, .text(TextArray(texts))),
        ], count: 3000)
      #expect(try loadCSV([batch], into: .location, path)["location"] == 3000)
      var splitter = try RecordSplitter(path: "\(path)/location.csv", format: DelimitedFormat())
      let city = try #require(splitter.header?.firstIndex(of: "city"))
      var found: [String] = []
      while let chunk = try splitter.next() {
        #expect(chunk.isRegular)
        let tokens = Tokeniser(DelimitedFormat()).tokenise(chunk)
        found += (0..<tokens.count).map { tokens[$0, city] }
      }
      #expect(found == texts)
    }
  }

  @Test(arguments: [false, true])
  func `makes the same bytes of the same rows, however they are cut`(isCompressed: Bool) throws {
    try withTemporaryFolder { folder in
      let name = isCompressed ? "death.csv.gz" : "death.csv"
      let files = try [[0..<20_000], [0..<1, 1..<1, 1..<513, 513..<20_000]].enumerated().map {
        let path = folder.appendingPathComponent("\($0)").path
        try loadCSV($1.map { deaths($0) }, into: .death, path, isCompressed: isCompressed)
        return try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
      }
      #expect(files[0].count > 60_000)
      #expect(files[0] == files[1])
      // No time and no name: RFC 1952, 2.3.
      if isCompressed { #expect(Array(files[0].prefix(8)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0]) }
    }
  }

  @Test func `takes batches of differing columns in turn`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("cdm").path
      let narrow = Batch(
        Schema([Field("death_date", .date), Field("person_id", .integer)]),
        [Column(.date, .lanes([5])), Column(.integer, .lanes([90]))], count: 1)
      let counts = try loadCSV(
        [deaths(0..<2), narrow, deaths(91..<92)], into: .death, path, tables: [.death])
      #expect(counts == ["death": 4])
      #expect(
        try csvText(.death, in: path).split(separator: "\n").dropFirst()
          == [
            "0,1970-01-01,,,,,", "1,1970-01-02,,,,cause 1,", "90,1970-01-06,,,,,",
            "91,1970-04-02,,,,cause 91,",
          ])
    }
  }
}
