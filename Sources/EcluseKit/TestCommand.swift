import ArgumentParser
import Diagnostics
import Engine
import Foundation
import Pipelines

/// Runs the tests that stand in the pipeline files.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the tests that stand in the pipeline files.",
    discussion: """
      A test gives rows as they stand in the files, a small vocabulary, and the rows that must come
      out or be refused. No data is read and nothing is written. After the tests come the rules of
      which no test says what must come of them.

      EXAMPLES
        ecluse test pipelines/emc2.yaml
        ecluse test pipelines/emc2.yaml --filter "without its dot"
        ecluse test pipelines/emc2.yaml --require-coverage
      """)

  @OptionGroup var options: ProjectOptions

  @Option(help: "Only tests whose name contains this text.")
  var filter: String?

  @Flag(help: "Fail when no test says what must come of some rule.")
  var requireCoverage = false

  func validate() throws {
    if requireCoverage, filter != nil {
      throw ValidationError("'--require-coverage' needs all tests: leave '--filter' out")
    }
  }

  private struct Report: Codable {
    var tests: [Line]
    var rules: [Rule]
  }

  private struct Rule: Codable {
    var rule: String
    var coverage: RuleCoverage.Reach
  }

  private struct Line: Codable {
    var pipeline: String
    var name: String
    var file: String
    var line: Int
    var passed: Bool
    var failures: [String]
    var seconds: Double
  }

  func run() throws {
    let session = try options.session(quietly: true)
    let (outcomes, coverage) = try TestRunner(session).run(matching: filter)
    let failed = outcomes.count { !$0.passed }
    switch options.format {
    case .json:
      let lines = outcomes.map {
        Line(
          pipeline: $0.pipeline, name: $0.name, file: $0.position.file, line: $0.position.line,
          passed: $0.passed, failures: $0.failures.map(\.message), seconds: $0.seconds)
      }
      Terminal.print(
        try Terminal.json(
          Report(
            tests: lines, rules: coverage.rules.map { Rule(rule: $0.name, coverage: $0.reach) })))
    case .text:
      for outcome in outcomes {
        let time = String(format: "%.1f ms", outcome.seconds * 1000)
        Terminal.print("\(outcome.passed ? "✓" : "✗") \(outcome.name) (\(time))")
        for failure in outcome.failures {
          Terminal.print("    \(failure.position.map { "\($0): " } ?? "")\(failure.message)")
        }
      }
      Terminal.print("\(outcomes.count - failed) passed, \(failed) failed")
      if filter == nil { Terminal.print(Test.text(coverage)) }
    }
    let isIncomplete = requireCoverage && coverage.covered < coverage.rules.count
    if failed > 0 || isIncomplete { throw ExitCode(1) }
  }

  /// How many rules are covered, and what is missing of the others.
  private static func text(_ coverage: RuleCoverage) -> String {
    var lines = ["rules covered: \(coverage.covered) of \(coverage.rules.count)"]
    for (name, reach) in coverage.rules {
      switch reach {
      case .covered: continue
      case .notReached: lines.append("  \(name): no test gives it a row")
      case .noRows: lines.append("  \(name): no row of a test leaves it")
      case .notExpected: lines.append("  \(name): no test expects rows of the tables it fills")
      }
    }
    return lines.joined(separator: "\n")
  }
}
