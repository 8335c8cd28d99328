import ArgumentParser
import Columnar
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
    let started = Date()
    let shown = Guarded((time: started, step: ""))
    let concepts = try localConcepts()
    let warnings = try VocabularyIndex.build(
      from: download, to: output, contents: only?.contents ?? .all, local: concepts,
      workers: threads
    ) { progress in
      let now = Date()
      let isDue = shown.withLock { last in
        let isDue = now.timeIntervalSince(last.time) > 0.2 || last.step != progress.step
        if isDue { last = (now, progress.step) }
        return isDue
      }
      guard Terminal.isInteractive, isDue else { return }
      let share = Double(progress.done) / Double(max(1, progress.total))
      let spent = now.timeIntervalSince(started)
      let left = share > 0.02 ? ", \(Terminal.duration(spent / share - spent)) left" : ""
      let step =
        progress.step.hasSuffix(".csv")
        ? "reading \(URL(fileURLWithPath: progress.step).lastPathComponent)" : progress.step
      Terminal.status("\(step) \(Int(share * 100)) %\(left)")
    }
    if Terminal.isInteractive { Terminal.status("") }
    for warning in warnings { Terminal.note("warning: \(warning)") }
    let summary = try VocabularyIndex.open(path: output).summary()
    switch format {
    case .json: Terminal.print(try Terminal.json(summary))
    case .text:
      Terminal.print(
        "\(output): \(Terminal.grouped(summary.concepts)) concepts of release "
          + "\(summary.release ?? "unknown"), \(Terminal.grouped(summary.bytes >> 10)) KiB, in "
          + Terminal.duration(Date().timeIntervalSince(started)))
    }
  }

  /// The local concepts that are asked for.
  private func localConcepts() throws -> LocalConcepts {
    guard let local else { return LocalConcepts() }
    let found = LocalConcepts.load(folder: local)
    try MappingReport.tell(found.diagnostics, .text)
    return found.value
  }
}
