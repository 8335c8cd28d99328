import ArgumentParser
import Diagnostics
import Pipelines

/// Finds the mistakes in a project before any data is read.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the mistakes in a project, its pipelines and mappings, without reading data.",
    discussion: """
      Every mistake is shown at once, with its place, a hint and the nearest right name.

      EXAMPLES
        ecluse check pipelines/emc2.yaml
        ecluse check pipelines/emc2.yaml --format json | jq '.diagnostics[].code'
      """)

  @OptionGroup var options: ProjectOptions

  func run() throws {
    let session = try options.session()
    guard options.format == .text, let project = session.project else { return }
    let rules = project.pipelines.reduce(0) { $0 + $1.rules.count }
    let tests = project.pipelines.reduce(0) { $0 + $1.definition.tests.count }
    let parts = [
      Terminal.counted(project.pipelines.count, "pipeline"), Terminal.counted(rules, "rule"),
      Terminal.counted(tests, "test"),
    ].joined(separator: ", ")
    let warnings = session.diagnostics.all.count { $0.severity == .warning }
    Terminal.note(
      warnings == 0
        ? "\(parts): no mistake found"
        : "\(parts): no error, but \(Terminal.counted(warnings, "warning"))")
  }
}
