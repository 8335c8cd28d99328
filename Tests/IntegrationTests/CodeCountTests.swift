import Engine
import Foundation
import Pipelines
import TestSupport
import Testing

/// A run counts the codes of the rows that it writes.
struct CodeCountTests {
  /// `field code: outcome, rows, persons`.
  private func lines(_ counts: CodeCounts) -> [String] {
    counts.codes.map {
      "\($0.domain) \($0.code ?? "–"): \($0.outcome.rawValue) \($0.records) \($0.persons)"
    }
  }

  @Test func `rows and persons of every code are known`() throws {
    try withTemporaryFolder { folder in
      let hospital = try CodedHospital(folder)
      let books = try hospital.project.run().books
      let rule = try #require(books.rules.first { $0.rule == "p/result" })
      #expect(rule.unmapped == 102)
      #expect(rule.notes["without_target"] == 15)
      let counts = try hospital.counts()
      #expect(
        lines(counts) == [
          // The preferred row of the first person has a code that no file knows, and the concept of
          // the other row: the code goes with its concept.
          "gender F: mapped_by_file 20 20", "gender M: mapped_by_file 20 20",
          "measurement ELEVEN: unmapped 22 11", "measurement GLU: mapped_by_file 120 40",
          "measurement REVIEWED: reviewed 15 15", "measurement TEN: unmapped 50 10",
          "measurement TWO: mapped_by_file 40 40", "measurement ZORGLUBINE: unmapped 30 1",
          "measurement –: no_code 12 12",
          "unit g/L: mapped_by_file 120 40", "unit mg: unmapped 50 10", "unit u: unmapped 22 11",
          "unit unit of one: unmapped 30 1", "unit –: no_code 67 40",
        ])
      let two = try #require(counts.codes.first { $0.code == "TWO" })
      #expect(two.concepts == [3_004_502, 3_004_503])
      #expect(two.name == "Two things")
      #expect(
        [two.pipeline, two.rule, two.table, two.field, two.mapping] == [
          "p", "result", "measurement", "measurement_concept_id", "own",
        ])
      let glucose = try #require(counts.codes.first { $0.code == "GLU" })
      #expect(glucose.values.map(\.unit) == ["g/L"])
      #expect(glucose.values.map(\.persons) == [40])
      // The values are 0.5 to 41.5: whole numbers and halves stand for themselves.
      #expect(glucose.values.first?.quantiles == [2.5, 10.5, 20.5, 30.5, 38.5])
      let eleven = try #require(counts.codes.first { $0.code == "ELEVEN" })
      #expect(eleven.values.first?.quantiles == [-9, -5, 0, 5, 9])
    }
  }

  @Test func `values that map() looks up are counted as codes are, and rows are the same`() throws {
    func outcome(usesMap: Bool) throws -> (lines: [String], maps: [String?], tables: [String]) {
      try withTemporaryFolder { folder in
        let hospital = try CodedHospital(folder, usesMap: usesMap)
        _ = try hospital.project.run()
        let counts = try hospital.counts()
        return (
          lines(counts), counts.codes.map(\.mapping),
          try ["person", "measurement"].map(hospital.project.text)
        )
      }
    }
    let (codes, values) = (try outcome(usesMap: false), try outcome(usesMap: true))
    #expect(
      values.lines
        == codes.lines.map { line in
          line.hasPrefix("measurement")
            ? line : line.replacing("mapped_by_file", with: "mapped_by_value_file")
        })
    #expect(values.maps == codes.maps)
    #expect(values.tables == codes.tables)
    #expect(values.lines.contains("gender F: mapped_by_value_file 20 20"))
    #expect(values.lines.contains("unit unit of one: unmapped 30 1"))
  }

  @Test(arguments: [false, true])
  func `threads, memory and blocks leave no trace`(usesMap: Bool) throws {
    try withTemporaryFolder { folder in
      var expected: CodeCounts?
      for (threads, memory, block) in [(1, 64, nil), (2, 64, 256), (3, 1, 64)] {
        let place = folder.appendingPathComponent("\(threads)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        var hospital = try CodedHospital(place, usesMap: usesMap)
        hospital.project.memory = memory << 20
        _ = try hospital.project.run(block: block, threads: threads)
        let counts = try hospital.counts()
        #expect(counts == expected ?? counts)
        expected = counts
      }
    }
  }

  private func sample(
    _ data: URL, threads: Int, memory: Int
  ) throws -> (counts: CodeCounts, drugs: [String], routes: [String], events: Int) {
    try withTemporaryFolder { folder in
      let warehouse = Warehouse(folder, data: data)
      try warehouse.run(threads: threads, memory: memory)
      let run = try #require(warehouse.state.runs.last)
      let routes = try warehouse.database().rows(
        """
        SELECT route_source_value, count(*), count(DISTINCT person_id) FROM drug_exposure
        WHERE route_source_value IS NOT NULL GROUP BY 1 ORDER BY 1
        """)
      let drugs = try warehouse.database().rows(
        """
        SELECT drug_source_value, count(*), count(DISTINCT person_id) FROM drug_exposure
        WHERE drug_concept_id = 0 GROUP BY 1 ORDER BY 1
        """)
      return (
        try CodeCounts.read(run.codes),
        drugs.map { $0.map { $0 ?? "" }.joined(separator: " ") },
        routes.map { $0.map { $0 ?? "" }.joined(separator: " ") },
        try [
          "condition_occurrence", "drug_exposure", "procedure_occurrence", "measurement",
          "observation",
        ].reduce(0) { $0 + (try warehouse.database().count($1)) }
      )
    }
  }

  @Test func `the sample's counts are those of its tables, however much memory there was`() throws {
    let data = try Samples.of(persons: Project.size)
    let whole = try sample(data, threads: 2, memory: 1 << 30)
    #expect(!whole.drugs.isEmpty)
    #expect(
      whole.counts.codes.filter { $0.domain == "drug" && $0.outcome == .unmapped }
        .map { "\($0.code ?? "") \($0.records) \($0.persons)" } == whole.drugs)
    // Every event comes of a code, and of one row as many as the code has concepts.
    let main = whole.counts.codes.filter { count in
      ["route", "unit", "gender", "visit"].allSatisfy { $0 != count.domain }
        && !count.field.hasPrefix("admitted") && !count.field.hasPrefix("discharged")
    }
    let events = main.reduce(0) { $0 + $1.records * max(1, $1.concepts.count) }
    #expect(events == whole.events)
    // What map() looks up is counted too.
    #expect(
      whole.counts.codes.filter { $0.domain == "route" && $0.code != nil }
        .map { "\($0.code ?? "") \($0.records) \($0.persons)" } == whole.routes)
    #expect(!whole.routes.isEmpty)
    #expect(try sample(data, threads: 1, memory: 1 << 20).counts == whole.counts)
    #expect(try sample(data, threads: 3, memory: 16 << 20).counts == whole.counts)
  }

  @Test func `a person with thousands of rows is counted once`() throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data", isDirectory: true)
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      try Samples.copy(
        persons: Project.size, into: data, analysesOfOne: Project.isSanitized ? 6_000 : 20_000)
      let whole = try sample(data, threads: 2, memory: 1 << 30).counts
      #expect(try sample(data, threads: 2, memory: 1 << 20).counts == whole)
    }
  }
}
