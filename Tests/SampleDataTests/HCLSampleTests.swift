import Foundation
import TestSupport
import Testing

@testable import SampleData

struct HCLSampleTests {
  @Test func `the same seed gives the same bytes`() throws {
    try withTemporaryFolder { folder in
      let (one, two) = (folder.appendingPathComponent("1"), folder.appendingPathComponent("2"))
      _ = try HCLSample(persons: 300, seed: 5).write(to: one)
      _ = try HCLSample(persons: 300, seed: 5).write(to: two)
      #expect(try ProjectFiles.contents(of: one) == ProjectFiles.contents(of: two))
      _ = try HCLSample(persons: 300, seed: 6).write(to: two)
      #expect(try ProjectFiles.contents(of: one) != ProjectFiles.contents(of: two))
    }
  }

  /// `RECORD_SAMPLE=1` writes the sample anew; the test fails then, so that it is looked at.
  @Test func `the sample of the project is what the generator makes`() throws {
    try withTemporaryFolder { folder in
      let sample = HCLSample(persons: ProjectFiles.samplePersons, seed: ProjectFiles.sampleSeed)
      _ = try sample.write(to: folder)
      let made = try ProjectFiles.contents(of: folder)
      if ProcessInfo.processInfo.environment["RECORD_SAMPLE"] != nil {
        _ = try sample.write(to: ProjectFiles.sample)
        Issue.record("the sample was recorded")
      }
      let kept = try ProjectFiles.contents(of: ProjectFiles.sample)
      #expect(kept.keys.sorted() == made.keys.sorted())
      for name in made.keys.sorted() { #expect(kept[name] == made[name], "\(name)") }
      #expect(kept.values.reduce(0) { $0 + $1.count } < 1 << 20)
    }
  }

  @Test(arguments: [1, 44, 60, 700])
  func `every row is in one box and every box is in the truth`(persons: Int) throws {
    try withTemporaryFolder { folder in
      let summary = try HCLSample(persons: persons, seed: 11).write(to: folder)
      let truth = folder.appendingPathComponent("truth")
      let quarantine = try ProjectFiles.table(truth.appendingPathComponent("quarantine.csv"))
      #expect(quarantine.count == summary.quarantined)
      for row in try ProjectFiles.table(truth.appendingPathComponent("extracts.csv")) {
        let unread = quarantine.filter { $0["table"] == row["table"] && $0["rule"] == "" }
        #expect(try number(row, "read") == number(row, "accepted") + number(row, "quarantined"))
        #expect(try number(row, "quarantined") == unread.count)
      }
      var emitted = 0
      for row in try ProjectFiles.table(truth.appendingPathComponent("books.csv")) {
        let boxes = ["emitted_from", "filtered", "unmatched", "collapsed", "quarantined"]
        #expect(try number(row, "accepted") == boxes.reduce(0) { try $0 + number(row, $1) })
        let listed = quarantine.filter { $0["rule"] == row["rule"] }
        #expect(try number(row, "quarantined") + number(row, "unmatched") == listed.count)
        emitted += try number(row, "emitted")
      }
      let derived = try #require(summary.rows.first { $0.table == "observation_period" })
      #expect(emitted + derived.count == summary.rows.reduce(0) { $0 + $1.count })
    }
  }

  private func number(_ row: [String: String], _ column: String) throws -> Int {
    try #require(row[column].flatMap(Int.init))
  }

  @Test func `the truth is sorted and complete`() throws {
    try withTemporaryFolder { folder in
      let summary = try HCLSample(persons: 600, seed: 3).write(to: folder)
      for table in TruthTable.allCases {
        let url = folder.appendingPathComponent("truth/\(table.rawValue).csv")
        let rows = ProjectFiles.records(try String(contentsOf: url, encoding: .utf8), ",")
        #expect(rows.first == table.columns)
        #expect(rows.allSatisfy { $0.count == table.columns.count })
        #expect(rows.count - 1 == summary.rows.first { $0.table == table.rawValue }?.count)
        let keys = rows.dropFirst().map { $0[0] }
        #expect(keys == keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      }
    }
  }

  @Test func `every kind of mistake is planted and rejected as it should be`() throws {
    try withTemporaryFolder { folder in
      _ = try HCLSample(persons: Dirt.allCases.count, seed: 8).write(to: folder)
      let truth = folder.appendingPathComponent("truth")
      let quarantine = try ProjectFiles.table(truth.appendingPathComponent("quarantine.csv"))
      #expect(
        Set(quarantine.compactMap { $0["reason"] }) == [
          "ragged_record", "unclosed_quote", "cell_rejected", "required_missing", "key_missing",
          "person_missing", "person_unknown", "join_unmatched", "parent_quarantined",
          "conflicting_rows",
        ])
      let cells = try ProjectFiles.table(truth.appendingPathComponent("cell_rejects.csv"))
      #expect(
        Set(cells.compactMap { $0["reason"] }) == [
          "not_a_date", "not_a_timestamp", "not_a_decimal", "not_an_integer", "bad_encoding",
          "text_too_long", "cast_failed",
        ])
      #expect(
        quarantine.allSatisfy {
          ($0["reason"] == "parent_quarantined") == ($0["parent_line"] != "")
        })
    }
  }

  @Test func `a listed position is the first line of its record`() throws {
    try withTemporaryFolder { folder in
      _ = try HCLSample(persons: 200, seed: 21).write(to: folder)
      let url = folder.appendingPathComponent("truth/quarantine.csv")
      var checked = 0
      for entry in try ProjectFiles.table(url) where entry["rule"] == "" {
        let name = try #require(entry["file"])
        let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let number = try #require(entry["line"].flatMap(Int.init))
        let line = lines[number - 1]
        checked += 1
        switch entry["reason"] {
        case "ragged_record":
          #expect(line.count { $0 == 0x3B } != lines[0].count { $0 == 0x3B })
        case "unclosed_quote": #expect(line.count { $0 == 0x22 } % 2 == 1)
        default: #expect(line.contains(0x2F))
        }
      }
      #expect(checked >= 6)
    }
  }
}
