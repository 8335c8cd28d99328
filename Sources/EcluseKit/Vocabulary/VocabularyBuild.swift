import ArgumentParser
import Columnar
import Diagnostics
import Foundation
import Vocabulary

/// Makes an index of Athena's files.
struct VocabularyBuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Make an index of the files that Athena delivers.",
    discussion: """
      The index appears when it is whole; one that was made of the same files has the same bytes. A
      file that is cut short or does not fit the others is refused with its line, and what the
      download lacks is told.

      EXAMPLES
        ecluse vocabulary build vocabulary_download_v5.zip
        ecluse vocabulary build /srv/athena --output /srv/vocabulary.index
        ecluse vocabulary build /srv/athena --only lookup
        ecluse vocabulary build /srv/athena --local mappings
      """)

  /// Parts of an index that can be made alone.
  enum Part: String, CaseIterable, ExpressibleByArgument {
    case lookup, run

    var contents: IndexContents { self == .lookup ? [] : .drugs }
  }

  @Argument(
    help: "Athena's download, a zip archive or the folder of its files.", completion: .file())
  var download: String

  @Option(
    help: """
      Only a part: 'lookup', concepts and what codes map to, or 'run', what drugs contain as well \
      (default: everything, with all relationships, ancestors, synonyms and their words).
      """)
  var only: Part?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The index.", valueName: "file"), completion: .file())
  var output: String = "vocabulary.index"

  @Option(
    help: ArgumentHelp(
      "A folder of mappings whose local concepts stand in the index too.", valueName: "folder"),
    completion: .directory)
  var local: String?

  @Option(help: "How many threads take files apart (default: one for each core).")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Print for people (text) or for programs (json).")
  var format: OutputFormat = .text

  func validate() throws {
    if threads < 1 { throw ValidationError("'--threads': at least 1") }
  }

  func run() throws {
    try Failure.unlessThere(download)
    try checkOutput()
    let shown = BuildProgress()
    let concepts = try localConcepts()
    // An index with local concepts that are wrong must not take the place of another.
    let place = concepts.isEmpty ? output : "\(output).unchecked"
    defer { if place != output { try? FileManager.default.removeItem(atPath: place) } }
    try build(to: place, concepts, shown)
    if place != output {
      let index = try VocabularyIndex.open(path: place, isChecked: false)
      try MappingReport.tell(concepts.check(against: index), .text)
      try FileReplacement.replace(output, with: place)
    }
    let summary = try VocabularyIndex.open(path: output).summary()
    switch format {
    case .json: Terminal.print(try Terminal.json(summary))
    case .text:
      Terminal.print(
        "\(output): \(Terminal.grouped(summary.concepts)) concepts of release "
          + "\(summary.release ?? "unknown"), \(Terminal.grouped(summary.bytes >> 10)) KiB, in "
          + Terminal.duration(shown.seconds))
    }
  }

  /// An index is replaced, and nothing else: neither a file of the download nor any other.
  private func checkOutput() throws {
    try OutputFile.check(output, inputs: [download])
    guard FileManager.default.fileExists(atPath: output) else { return }
    let isEmpty = (try? FileReader(path: output).size) == 0
    guard isEmpty || VocabularyIndex.isIndex(path: output) else {
      throw Failure("'\(output)': this is no vocabulary index, and is not replaced by one")
    }
  }

  private func build(
    to place: String, _ concepts: LocalConcepts, _ shown: BuildProgress
  ) throws {
    defer { shown.end() }
    do {
      let warnings = try VocabularyIndex.build(
        from: download, to: place, contents: only?.contents ?? .all, local: concepts,
        workers: threads, progress: shown.show)
      shown.end()
      for warning in warnings { Terminal.note("warning: \(warning)") }
    } catch let error as VocabularyError {
      guard let found = concepts.diagnostic(error) else { throw error }
      var list = DiagnosticList()
      list.add(found)
      try MappingReport.tell(list, .text)
    }
  }

  /// The local concepts that are asked for.
  private func localConcepts() throws -> LocalConcepts {
    guard let local else { return LocalConcepts() }
    try LocalOptions.check(local)
    let found = LocalConcepts.load(folder: local)
    try MappingReport.tell(found.diagnostics, .text)
    return found.value
  }
}
