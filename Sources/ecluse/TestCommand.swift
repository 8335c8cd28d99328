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
      out or be refused. No data is read and nothing is written.

      EXAMPLES
        ecluse test pipelines/emc2.yaml
        ecluse test pipelines/emc2.yaml --filter "without its dot"
      """)

  @OptionGroup var options: ProjectOptions

  @Option(help: "Only tests whose name contains this text.")
  var filter: String?

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
    let outcomes = try TestRunner(session, registry: .standard).run(matching: filter)
    let failed = outcomes.count { !$0.passed }
    switch options.format {
    case .json:
      let lines = outcomes.map {
        Line(
          pipeline: $0.pipeline, name: $0.name, file: $0.position.file, line: $0.position.line,
          passed: $0.passed, failures: $0.failures.map(\.message), seconds: $0.seconds)
      }
      Terminal.print(try Terminal.json(lines))
    case .text:
      for outcome in outcomes {
        let time = String(format: "%.1f ms", outcome.seconds * 1000)
        Terminal.print("\(outcome.passed ? "✓" : "✗") \(outcome.name) (\(time))")
        for failure in outcome.failures {
          Terminal.print("    \(failure.position.map { "\($0): " } ?? "")\(failure.message)")
        }
      }
      Terminal.print("\(outcomes.count - failed) passed, \(failed) failed")
    }
    if failed > 0 { throw ExitCode(1) }
  }
}
