import ArgumentParser
import Pipelines

/// Prints the JSON Schema of a file of the pipeline language.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the JSON Schema of project or pipeline files, for editors.",
    discussion: """
      The schema (draft 2020-12) is made from the same descriptions that read and check pipelines.
      An editor completes and explains keys by it; `ecluse check` says more. The copies in
      docs/schema are made by this command. A first line in a file tells the editor:

        # yaml-language-server: $schema=../docs/schema/pipeline.json

      EXAMPLES
        ecluse schema --pipeline > pipeline.json
        ecluse schema --project > project.json
      """)

  /// The files that have a schema.
  enum Kind: String, EnumerableFlag {
    case project, pipeline

    static func help(for value: Kind) -> ArgumentHelp? { "The schema of \(value.rawValue) files." }
  }

  @Flag(help: "Which file.") var kind: Kind = .pipeline

  func run() throws {
    // Terminal.print ends with a line end of its own.
    Terminal.print(
      String(LanguageSchema.json(of: kind == .project ? .project : .pipeline).dropLast()))
  }
}
