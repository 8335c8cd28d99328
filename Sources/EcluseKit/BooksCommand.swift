import ArgumentParser
import Engine
import Foundation
import Pipelines

/// Shows the books of a finished run.
struct Books: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the books of a finished run.",
    discussion: """
      EXAMPLES
        ecluse books emc2.sqlite
        ecluse books emc2.sqlite --run 3 --format json
      """)

  @OptionGroup var options: StateOptions

  func run() throws {
    let journal = try RunJournal.read(try options.folder().journal)
    guard let books = journal.books else {
      Terminal.note("run \(journal.run) has no books: \(journal.outcome)")
      throw ExitCode(1)
    }
    switch options.format {
    case .text: Terminal.print(BooksText(books).lines.joined(separator: "\n"))
    case .json:
      Terminal.print(try Terminal.json(books))
    }
  }
}
