import Engine
import Foundation

/// Coverage as a person reads it.
struct CoverageText {
  let report: CoverageReport

  init(_ report: CoverageReport) { self.report = report }

  var lines: [String] {
    guard !report.lines.isEmpty else {
      return ["run \(report.run) has no rows whose concept comes of a code"]
    }
    let since = report.before.map { "since run \($0)" } ?? "change"
    let heads = [
      "pipeline, domain, vocabulary", "coverage", since, "rows mapped", "reviewed", "unmapped",
      "no code", "codes mapped", "reviewed", "unmapped", "coverage",
    ]
    let cells = report.lines.map { line in
      [
        "\(line.pipeline) \(line.domain) \(line.vocabulary)",
        CoverageText.share(line.coverage, isRounded: line.isRounded), change(line),
        rows(line.records.mapped), rows(line.records.reviewed), rows(line.records.unmapped),
        rows(line.records.withoutCode), Terminal.grouped(line.codes.mapped),
        Terminal.grouped(line.codes.reviewed), Terminal.grouped(line.codes.unmapped),
        CoverageText.share(line.codeCoverage, isRounded: line.isRounded),
      ]
    }
    let isRounded = report.lines.contains { $0.isRounded }
    var lines = Terminal.table(heads, cells)
    lines += [
      "",
      "all: \(CoverageText.share(report.coverage, isRounded: isRounded)) of rows, "
        + "\(CoverageText.share(report.codeCoverage, isRounded: isRounded)) of codes",
    ]
    if report.lines.contains(where: \.isRounded) {
      lines += [
        "",
        "few: one code, or a few rows of codes, of fewer than \(CodeCounts.leastPersons) persons; "
          + "lines with such codes are in tens, to within ten rows",
      ]
    }
    return lines
  }

  private func rows(_ count: Int?) -> String { count.map(Terminal.grouped) ?? "few" }

  private func change(_ line: CoverageReport.Line) -> String {
    guard let change = line.change else { return "" }
    if change == 0 { return "0" }
    return (change > 0 ? "+" : "−") + String(format: "%g", abs(change))
  }

  static func share(_ share: Double?, isRounded: Bool) -> String {
    guard let share else { return "" }
    return String(format: isRounded ? "%.0f %%" : "%.2f %%", share)
  }

  /// The first line of `csv`.
  static let header =
    "pipeline,domain,vocabulary,coverage,change,rows_mapped,rows_reviewed,rows_unmapped,"
    + "rows_without_code,codes_mapped,codes_reviewed,codes_unmapped,code_coverage,rounded\n"

  /// The lines for programs; a hidden figure is empty.
  var csv: String {
    func cell(_ number: (some CustomStringConvertible)?) -> String {
      number.map { "\($0)" } ?? ""
    }
    let lines = report.lines.map { line in
      let cells = [
        line.pipeline, line.domain, line.vocabulary, cell(line.coverage),
        cell(line.change), cell(line.records.mapped), cell(line.records.reviewed),
        cell(line.records.unmapped), cell(line.records.withoutCode), "\(line.codes.mapped)",
        "\(line.codes.reviewed)", "\(line.codes.unmapped)", cell(line.codeCoverage),
        "\(line.isRounded)",
      ]
      return CSVText.line(cells) + "\n"
    }
    return CoverageText.header + lines.joined()
  }
}
