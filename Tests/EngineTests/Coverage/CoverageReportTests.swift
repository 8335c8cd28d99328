import Foundation
import TestSupport
import Testing

@testable import Engine

/// What is told of counts, and what is hidden.
struct CoverageReportTests {
  /// The counts of a code; the outcome of one without a code is that none was there.
  static func count(
    _ code: String?, _ outcome: CodeCount.Outcome, records: Int, persons: Int,
    rule: String = "r", domain: String = "condition", values: [ValueCount] = []
  ) -> CodeCount {
    CodeCount(
      pipeline: "p", rule: rule, table: "condition_occurrence", field: "condition_concept_id",
      domain: domain, vocabulary: "ICD10", mapping: "own", code: code,
      name: code == "A1" ? "One, \"first\"" : "", outcome: outcome, records: records,
      persons: persons, concepts: outcome.isMapped ? [1, 2] : [], values: values)
  }

  static func counts(_ codes: CodeCount...) -> CodeCounts { CodeCounts(codes, precision: 1 / 128) }

  @Test func `a file gives back what was written`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("codes.sqlite").path
      let values = [ValueCount(unit: "mg/L", records: 5, persons: 4, quantiles: [1, 2, 3, 4, 5.5])]
      let counts = Self.counts(
        Self.count("B", .unmapped, records: 3, persons: 2, values: values),
        Self.count("A1", .mappedByFile, records: 30, persons: 20),
        Self.count(nil, .noCode, records: 4, persons: 4))
      try counts.write(to: path)
      let read = try CodeCounts.read(path)
      #expect(read == counts)
      #expect(read.codes.map(\.code) == ["A1", "B", nil])
    }
  }

  @Test func `coverage counts rows and codes, and what was reviewed on neither side`() throws {
    let report = CoverageReport(
      Self.counts(
        Self.count("A1", .mappedByFile, records: 600, persons: 50),
        Self.count("A2", .mappedByVocabulary, records: 300, persons: 50),
        Self.count("B", .reviewed, records: 5_000, persons: 500),
        Self.count("C", .unmapped, records: 100, persons: 20),
        Self.count("D", .restUnmapped, records: 200, persons: 0),
        Self.count(nil, .noCode, records: 77, persons: 40)), run: 4)
    let line = try #require(report.lines.first)
    #expect(report.lines.count == 1)
    #expect(line.coverage == 75)
    #expect(
      line.records
        == CoverageReport.Records(mapped: 900, reviewed: 5_000, unmapped: 300, withoutCode: 80))
    #expect(line.codes.mapped == 2)
    #expect(line.isRounded)
    #expect(line.change == nil)
  }

  /// Ten persons are hidden, eleven are told.
  @Test(arguments: [(10, true), (11, false)])
  func `a single code of few persons is hidden`(persons: Int, isHidden: Bool) throws {
    let report = CoverageReport(
      Self.counts(
        Self.count("A1", .mappedByFile, records: 1_234, persons: 99),
        Self.count("C", .unmapped, records: 33, persons: persons)), run: 1)
    let line = try #require(report.lines.first)
    #expect(line.isRounded == isHidden)
    #expect(line.records.unmapped == (isHidden ? nil : 33))
    #expect(line.records.mapped == (isHidden ? 1_230 : 1_234))
    #expect(line.coverage == (isHidden ? 97 : 97.39))
  }

  @Test func `few rows are hidden however many codes they have`() throws {
    let report = CoverageReport(
      Self.counts(
        Self.count("A1", .mappedByFile, records: 1_000, persons: 99),
        Self.count("C", .unmapped, records: 5, persons: 5),
        Self.count("D", .unmapped, records: 5, persons: 5)), run: 1)
    #expect(report.lines.first?.records.unmapped == nil)
    #expect(report.lines.first?.coverage == 99)
  }

  @Test func `a change is told in points`() throws {
    func counts(_ mapped: Int, _ unmapped: Int) -> CodeCounts {
      Self.counts(
        Self.count("A1", .mappedByFile, records: mapped, persons: 99),
        Self.count("C", .unmapped, records: unmapped, persons: 20))
    }
    let report = CoverageReport(
      counts(9_725, 275), run: 3, before: (run: 1, counts: counts(9_900, 100)))
    #expect(report.before == 1)
    #expect(report.lines.first?.change == -1.75)
    let exact = CoverageReport(counts(990, 10), run: 3, before: (run: 1, counts: counts(995, 5)))
    // Whole points, since the exact ones tell how few rows there are.
    #expect(exact.lines.first?.change == 0)
  }

  @Test func `the most frequent unmapped codes come first, and equal ones by their bytes`() {
    let values = [
      ValueCount(unit: "g/L", records: 12, persons: 11, quantiles: [1, 2, 3, 4, 5]),
      ValueCount(unit: "mg/L", records: 40, persons: 12, quantiles: [10, 20, 30, 40, 50]),
      ValueCount(unit: "secret", records: 10, persons: 10, quantiles: [7, 7, 7, 7, 7]),
    ]
    let report = UnmappedReport(
      Self.counts(
        Self.count("é", .unmapped, records: 20, persons: 12),
        Self.count("z", .unmapped, records: 20, persons: 12),
        Self.count("A1", .unmapped, records: 30, persons: 15, values: values),
        Self.count("A1", .unmapped, records: 40, persons: 14, rule: "s"),
        Self.count("B", .reviewed, records: 500, persons: 99),
        Self.count("few", .unmapped, records: 60, persons: 10),
        Self.count("fewer", .unmapped, records: 7, persons: 7)), run: 2)
    #expect(report.codes.map(\.code) == ["A1", "z", "é"])
    #expect(report.codes[0].records == 70)
    #expect(report.codes[0].persons == 15)
    #expect(report.codes[0].rules == ["r", "s"])
    #expect(report.codes[0].values.map(\.unit) == ["mg/L", "g/L"])
    #expect(report.hidden == UnmappedReport.Hidden(codes: 2, records: 70))
    let lines = report.rows
    #expect(lines.count == 4)
    #expect(
      lines[1] == [
        "A1", "One, \"first\"", "70", "15", "p", "condition", "ICD10", "own", "r s", "mg/L g/L",
        "mg/L", "10.0", "20.0", "30.0", "40.0", "50.0",
      ])
    #expect(
      lines[2] == ["z", "z", "20", "12", "p", "condition", "ICD10", "own", "r"]
        + [String](repeating: "", count: 7))
    #expect(!lines.joined().contains { $0.contains("few") || $0.contains("secret") })
  }

  @Test func `one hidden code has no figure, and takes no other along`() {
    let report = UnmappedReport(
      Self.counts(
        Self.count("A", .unmapped, records: 500, persons: 40),
        Self.count("B", .unmapped, records: 300, persons: 11),
        Self.count("few", .unmapped, records: 60, persons: 10)), run: 2)
    #expect(report.codes.map(\.code) == ["A", "B"])
    #expect(report.hidden == UnmappedReport.Hidden(codes: 1, records: nil))
  }

  @Test func `rows of a rule in which few persons have the code are not told`() {
    let report = UnmappedReport(
      Self.counts(
        Self.count("A", .unmapped, records: 500, persons: 40),
        Self.count("A", .unmapped, records: 33, persons: 3, rule: "s", domain: "drug"),
        Self.count("B", .unmapped, records: 33, persons: 3, rule: "s", domain: "drug")), run: 2)
    #expect(report.codes.map(\.records) == [500])
    #expect(report.codes.map(\.rules) == [["r"]])
    #expect(report.hidden == UnmappedReport.Hidden(codes: 1, records: 70))
  }
}
