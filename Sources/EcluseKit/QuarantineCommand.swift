import ArgumentParser
import Engine
import Extract
import Foundation

/// Shows what a run refused.
struct Quarantine: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a run left out, and why.",
    discussion: """
      The quarantine holds places and reasons, never values: `show` reads the source again.

      EXAMPLES
        ecluse quarantine list emc2.sqlite
        ecluse quarantine list emc2.sqlite --rule diagnosis --reason parent_quarantined
        ecluse quarantine show emc2.sqlite diagnostics.csv:812
      """,
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List what was left out: the roots first, then what depends on them.")

    @OptionGroup var options: StateOptions
    @Option(help: "Only this rule.") var rule: String?
    @Option(help: "Only this reason, such as required_missing.") var reason: String?
    @Option(help: "Only this extract table.") var table: String?
    @Option(
      help: "Only records, rows, cells, or persons who are listed and written.",
      completion: .list(QuarantineReader.kinds))
    var kind: String?
    @Option(help: "At most so many lines.") var limit: Int = 100
    @Flag(help: "Only the counts.") var summary = false

    func validate() throws {
      if let kind, !QuarantineReader.kinds.contains(kind) {
        throw ValidationError("'--kind \(kind)': write record, row, cell or person")
      }
      if limit < 1 { throw ValidationError("'--limit': at least 1") }
    }

    func run() throws {
      let reader = try QuarantineReader(path: try options.folder().quarantine)
      var filter = QuarantineReader.Filter()
      filter.rule = rule
      filter.reason = reason
      filter.table = table
      filter.kind = kind
      filter.limit = limit + 1
      let lines = summary ? [] : try reader.lines(filter)
      if options.format == .json {
        Terminal.print(try Terminal.json(Array(lines.prefix(limit))))
        return
      }
      if rule == nil, reason == nil, table == nil, kind == nil {
        for row in try reader.summary() {
          let place = row.rule.isEmpty ? row.table : row.rule
          Terminal.print("\(Terminal.grouped(row.count)) × \(row.reason)  \(row.kind) of \(place)")
        }
        if !lines.isEmpty { Terminal.print("") }
      }
      for line in lines.prefix(limit) { Terminal.print(QuarantineText.line(line)) }
      if lines.count > limit { Terminal.note("… and more: --limit, --rule, --reason, --table") }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show one refused record as it stands in its source.",
      discussion: "Prints patient data on the terminal: it is read from the source file now.")

    @OptionGroup var options: StateOptions
    @Argument(help: "The place: FILE:LINE, as `list` prints it.") var place: String

    func validate() throws { _ = try wanted() }

    /// The file and the line of the place.
    private func wanted() throws -> (file: String, line: Int64) {
      let parts = place.split(separator: ":")
      guard parts.count >= 2, let line = parts.last.flatMap({ Int64($0) }) else {
        throw ValidationError(
          "'\(place)': write FILE:LINE, as `\(Program.name) quarantine list` prints it")
      }
      return (parts.dropLast().joined(separator: ":"), line)
    }

    func run() throws {
      var filter = QuarantineReader.Filter()
      filter.place = try wanted()
      let reader = try QuarantineReader(path: try options.folder().quarantine)
      let lines = try reader.lines(filter)
      guard let first = lines.first else {
        Terminal.note("nothing at \(place) is in quarantine")
        throw ExitCode(1)
      }
      if options.format == .json {
        Terminal.print(try Terminal.json(lines))
        return
      }
      for line in lines { Terminal.print(QuarantineText.line(line)) }
      if first.path.isEmpty {
        Terminal.note("what an external program wrote is not kept: run the program again")
        throw ExitCode(1)
      }
      guard let record = QuarantineText.record(first) else {
        Terminal.note("the file is gone or has changed: \(first.path)")
        throw ExitCode(1)
      }
      Terminal.print("\n\(record)")
    }
  }
}

/// How refused things are written.
enum QuarantineText {
  static func line(_ line: QuarantineLine) -> String {
    var text = "\(line.file):\(line.line): \(line.reason)"
    if let field = line.field { text += " (\(field))" }
    text += "  \(line.kind) of \(line.rule ?? line.table)"
    if let file = line.parentFile, let parent = line.parentLine {
      text += "  because of \(file):\(parent)"
    }
    return text
  }

  /// The first line of a record, read from its file.
  static func record(_ line: QuarantineLine) -> String? {
    CSVRecord.firstLine(at: line.offset, path: line.path, encoding: line.encoding ?? "")
  }
}
