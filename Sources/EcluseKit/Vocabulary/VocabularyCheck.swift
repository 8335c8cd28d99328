import ArgumentParser
import Diagnostics
import Foundation
import Pipelines
import Vocabulary

/// Finds the mistakes in mapping files.
struct VocabularyCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find the mistakes in mapping files, and mend those that leave no choice.",
    discussion: """
      Each finding has its place, a stable code and a remedy. Files are looked at as the pipelines of
      the project use them: targets must be valid standard concepts of the domains that the fields
      want. With --vocabulary no project is needed. --list explains all codes.

      With --run the files are compared with the codes that a run looked up in them: those that
      the data writes otherwise, and those that it does not have. Codes of fewer than 11 persons
      are not told, and count as absent.

      EXAMPLES
        ecluse vocabulary check
        ecluse vocabulary check mappings/cim10.csv --as-of 2026-01-01
        ecluse vocabulary check --run emc2.sqlite
        ecluse vocabulary check mappings/cim10.csv --codes codes-of-the-data.csv
        ecluse vocabulary check my-map.csv --vocabulary vocabulary.index
        ecluse vocabulary check --fix --dry-run
        ecluse vocabulary check --format sarif > mappings.sarif

      EXIT CODES
        0 nothing found from --fail-on upwards   1 failed, as where a file cannot be read
        2 found something   64 wrong usage
      """)

  @Argument(
    help: """
      Mapping files, or folders of them, or - for standard input (default: those that the project's \
      pipelines use).
      """,
    completion: .file())
  var mappings: [String] = []

  @Option(
    help: ArgumentHelp(
      "The project whose pipelines use the files (default: \(defaultProject)).",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
  var project: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Give a parameter of the project a value.", valueName: "name=value"))
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp(
      "An index, or Athena's download (folder or zip), instead of the project's.",
      valueName: "index"),
    completion: .file())
  var vocabulary: String?

  @Option(
    help: ArgumentHelp("The day of the run (default: today).", valueName: "yyyy-mm-dd"))
  var asOf: String?

  @Option(
    help: ArgumentHelp(
      "The codes that the data has: CSV with a column code and perhaps count; for one mapping file.",
      valueName: "file"), completion: .file())
  var codes: String?

  @OptionGroup var site: CountedRun

  @Option(help: "Print for people (text), for programs (json) or for editors (sarif).")
  var format: FindingFormat = .text

  @Option(help: "How many findings of one code a file shows at most, as text.")
  var limit: Int = 20

  @Option(help: "The mildest finding that makes the command fail: error, warning or note.")
  var failOn: FailingSeverity = .warning

  @Flag(help: "Mend what leaves no choice, and show the changes as a diff.")
  var fix = false

  @Flag(help: "With --fix, show the changes and write nothing.")
  var dryRun = false

  @Flag(help: "Explain all codes of findings.")
  var list = false

  static let defaultProject = "pipelines/emc2.yaml"

  func validate() throws {
    if fix, mappings.contains("-") {
      throw ValidationError("'--fix' mends files where they stand, and not standard input")
    }
    if dryRun, !fix { throw ValidationError("'--dry-run' goes with '--fix'") }
    if limit < 1 { throw ValidationError("'--limit': at least 1") }
    if let asOf, ProjectOptions.days(asOf) == nil {
      throw ValidationError("'--as-of \(asOf)': write a day as yyyy-mm-dd")
    }
    for pair in overrides where !pair.contains("=") {
      throw ValidationError("'--set \(pair)': write name=value")
    }
    if codes != nil, site.run != nil {
      throw ValidationError("'--codes' and '--run' both say what the data has: leave one out")
    }
    if vocabulary != nil, project == nil, mappings.isEmpty {
      throw ValidationError("name the mapping files to check, or the --project that has them")
    }
  }

  /// The day of the run, in days since 1970-01-01.
  var day: Int64 {
    asOf.flatMap(ProjectOptions.days) ?? ProjectOptions.today
  }

  func run() throws {
    if list { return try MappingRuleList.print(format) }
    let run = try site.codes()
    try withResources { resources in
      let (files, unused) = try files(resources)
      let check = MappingCheck(
        vocabulary: resources.vocabulary, asOf: Int32(day), codes: try sourceCodes(files),
        use: PartPlaces.check)
      let comparison = try run.map { try MappingComparison($0, files: files) }
      func examined() -> [CheckedMapping] {
        files.map { file in
          let check = comparison.map { check.with($0.codes(of: file)) } ?? check
          return check.check(path: file, purposes: resources.purposes(of: file))
        }
      }
      var reports = examined()
      var changes: [MappingFindings.Change] = []
      if fix {
        changes = reports.flatMap { MappingFindings.changes($0.fixes) }
        try mend(reports)
        if !dryRun, !changes.isEmpty { reports = examined() }
      }
      let findings = MappingFindings(
        reports: reports, unused: unused, day: day,
        release: resources.vocabulary?.version, changes: changes, isDryRun: dryRun, limit: limit,
        comparison: comparison)
      Terminal.print(try findings.text(format))
      if let code = findings.exitCode(failOn.severity) { throw code }
    }
  }

  /// Makes the changes of files, and shows them.
  ///
  /// - Parameter reports: what was found.
  /// - Throws: an error where a file cannot be written.
  private func mend(_ reports: [CheckedMapping]) throws {
    for report in reports where !report.fixes.all.isEmpty {
      if !dryRun { try report.fixes.write() }
      let diff = String(report.fixes.diff().dropLast())
      if format == .text { Terminal.print(diff) } else { Terminal.note(diff) }
    }
  }

  private func sourceCodes(_ files: [String]) throws -> SourceCodes? {
    guard let codes else { return nil }
    guard files.count == 1 else {
      throw Failure("'--codes' holds the codes of one mapping file: name that file")
    }
    let (found, diagnostics) = SourceCodes.load(path: codes)
    if diagnostics.hasErrors {
      MappingReport.note(diagnostics)
      throw MappingReport.exitCode(diagnostics)
    }
    return found
  }
}

/// How findings are printed.
enum FindingFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
  case sarif
}

/// The mildest severity that fails.
enum FailingSeverity: String, CaseIterable, ExpressibleByArgument {
  case error
  case warning
  case note

  var severity: Diagnostic.Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
