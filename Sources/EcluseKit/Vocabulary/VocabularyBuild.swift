import ArgumentParser
import Foundation
import Vocabulary

/// Makes an index of Athena's files.
struct VocabularyBuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Make an index of the files that Athena delivers.",
    discussion: """
      The index appears when it is whole; one that was made of the same rows has the same bytes. A
      file that is cut short or does not fit the others is refused with its line.

      EXAMPLES
        ecluse vocabulary build /srv/athena
        ecluse vocabulary build /srv/athena --output /srv/vocabulary.index
      """)

  @Argument(help: "The folder of Athena's files.", completion: .directory)
  var folder: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The index.", valueName: "file"), completion: .file())
  var output: String = "vocabulary.index"

  @Option(help: "How many threads take files apart (default: one for each core).")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Print for people (text) or for programs (json).")
  var format: OutputFormat = .text

  func validate() throws {
    if threads < 1 { throw ValidationError("'--threads': at least 1") }
  }

  func run() throws {
    let started = Date()
    var last = started
    let total = size
    try VocabularyIndex.build(folder: folder, to: output, workers: threads) { progress in
      let now = Date()
      guard Terminal.isInteractive, now.timeIntervalSince(last) > 0.2 else { return }
      last = now
      let share = Double(progress.done) / Double(max(1, total))
      let spent = now.timeIntervalSince(started)
      let left = share > 0.02 ? ", \(Terminal.duration(spent / share - spent)) left" : ""
      let name = URL(fileURLWithPath: progress.file).lastPathComponent
      Terminal.status("reading \(name) \(Int(share * 100)) %\(left)")
    }
    if Terminal.isInteractive { Terminal.status("") }
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

  /// The bytes of the files in the folder.
  private var size: Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.reduce(0) { sum, name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      return sum + ((attributes?[.size] as? NSNumber)?.intValue ?? 0)
    }
  }
}
