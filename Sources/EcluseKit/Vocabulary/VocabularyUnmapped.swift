import ArgumentParser
import Engine
import Foundation
import Vocabulary

/// Lists the codes of a run that somebody should map.
struct VocabularyUnmapped: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unmapped",
    abstract:
      "List the unmapped codes of a run, the most frequent first; also as a file for Usagi.",
    discussion: """
      In Usagi's import dialog choose source_code, source_name and frequency; the other columns may
      be additional information. A code reviewed without a target is not listed. Codes of fewer than
      11 persons are not told.

      EXAMPLES
        ecluse vocabulary unmapped emc2.sqlite
        ecluse vocabulary unmapped emc2.sqlite --pipeline hcl --domain drug --limit 50
        ecluse vocabulary unmapped emc2.sqlite --output unmapped.csv

      EXIT CODES
        0 done   1 no such run, or it counted no codes   64 wrong usage
      """)

  @OptionGroup var options: StateOptions

  @Option(help: ArgumentHelp("Only codes of this pipeline.", valueName: "name"))
  var pipeline: String?

  @Option(help: ArgumentHelp("Only codes of this domain, such as drug.", valueName: "name"))
  var domain: String?

  @Option(
    help: ArgumentHelp("At most so many codes (default: 20 as text, else all).", valueName: "n"))
  var limit: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the codes as CSV that Usagi imports.", valueName: "file"),
    completion: .file())
  var output: String?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("'--limit': at least 1") }
  }

  func run() throws {
    let run = try RunCodes(options)
    let chosen = CodeCounts(
      run.counts.codes.filter {
        (pipeline ?? $0.pipeline) == $0.pipeline && (domain ?? $0.domain) == $0.domain
      }, precision: run.counts.precision)
    try check(run.counts)
    let report = UnmappedReport(chosen, run: run.number)
    if let output {
      let told = report.first(limit ?? .max)
      let lines = UsagiLines(told.rows)
      try OutputFile.check(
        output, inputs: run.inputs(options.target),
        header: String(lines.text.prefix { !$0.isNewline }))
      try OutputFile.write(lines.text, to: output)
      Terminal.note("\(output): \(Terminal.grouped(told.codes.count)) codes")
      if let remark = lines.remark { Terminal.note(remark) }
      if options.format == .text {
        for line in remarks(report, told: told.codes.count) { Terminal.note(line) }
        return
      }
    }
    switch options.format {
    case .json: Terminal.print(try Terminal.json(report.first(limit ?? .max)))
    case .text: Terminal.print(text(report).joined(separator: "\n"))
    }
  }

  private func check(_ counts: CodeCounts) throws {
    for (option, wanted, known) in [
      ("pipeline", pipeline, Set(counts.codes.map(\.pipeline))),
      ("domain", domain, Set(counts.codes.map(\.domain))),
    ] {
      guard let wanted, !known.contains(wanted) else { continue }
      throw Failure(
        "'--\(option)': the run has no codes of \(wanted); it has "
          + known.sorted().joined(separator: ", "))
    }
  }

  private func text(_ report: UnmappedReport) -> [String] {
    let told = report.first(limit ?? 20)
    var lines: [String] = []
    if !told.codes.isEmpty {
      lines = Terminal.table(
        ["code", "rows", "persons", "pipeline", "domain", "looked up in", "unit", "median"],
        told.codes.map { code in
          let value = code.values.first
          return [
            code.name.isEmpty ? code.code : "\(code.code)  \(code.name.prefix(40))",
            Terminal.grouped(code.records), Terminal.grouped(code.persons), code.pipeline,
            code.domain,
            [code.mapping, code.vocabulary].compactMap(\.self).joined(separator: ", "),
            value?.unit ?? "", value.map { String(format: "%g", $0.quantiles[2].shortened) } ?? "",
          ]
        })
    }
    return lines + remarks(report, told: told.codes.count)
  }

  /// What the list does not tell.
  private func remarks(_ report: UnmappedReport, told: Int) -> [String] {
    var lines: [String] = []
    let further = report.codes.dropFirst(told)
    if !further.isEmpty {
      let rows = further.reduce(0) { $0 + $1.records }
      lines.append(
        "\(Terminal.grouped(further.count)) further codes with \(Terminal.grouped(rows)) rows")
    }
    let rows = report.hidden.records.map { "about \(Terminal.grouped($0)) rows" } ?? "few rows"
    let least = CodeCounts.leastPersons
    if report.hidden.codes > 0 {
      lines.append(
        "\(Terminal.grouped(report.hidden.codes)) codes of few persons with \(rows) are not told: "
          + "a code needs \(least) persons")
    } else if report.hidden.records != 0 {
      lines.append(
        "\(rows) of rules in which fewer than \(least) persons have the code are not told")
    }
    if report.restRecords > 0 {
      lines.append(
        "about \(Terminal.grouped(report.restRecords)) rows have codes that are too many to be counted apart"
      )
    }
    if lines.isEmpty && report.codes.isEmpty { lines.append("no code of the run is unmapped") }
    return lines
  }
}
