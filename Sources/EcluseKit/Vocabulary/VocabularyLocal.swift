import ArgumentParser
import Diagnostics
import Foundation
import Pipelines
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
        ecluse vocabulary local assign mappings --vocabulary vocabulary.index
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
      behind the highest that was ever given and behind those of the vocabulary:
      none is given again to another concept, and none is changed, unless it turns
      out to be that of another concept of the vocabulary; then a new one is given,
      and it is said. The vocabulary is that of --vocabulary, or of the project
      whose mappings the folder has.

      EXAMPLES
        ecluse vocabulary local assign mappings
        ecluse vocabulary local assign mappings --vocabulary vocabulary.index
        ecluse vocabulary local assign mappings --check
      """)

  @OptionGroup var options: LocalOptions

  @Option(
    help: ArgumentHelp(
      "An index, or Athena's download (folder or zip), whose ids are taken, instead of the project's.",
      valueName: "index"), completion: .file())
  var vocabulary: String?

  @Option(
    help: ArgumentHelp(
      "The project with this folder of mappings (default: \(VocabularyCheck.defaultProject)).",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
  var project: String?

  @Flag(help: "Write nothing, and end with 1 when a concept has no id.")
  var check = false

  func run() throws {
    try Failure.unlessFolder(options.folder)
    guard let place = try vocabulary ?? projectVocabulary() else {
      Terminal.note(
        "no vocabulary was looked into: it may have concepts of these ids; name it with --vocabulary"
      )
      return try assign(nil)
    }
    try IndexPlace.withIndex(at: place) { try assign($0) }
  }

  /// The files of Athena of the project that has the folder; `nil` where there is none.
  private func projectVocabulary() throws -> String? {
    let path = project ?? VocabularyCheck.defaultProject
    guard let data = FileManager.default.contents(atPath: path) else {
      if project == nil { return nil }
      throw Failure("'--project \(path)': no such file")
    }
    var loader = ProjectLoader(overrides: []) { (name) throws(ProjectLoader.UnreadableFile) in
      guard let data = name == path ? data : FileManager.default.contents(atPath: name) else {
        throw ProjectLoader.UnreadableFile(reason: "no such file")
      }
      return [UInt8](data)
    }
    let definition = loader.load(path)
    let isOurs = definition?.mappings.map {
      VocabularyCheck.fullPath($0.value) == VocabularyCheck.fullPath(options.folder)
    }
    guard isOurs ?? false, let vocabulary = definition?.vocabulary?.value,
      FileManager.default.fileExists(atPath: vocabulary)
    else {
      if project == nil { return nil }
      throw Failure(
        "'--project \(path)': it has no vocabulary, or other mappings than \(options.folder)")
    }
    return vocabulary
  }

  private func assign(_ index: VocabularyIndex?) throws {
    let (given, diagnostics) = try LocalConcepts.assign(
      folder: options.folder, vocabulary: index, writes: !check)
    if diagnostics.hasErrors { return try MappingReport.tell(diagnostics, options.format) }
    if options.format == .text { try MappingReport.tell(diagnostics, .text) }
    switch options.format {
    case .json: Terminal.print(try Terminal.json(given))
    case .text:
      for one in given {
        let old = one.replaces.map { old in
          let owner = index?.concept(id: old).map { " \($0.vocabulary):\($0.code)" } ?? ""
          return "  instead of \(old), which is the vocabulary's\(owner)"
        }
        Terminal.print("\(one.id)  \(one.vocabulary):\(one.code)\(old ?? "")")
      }
      if given.contains(where: { $0.replaces != nil }) {
        Terminal.note("mapping files and targets that have the old ids have to follow")
      }
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
