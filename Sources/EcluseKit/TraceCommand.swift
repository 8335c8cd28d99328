import ArgumentParser
import CommonDataModel
import Engine
import Foundation
import Pipelines

/// Says where a row comes from, or what became of a record.
struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say which records a row of the CDM comes from, or what became of a record.",
    discussion: """
      Nothing is stored for it: the one person is mapped and finished again from the sources, which
      must be as they were. Prints data of that person on the terminal, and changes nothing.

      EXAMPLES
        ecluse trace pipelines/emc2.yaml condition_occurrence 7892294501217437
        ecluse trace pipelines/emc2.yaml diagnostics.csv:12
        ecluse trace pipelines/emc2.yaml patients.csv:7 --format json | jq '.rows[].table'
      """)

  @OptionGroup var options: ProjectOptions

  @Argument(help: "A table of the CDM and the id of a row, or FILE:LINE.")
  var subject: [String]

  @Option(
    help: ArgumentHelp(
      "The state folder, where it is not beside the target.", valueName: "folder"))
  var state: String?

  @Option(help: ArgumentHelp("How much memory rows on their way may take.", valueName: "size"))
  var memory: ByteCount = ByteCount(1 << 30)

  func validate() throws { _ = try question() }

  func run() throws {
    Allocator.suit(memory.bytes)
    let question = try question()
    let session = try options.session(state: state, quietly: true)
    let target = try session.requiredTarget()
    let address = target.split(separator: ":", maxSplits: 1).last.map(String.init) ?? target
    let trace = ProjectTrace(
      session: session, folder: state.map { StateFolder(path: $0) } ?? StateFolder(target: address),
      threads: ProcessInfo.processInfo.activeProcessorCount, memory: memory.bytes)
    let report: TraceReport
    do {
      report = try trace(question)
    } catch {
      Terminal.note("error: \(error)")
      throw ExitCode(1)
    }
    if options.format == .json {
      Terminal.print(try Terminal.json(report))
    } else {
      Terminal.print(Trace.text(report))
    }
    if report.rows.isEmpty, report.refused.isEmpty { throw ExitCode(1) }
  }

  private func question() throws -> ProjectTrace.Question {
    if subject.count == 2 {
      guard let table = CommonDataModel.table(subject[0]), let id = Int64(subject[1]) else {
        throw ValidationError(
          "'\(subject.joined(separator: " "))': write a table of the CDM and the id of a row")
      }
      return .row(table, id)
    }
    let parts = subject.first?.split(separator: ":") ?? []
    guard subject.count == 1, parts.count >= 2, let line = parts.last.flatMap({ Int($0) }) else {
      throw ValidationError("write TABLE ID, or FILE:LINE")
    }
    return .record(file: parts.dropLast().joined(separator: ":"), line: line)
  }

  private static func text(_ report: TraceReport) -> String {
    var lines: [String] = []
    func place(_ place: TraceReport.Place) -> String {
      "\(place.file):\(place.line) (\(place.table))"
    }
    for row in report.rows {
      lines.append("\(row.table)")
      lines.append("  rule    \(row.rule ?? "derived from the person's rows")")
      for origin in row.places { lines.append("  from    \(place(origin))") }
      for field in row.fields { lines.append("  \(field.name) = \(field.value)") }
      lines.append("")
    }
    for refusal in report.refused {
      var line = "\(place(refusal.place)): \(refusal.reason)"
      if let field = refusal.field { line += " (\(field))" }
      line += "  \(refusal.kind) of \(refusal.rule ?? refusal.place.table)"
      if let parent = refusal.parent { line += "  because of \(place(parent))" }
      lines.append(line)
    }
    if lines.isEmpty { lines.append("nothing came of it: it was filtered, or is no record") }
    return lines.joined(separator: "\n")
  }
}
