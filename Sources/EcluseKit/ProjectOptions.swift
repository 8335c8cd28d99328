import ArgumentParser
import Columnar
import Foundation
import Pipelines

/// What every command on a project takes.
struct ProjectOptions: ParsableArguments {
  @Argument(help: "The project file.", completion: .file(extensions: ["yaml", "yml"]))
  var project: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Give a parameter of the project a value.", valueName: "name=value"))
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where the CDM goes: sqlite:FILE, csv:FOLDER or csv+gzip:FOLDER.", valueName: "target"))
  var target: String?

  @Option(
    help: ArgumentHelp("The day of the run (default: today).", valueName: "yyyy-mm-dd"))
  var asOf: String?

  @Option(help: "Print for people (text) or for programs (json).")
  var format: OutputFormat = .text

  func validate() throws {
    for pair in overrides where !pair.contains("=") {
      throw ValidationError("'--set \(pair)': write name=value")
    }
    if let asOf, ProjectOptions.days(asOf) == nil {
      throw ValidationError("'--as-of \(asOf)': write a day as yyyy-mm-dd")
    }
  }

  /// The parameters as pairs.
  var parameters: [(name: String, value: String)] {
    overrides.map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), String(parts[1]))
    }
  }

  /// The day of the run, in days since 1970-01-01.
  var day: Int64 {
    asOf.flatMap(ProjectOptions.days) ?? ProjectOptions.today
  }

  /// The day by the clock (UTC), in days since 1970-01-01.
  static var today: Int64 { Int64(Date().timeIntervalSince1970 / 86_400) }

  /// A day written yyyy-mm-dd, in days since 1970-01-01; `nil` for any other text.
  static func days(_ text: String) -> Int64? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      CivilCalendar.isDate(year: year, month: month, day: day)
    else { return nil }
    return CivilCalendar.days(year: year, month: month, day: day)
  }
}
