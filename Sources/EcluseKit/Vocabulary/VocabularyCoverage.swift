import ArgumentParser
import Diagnostics
import Engine
import Foundation
import Pipelines

/// Says how many of a run's codes and rows have a standard concept.
struct VocabularyCoverage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Say how many codes and rows of a run have a standard concept.",
    discussion: """
      Coverage is the share of rows with a concept among those with one and those with an unmapped
      code. Rows without a code, and with a code that was reviewed and has no target, are apart.
      Figures of fewer than 11 persons are hidden.

      EXAMPLES
        ecluse vocabulary coverage emc2.sqlite
        ecluse vocabulary coverage emc2.sqlite --budget condition=98% --budget hcl/drug=95%,drop=1%
        ecluse vocabulary coverage emc2.sqlite --run 3 --format json

      EXIT CODES
        0 done   1 below a budget, no such run, or it counted no codes   64 wrong usage
      """)

  @OptionGroup var options: StateOptions

  @Option(
    help: ArgumentHelp(
      "What a domain must have, and may lose since the published run before; a pipeline may stand before it.",
      valueName: "domain=98%,drop=1%"))
  var budget: [BudgetArgument] = []

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write the lines as CSV.", valueName: "file"),
    completion: .file())
  var output: String?

  func run() throws {
    let run = try RunCodes(options)
    try OutputFile.check(output, inputs: run.inputs(options.target), header: CoverageText.header)
    try check(run.counts)
    let before = try run.before
    let report = CoverageReport(run.counts, run: run.number, before: before)
    if let output { try OutputFile.write(CoverageText(report).csv, to: output) }
    switch options.format {
    case .json: Terminal.print(try Terminal.json(report))
    case .text: Terminal.print(CoverageText(report).lines.joined(separator: "\n"))
    }
    let shortfalls = CoverageBudget.shortfalls(
      of: budget.map(\.budget), in: run.counts, before: before?.counts)
    for shortfall in shortfalls { Terminal.note(shortfall) }
    if !shortfalls.isEmpty { throw ExitCode(1) }
  }

  /// Budgets of what the run does not have are mistakes of who wrote them.
  private func check(_ counts: CodeCounts) throws {
    let domains = Set(counts.codes.map(\.domain)).sorted()
    let places = Set(counts.codes.map { "\($0.pipeline)/\($0.domain)" }).sorted()
    for one in budget.map(\.budget) {
      let name = one.pipeline.map { "\($0)/\(one.domain)" } ?? one.domain
      let known = one.pipeline == nil ? domains : places
      guard !known.contains(name) else { continue }
      let nearest = nearestName(to: name, in: known).map { "did you mean \($0)? " } ?? ""
      throw Failure(
        "'--budget': the run has no codes of \(name); \(nearest)it has "
          + known.joined(separator: ", "))
    }
  }
}

/// A budget as people write it: `condition=98%`, `hcl/drug=95%,drop=1%`, `drug=drop=1%`.
struct BudgetArgument: ExpressibleByArgument {
  let budget: CoverageBudget

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let place = parts[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard place.count <= 2, !place.contains("") else { return nil }
    var budget = CoverageBudget(
      pipeline: place.count == 2 ? place[0] : nil, domain: place[place.count - 1])
    for part in parts[1].split(separator: ",") {
      if part.hasPrefix("drop=") {
        budget.drop = CoverageBudget.hundredths(String(part.dropFirst(5)))
        if budget.drop == nil { return nil }
      } else {
        budget.least = CoverageBudget.hundredths(String(part))
        if budget.least == nil { return nil }
      }
    }
    self.budget = budget
  }
}

/// What a finished run found of codes.
struct RunCodes {
  let number: Int
  let counts: CodeCounts
  private let state: StateFolder

  init(_ options: StateOptions) throws {
    try self.init(options.stateFolder, number: options.run)
  }

  init(_ state: StateFolder, number wanted: Int?) throws {
    let run = try state.run(wanted)
    number = run.number
    self.state = state
    guard FileManager.default.fileExists(atPath: run.codes) else {
      let outcome = (try? RunJournal.read(run.journal))?.outcome ?? "unknown"
      Terminal.note("run \(run.number) has no counts of codes: \(outcome)")
      throw ExitCode(1)
    }
    counts = try CodeCounts.read(run.codes)
  }

  /// The published run before.
  var before: (run: Int, counts: CodeCounts)? {
    get throws { try state.publishedCounts(before: number) }
  }

  /// The files of a target and of its runs, which no report may replace.
  func inputs(_ target: String) -> [String] {
    let path = target.split(separator: ":", maxSplits: 1).last.map(String.init) ?? target
    let runs = state.runs.flatMap { [$0.codes, $0.journal, $0.quarantine] }
    return [target, path, state.ledger, state.vocabularyIndex] + runs
  }
}
