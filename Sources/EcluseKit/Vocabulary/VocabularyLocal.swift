import ArgumentParser
import Diagnostics
import Foundation
import Vocabulary

/// The commands on local concepts.
struct VocabularyLocal: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "local",
    abstract: "Give ids to the concepts that a project has of its own, and list them.",
    discussion: """
      The file local_concepts.csv of a folder of mappings says what they are; the
      program keeps their ids in local_concept_ids.csv beside it. Commit both.

      EXAMPLES
        ecluse vocabulary local assign mappings
        ecluse vocabulary local list mappings --format json
      """,
    subcommands: [VocabularyLocalAssign.self, VocabularyLocalList.self])
}

/// What the commands on local concepts take.
struct LocalOptions: ParsableArguments {
  @Argument(help: "The folder of mappings.", completion: .directory)
  var folder: String

  @Option(help: "Print for people (text) or for programs (json).")
  var format: OutputFormat = .text

  /// Refuses what is no folder, and says so where one has no local concepts.
  static func check(_ folder: String) throws {
    try Failure.unlessFolder(folder)
    let name = "\(LocalConcepts.fileNames[0]).csv"
    if !FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
      Terminal.note("\(folder) has no \(name): there are no local concepts")
    }
  }
}

/// Gives ids to local concepts.
struct VocabularyLocalAssign: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "Give an id to each local concept that has none.",
    discussion: """
      Ids are given from 2,000,000,001 on, in the order of vocabulary and code,
      behind the highest that was ever given: none is changed, and none is given
      again to another concept. Where local concepts were added to the files of
      Athena before, name these files, so that those ids are taken too.

      EXAMPLES
        ecluse vocabulary local assign mappings
        ecluse vocabulary local assign mappings --vocabulary vocabulary.index
        ecluse vocabulary local assign mappings --check
      """)

  @OptionGroup var options: LocalOptions

  @Option(
    help: ArgumentHelp(
      "An index, or Athena's download (folder or zip), whose ids are taken.", valueName: "index"),
    completion: .file())
  var vocabulary: String?

  @Flag(help: "Write nothing, and end with 1 when a concept has no id.")
  var check = false

  func run() throws {
    try Failure.unlessFolder(options.folder)
    guard let vocabulary else { return try assign(nil) }
    try IndexPlace.withIndex(at: vocabulary) { try assign($0) }
  }

  private func assign(_ index: VocabularyIndex?) throws {
    let (given, diagnostics) = try LocalConcepts.assign(
      folder: options.folder, vocabulary: index, writes: !check)
    if diagnostics.hasErrors { return try MappingReport.tell(diagnostics, options.format) }
    switch options.format {
    case .json: Terminal.print(try Terminal.json(given))
    case .text:
      for one in given { Terminal.print("\(one.id)  \(one.vocabulary):\(one.code)") }
      let verb = check ? "without id" : "with a new id"
      Terminal.note(
        given.isEmpty ? "every local concept has its id" : "local concepts \(verb): \(given.count)")
    }
    if check, !given.isEmpty { throw ExitCode(1) }
  }
}

/// Lists local concepts.
struct VocabularyLocalList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the local concepts with their ids.",
    discussion: """
      EXAMPLES
        ecluse vocabulary local list mappings
        ecluse vocabulary local list mappings --format json | jq '.[].id'
      """)

  @OptionGroup var options: LocalOptions

  private struct Line: Encodable {
    var id: Int64
    var vocabulary: String
    var code: String
    var name: String
    var domain: String
    /// `S` or empty.
    var standard: String
    var isValid: Bool
    var mapsTo: [Int64]
  }

  func run() throws {
    try LocalOptions.check(options.folder)
    let (local, diagnostics) = LocalConcepts.load(folder: options.folder)
    if diagnostics.hasErrors { return try MappingReport.tell(diagnostics, options.format) }
    let lines = local.concepts.map { concept in
      Line(
        id: concept.id, vocabulary: concept.vocabulary, code: concept.code, name: concept.name,
        domain: concept.domain, standard: concept.standard, isValid: concept.isValid,
        mapsTo: local.edges.filter { $0.source == concept.id && $0.name == "Maps to" }
          .map(\.target))
    }
    switch options.format {
    case .json: Terminal.print(try Terminal.json(lines))
    case .text:
      for line in lines {
        let state = (line.standard == "S" ? ", standard" : "") + (line.isValid ? "" : ", invalid")
        let targets = line.mapsTo.filter { $0 != line.id }.map(String.init)
        let arrow = targets.isEmpty ? "" : " → \(targets.joined(separator: ", "))"
        Terminal.print(
          "\(line.id)  \(line.vocabulary):\(line.code)  \(line.name) (\(line.domain)\(state))\(arrow)"
        )
      }
    }
  }
}
