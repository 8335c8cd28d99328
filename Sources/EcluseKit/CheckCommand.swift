import ArgumentParser
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
    Terminal.note(
      "\(project.pipelines.count) pipelines, \(rules) rules, \(tests) tests: no mistake found")
  }
}
