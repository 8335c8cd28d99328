import Foundation
import TestSupport
import Testing

@testable import Engine

/// What all that is told of one run, taken together, says of a code of few persons: never its count.
struct CoveragePrivacyTests {
  /// All that `coverage` and `unmapped` print and write of a run, with every choice of what is listed;
  /// text and CSV of coverage are made of its report alone.
  private static func told(_ counts: CodeCounts) throws -> [String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    func json(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    var told = [try json(CoverageReport(counts, run: 1))]
    let pipelines = [nil] + Set(counts.codes.map(\.pipeline)).sorted().map(Optional.some)
    let domains = [nil] + Set(counts.codes.map(\.domain)).sorted().map(Optional.some)
    for pipeline in pipelines {
      for domain in domains {
        let chosen = CodeCounts(
          counts.codes.filter {
            (pipeline ?? $0.pipeline) == $0.pipeline && (domain ?? $0.domain) == $0.domain
          }, precision: counts.precision)
        let report = UnmappedReport(chosen, run: 1)
        told += [try json(report), try json(report.rows), try json(report.first(1))]
      }
    }
    let budgets = ["a", "b"].map { CoverageBudget(domain: $0, least: 10_000) }
    told += CoverageBudget.shortfalls(of: budgets, in: counts, before: nil)
    return told
  }

  private static func counts(using random: inout SeededGenerator) -> CodeCounts {
    var codes: [CodeCount] = []
    let most = [2, 12, 300].randomElement(using: &random) ?? 2
    for pipeline in ["p", "q"].prefix(Int.random(in: 1...2, using: &random)) {
      for (rule, domain) in [("r", "a"), ("s", "b"), ("t", "a")] {
        for code in 0..<Int.random(in: 0...12, using: &random) {
          let persons = Int.random(in: 1...(Bool.random(using: &random) ? 3 : 25), using: &random)
          let outcomes: [CodeCount.Outcome] = [
            .unmapped, .unmapped, .mappedByFile, .mappedByVocabulary, .reviewed,
          ]
          codes.append(
            CodeCount(
              pipeline: pipeline, rule: rule, table: "t", field: "f", domain: domain,
              vocabulary: code % 4 == 0 ? "V" : nil, mapping: "m", code: "c\(code)",
              outcome: outcomes.randomElement(using: &random) ?? .unmapped,
              records: persons + Int.random(in: 0...most, using: &random), persons: persons))
        }
        for outcome in [CodeCount.Outcome.noCode, .restMapped, .restUnmapped]
        where Int.random(in: 0..<3, using: &random) == 0 {
          let persons = outcome == .noCode ? Int.random(in: 1...20, using: &random) : 0
          codes.append(
            CodeCount(
              pipeline: pipeline, rule: rule, table: "t", field: "f", domain: domain,
              vocabulary: nil, mapping: "m", code: nil, outcome: outcome,
              records: max(1, persons) + Int.random(in: 0...most, using: &random),
              persons: persons))
        }
      }
    }
    return CodeCounts(codes, precision: 0.01)
  }

  /// A run with another number of rows of a code, of which all the same is told; `nil` for none.
  private static func twin(
    of counts: CodeCounts, at place: Int, _ expected: [String]
  ) throws -> CodeCounts? {
    func changed(_ steps: [(Int, Int)]) throws -> CodeCounts? {
      var codes = counts.codes
      for (place, step) in steps {
        codes[place].records += step
        guard codes[place].records > 0 else { return nil }
        codes[place].persons = min(codes[place].persons, codes[place].records)
      }
      let twin = CodeCounts(codes, precision: counts.precision)
      return try told(twin) == expected ? twin : nil
    }
    for step in [1, -1] { if let twin = try changed([(place, step)]) { return twin } }
    // One row more here may be one less of another code.
    for other in counts.codes.indices where other != place && !counts.codes[other].isTold {
      for step in [1, -1] {
        if let twin = try changed([(place, step), (other, -step)]) { return twin }
      }
    }
    return nil
  }

  @Test(arguments: 0..<60)
  func `no figures together determine the rows of a code of few persons`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let counts = Self.counts(using: &random)
    let told = try Self.told(counts)
    for (place, count) in counts.codes.enumerated() where (1...10).contains(count.persons) {
      let twin = try Self.twin(of: counts, at: place, told)
      #expect(twin != nil, "\(count.records) rows of \(count.code ?? "no code") are told")
      #expect(twin?.codes[place].records != count.records)
    }
  }

  /// The walk of the guide: of 53 rows in two codes one code with 52 rows is listed.
  @Test func `a line and the list of its codes do not tell the difference`() throws {
    func told(_ rows: Int) throws -> [String] {
      try Self.told(
        CoverageReportTests.counts(
          CoverageReportTests.count("GDS", .unmapped, records: 52, persons: 30),
          CoverageReportTests.count("rare", .unmapped, records: rows, persons: 1)))
    }
    let one = try told(1)
    #expect(try (2...10).allSatisfy { try told($0) == one })
    #expect(try told(11) != one)
  }

  @Test(arguments: [(1, 1, 1), (1, 10, 1), (1, 11, 11), (3, 12, 3), (3, 13, 13), (10, 10, 10)])
  func `few rows are one for each code and whole tens`(codes: Int, rows: Int, least: Int) {
    var few = FewRows()
    for code in 0..<codes { few.add(code == 0 ? rows - codes + 1 : 1, isCounted: true) }
    #expect(few.least == least)
    #expect((few.least...few.least + 9).contains(rows))
    #expect(few.estimate == least + 4)
  }
}
