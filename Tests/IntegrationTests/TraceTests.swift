import Foundation
import TestSupport
import Testing

/// Where rows come from, found by doing their person again.
struct TraceTests {
  private struct Report: Decodable {
    struct Place: Decodable, Hashable {
      var table: String
      var file: String
      var line: Int
    }

    struct Row: Decodable {
      var table: String
      var rule: String?
      var places: [Place]
      var fields: [Field]
    }

    struct Field: Decodable {
      var name: String
      var value: String
    }

    struct Refusal: Decodable {
      var place: Place
      var rule: String?
      var reason: String
    }

    var rows: [Row]
    var refused: [Refusal]
  }

  private struct Scene {
    let target: URL
    let database: Database

    init(_ folder: URL) throws {
      target = folder.appendingPathComponent("cdm.sqlite")
      let run = try Program.run(Program.arguments(data: Project.data, target: target))
      #expect(run.status == 0, "\(run.errors)")
      database = try Database(target)
    }

    func trace(_ subject: [String]) throws -> (status: Int32, report: Report?) {
      let ending = try Program.run(
        ["trace", Project.pipeline] + subject + [
          "--set", "data=\(Project.data.path)", "--target", "sqlite:\(target.path)",
          "--as-of", Project.asOfText, "--format", "json",
        ])
      let report = try? JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
      return (ending.status, report)
    }
  }

  @Test func `a row is found again as it stands in the target, with its record`() throws {
    try withTemporaryFolder { folder in
      let scene = try Scene(folder)
      let before = try Data(contentsOf: scene.target)
      for table in [
        "person", "condition_occurrence", "measurement", "visit_occurrence", "care_site",
        "location",
      ] {
        let key = table == "person" ? "person_id" : "\(table)_id"
        let ids = try scene.database.column(
          "SELECT \(key) FROM \(table) ORDER BY 1 LIMIT 2 OFFSET 3")
        #expect(!ids.isEmpty)
        for id in ids {
          let (status, report) = try scene.trace([table, id])
          #expect(status == 0)
          let row = try #require(report?.rows.first, "\(table) \(id)")
          #expect(report?.rows.count == 1 && row.table == table && row.rule != nil)
          #expect(!row.places.isEmpty)
          for field in row.fields where !field.name.hasSuffix("datetime") {
            let stored = try scene.database.column(
              "SELECT \(field.name) FROM \(table) WHERE \(key) = \(id)")
            // The target holds numbers as doubles.
            let isSame =
              stored == [field.value]
              || stored.first.flatMap(Double.init) == Double(field.value)
            #expect(isSame, "\(table).\(field.name)")
          }
          // The record leads back to the row.
          let place = try #require(row.places.first)
          let back = try scene.trace(["\(place.file):\(place.line)"]).report
          #expect(
            back?.rows.contains { other in
              other.table == table && other.fields.contains { $0.name == key && $0.value == id }
            } == true)
        }
      }
      #expect(try Data(contentsOf: scene.target) == before)
    }
  }

  @Test func `a refused record says what its quarantine says`() throws {
    try withTemporaryFolder { folder in
      let scene = try Scene(folder)
      let listed = try Program.run([
        "quarantine", "list", scene.target.path, "--format", "json", "--limit", "1000",
      ])
      struct Line: Decodable {
        var file: String
        var line: Int
        var rule: String?
        var reason: String
        var kind: String
      }
      let lines = try JSONDecoder().decode([Line].self, from: Data(listed.output.utf8))
      let rows = lines.filter { $0.kind == "row" }
      #expect(rows.count > 100)
      for line in stride(from: 0, to: rows.count, by: rows.count / 6).map({ rows[$0] }) {
        let report = try scene.trace(["\(line.file):\(line.line)"]).report
        #expect(
          report?.refused.contains { $0.rule == line.rule && $0.reason == line.reason } == true,
          "\(line)")
      }
    }
  }

  @Test func `an id that nobody has, and a line that is not there, are errors`() throws {
    try withTemporaryFolder { folder in
      let scene = try Scene(folder)
      #expect(try scene.trace(["condition_occurrence", "12"]).status == 1)
      #expect(try scene.trace(["patients.csv:100000"]).status == 1)
      #expect(try scene.trace(["nobody.csv:1"]).status == 1)
      #expect(try scene.trace(["no_table", "1"]).status == 64)
    }
  }
}
