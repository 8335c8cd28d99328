import Testing

@testable import Engine

struct CoverageBudgetTests {
  private typealias Sample = CoverageReportTests

  private func counts(mapped: Int, unmapped: Int) -> CodeCounts {
    Sample.counts(
      Sample.count("A1", .mappedByFile, records: mapped, persons: 99),
      Sample.count("B", .reviewed, records: 10_000, persons: 99),
      Sample.count("C", .unmapped, records: unmapped, persons: 20))
  }

  @Test(
    arguments: [
      ("98%", 9_800), ("0%", 0), ("100%", 10_000), ("98.5%", 9_850), ("98.05 %", 9_805),
      ("98", nil), ("%", nil), ("100.01%", nil), ("98.125%", nil), ("-1%", nil), (".5%", nil),
      ("98.%", nil), ("9 8%", nil),
    ] as [(String, Int?)])
  func `reads a percentage`(text: String, hundredths: Int?) {
    #expect(CoverageBudget.hundredths(text) == hundredths)
  }

  @Test(arguments: [(980, 20, true), (979, 21, false), (97_999, 2_001, false), (1, 0, true)])
  func `what is reached exactly is enough, and one row less is not`(
    mapped: Int, unmapped: Int, holds: Bool
  ) {
    let budget = CoverageBudget(pipeline: "p", domain: "condition", least: 9_800)
    let found = CoverageBudget.shortfalls(
      of: [budget], in: counts(mapped: mapped, unmapped: unmapped), before: nil)
    #expect(found.isEmpty == holds)
    if mapped == 97_999 {
      #expect(
        found == ["p: condition: 97.99 % of the rows have a concept, at least 98 % is asked for"])
    }
  }

  @Test(arguments: [(990, 10, 985, 15, true), (990, 10, 9_849, 151, false), (1, 1, 9, 1, true)])
  func `a drop of the points allowed is allowed`(
    mapped: Int, unmapped: Int, now: Int, open: Int, holds: Bool
  ) {
    let budget = CoverageBudget(domain: "condition", drop: 50)
    let found = CoverageBudget.shortfalls(
      of: [budget], in: counts(mapped: now, unmapped: open),
      before: counts(mapped: mapped, unmapped: unmapped))
    #expect(found.isEmpty == holds)
    if !holds {
      #expect(
        found == [
          "p: condition: 98.49 % of the rows have a concept, 99 % in the run before: "
            + "it may lose 0.5 points"
        ])
    }
  }

  @Test func `other domains, other pipelines and a first run have no budget`() {
    let budgets = [
      CoverageBudget(pipeline: "other", domain: "condition", least: 10_000),
      CoverageBudget(domain: "drug", least: 10_000), CoverageBudget(domain: "condition", drop: 0),
    ]
    #expect(
      CoverageBudget.shortfalls(of: budgets, in: counts(mapped: 1, unmapped: 99), before: nil)
        == [])
  }

  @Test func `a share that would tell of a code of few persons is not in the sentence`() {
    func counts(_ few: Int) -> CodeCounts {
      Sample.counts(
        Sample.count("A1", .mappedByFile, records: 1_000, persons: 99),
        Sample.count("C", .unmapped, records: few, persons: 2))
    }
    let budget = CoverageBudget(domain: "condition", least: 9_900, drop: 50)
    #expect(
      CoverageBudget.shortfalls(of: [budget], in: counts(90), before: counts(2)) == [
        "p: condition: fewer than the 99 % of the rows that are asked for have a concept",
        "p: condition: the share of the rows with a concept lost more than the 0.5 points allowed",
      ])
  }
}
