import ArgumentParser
import Columnar
import Foundation
import Vocabulary

/// The commands on vocabularies.
struct VocabularyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vocabulary",
    abstract: "Build an index of vocabularies, look into it, and tend mapping files.",
    discussion: """
      A run builds the index that it needs by itself; these commands are for those who map codes.

      EXAMPLES
        ecluse vocabulary build /srv/athena --output vocabulary.index
        ecluse vocabulary info vocabulary.index
        ecluse vocabulary show vocabulary.index SNOMED:44054006
        ecluse vocabulary search vocabulary.index "type 2 diabetes" --standard
        ecluse vocabulary check mappings/cim10.csv
        ecluse vocabulary convert cim10.csv --to usagi -o cim10_usagi.csv
        ecluse vocabulary local assign mappings
        ecluse vocabulary coverage emc2.sqlite
        ecluse vocabulary unmapped emc2.sqlite --output unmapped.csv
        ecluse vocabulary impact --from old.index --to new.index --run emc2.sqlite
        ecluse vocabulary upgrade mappings --from old.index --to new.index
      """,
    subcommands: [
      VocabularyBuild.self, VocabularyInfo.self, VocabularyShow.self, VocabularySearch.self,
      VocabularySuggest.self, VocabularyLookup.self, VocabularyCheck.self, VocabularyConvert.self,
      VocabularyLocal.self, VocabularyCoverage.self, VocabularyUnmapped.self,
      VocabularyImpact.self, VocabularyUpgrade.self,
    ])
}

/// The vocabularies that a command looks into.
struct IndexPlace: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "An index, or Athena's download (folder or zip), of which one is made for this once.",
      valueName: "index"), completion: .file())
  var path: String

  /// Calls the body with the vocabularies; `isChecked` reads an index whole before it is believed.
  func withIndex(isChecked: Bool = false, _ body: (VocabularyIndex) throws -> Void) throws {
    try IndexPlace.withIndex(at: path, isChecked: isChecked, body)
  }

  /// Calls the body with the vocabularies of an index, or of Athena's download and local concepts.
  static func withIndex(
    at path: String, isChecked: Bool = false, local: LocalConcepts = LocalConcepts(),
    _ body: (VocabularyIndex) throws -> Void
  ) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        "'\(path)': no such file or folder; make an index with \(Program.name) vocabulary build")
    }
    guard try isDownload(path) else {
      return try body(try VocabularyIndex.open(path: path, isChecked: isChecked))
    }
    try body(try indexed(path, local))
  }

  /// Opens an index of a download that has no file of its own any more: it stays as long as it is open,
  /// and nothing is left behind, however the command ends.
  private static func indexed(_ path: String, _ local: LocalConcepts) throws -> VocabularyIndex {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("ecluse-vocabulary-\(UUID().uuidString).index")
    defer { try? FileManager.default.removeItem(at: file) }
    let shown = BuildProgress()
    defer { shown.end() }
    let warnings = try VocabularyIndex.build(
      from: path, to: file.path, contents: .all, local: local, progress: shown.show)
    shown.end()
    for warning in warnings { Terminal.note("warning: \(warning)") }
    return try VocabularyIndex.open(path: file.path, isChecked: false)
  }

  /// Says that fewer names are compared than could be.
  static func noteMissingSynonyms(_ index: VocabularyIndex) {
    guard !index.contents.contains(.synonyms) else { return }
    Terminal.note("the index was made without synonyms: concepts have one name each")
  }

  /// Whether a path is a folder or a zip archive of Athena's files, and no index.
  static func isDownload(_ path: String) throws -> Bool {
    if Failure.isFolder(path) { return true }
    var file = try FileReader(path: path)
    var head: [UInt8] = []
    _ = try file.read(min(2, file.size), appendingTo: &head)
    return head == Array("PK".utf8)
  }
}

/// The vocabularies that a command looks into, and how it prints what it finds.
struct VocabularyOptions: ParsableArguments {
  @OptionGroup var place: IndexPlace

  @Option(help: "Print for people (text) or for programs (json).")
  var format: OutputFormat = .text

  /// Calls the body with the vocabularies; `isChecked` reads an index whole before it is believed.
  func withIndex(isChecked: Bool = false, _ body: (VocabularyIndex) throws -> Void) throws {
    try place.withIndex(isChecked: isChecked, body)
  }
}
