import Engine
import Foundation
import Pipelines

/// The one page that says what a run came to.
struct RunSummary {
  let outcome: RunOutcome

  init(_ outcome: RunOutcome) { self.outcome = outcome }

  var text: String {
    let books = outcome.books
    let rate = Int(Double(outcome.rowsRead) / max(outcome.seconds, 0.001))
    var lines = BooksText(books).lines
    lines += [
      "",
      "run \(outcome.run): \(Terminal.grouped(outcome.rowsRead)) rows in, "
        + "\(Terminal.grouped(outcome.rowsLoaded)) rows out in \(Terminal.duration(outcome.seconds)) "
        + "(\(Terminal.grouped(rate)) rows/s)",
      "\(Terminal.duration(outcome.phases.map.seconds)) to read and map, "
        + "\(Terminal.duration(outcome.phases.finish.seconds)) to finish persons and load, "
        + "\(Terminal.duration(outcome.phases.close.seconds)) for indexes and counts",
      "the books balance; the CDM is published at \(outcome.target)",
    ]
    let quarantined =
      books.tables.reduce(0) { $0 + $1.quarantined }
      + books.rules.reduce(0) { $0 + $1.quarantined + $1.unmatched }
    let path = outcome.target.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
    lines += ["", "next:"]
    if quarantined > 0 {
      lines.append(
        "  \(Program.name) quarantine list \(path)      # \(Terminal.grouped(quarantined)) rows left out, and why"
      )
    }
    let unmapped = books.rules.reduce(0) { $0 + $1.unmapped }
    if unmapped > 0 {
      lines.append(
        "  \(Program.name) vocabulary unmapped \(path)  # \(Terminal.grouped(unmapped)) rows with an unmapped code: what to map first"
      )
    }
    let look =
      switch outcome.target.prefix(while: { $0 != ":" }) {
      case "csv": "head \(path)/person.csv"
      case "csv+gzip": "zcat \(path)/person.csv.gz | head"
      case "sqlite": "sqlite3 \(path) 'select count(*) from person'"
      default: "ls \(path)"
      }
    lines += [
      "  \(look)",
      "  \(Program.name) books \(path)                # these books again, or as JSON",
    ]
    return lines.joined(separator: "\n")
  }

  /// The outcome for programs.
  func json() throws -> String {
    try Terminal.json(outcome)
  }
}

/// The books as a person reads them.
struct BooksText {
  let books: BooksReport

  init(_ books: BooksReport) { self.books = books }

  var lines: [String] {
    var lines = Terminal.table(
      ["extract table", "read", "accepted", "quarantined", "cells refused"],
      books.tables.map {
        [$0.table] + [$0.read, $0.accepted, $0.quarantined, $0.rejectedCells].map(Terminal.grouped)
      })
    lines.append("")
    lines += Terminal.table(
      [
        "rule", "accepted", "emitted", "filtered", "unmatched", "collapsed", "quarantined",
        "rows out", "unmapped",
      ],
      books.rules.map { rule in
        [rule.rule]
          + [
            rule.accepted, rule.emitted, rule.filtered, rule.unmatched, rule.collapsed,
            rule.quarantined, rule.rows.values.reduce(0, +), rule.unmapped,
          ].map(Terminal.grouped)
      })
    lines.append("")
    lines += Terminal.table(
      ["CDM table", "emitted", "derived", "in the target"],
      books.targets.map {
        [$0.table] + [$0.emitted, $0.derived, $0.loaded].map(Terminal.grouped)
      })
    if let persons = books.persons, persons.met > 0 { lines += ["", line(persons)] }
    return lines
  }

  /// What became of the persons, in a line.
  private func line(_ persons: BooksReport.Persons) -> String {
    var parts = ["persons: \(Terminal.grouped(persons.written)) written"]
    parts += persons.reasons.sorted { $0.key < $1.key }.map {
      "\(Terminal.grouped($0.value)) left out (\($0.key))"
    }
    if persons.unobserved > 0 {
      parts.append("\(Terminal.grouped(persons.unobserved)) written without observation period")
    }
    return parts.joined(separator: ", ")
  }
}
