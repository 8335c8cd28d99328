import ArgumentParser
import Columnar
import Diagnostics
import Engine
import Foundation
import Vocabulary

/// Brings mapping files up to a new release of the vocabularies.
struct VocabularyUpgrade: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade",
    abstract: "Bring mapping files up to a new release of the vocabularies.",
    discussion: """
      A target that is not valid and standard any more gives way where it has one
      standard replacement of its own domain; the name, vocabulary, domain and class
      beside it too, where cells have them. All else keeps its bytes. What leaves a
      choice is told with its place.

      With --run the rows and persons that the release changes are counted.

      EXAMPLES
        ecluse vocabulary upgrade mappings --from old.index --to new.index --dry-run
        ecluse vocabulary upgrade mappings --from old.index --to /srv/athena \\
          --run emc2.sqlite

      EXIT CODES
        0 done   1 something needs a decision, no such run, or it counted no codes
        2 mistakes in mapping files   64 wrong usage
      """)

  @Argument(
    help: ArgumentHelp("Mapping files, or folders of them.", valueName: "mappings"),
    completion: .file())
  var mappings: [String]

  @OptionGroup var releases: ReleaseOptions

  @Flag(help: "Write nothing.")
  var dryRun = false

  @Option(help: "Print for people (text) or for programs (json).")
  var format: OutputFormat = .text

  /// What was done, for programs.
  private struct Report: Encodable {
    struct Change: Encodable {
      var file: String
      var line: Int
      var column: Int
      var code: String
      var before: ConceptPage.Reference
      var after: ConceptPage.Reference
    }

    struct Decision: Encodable {
      var severity: String
      var code: String
      var message: String
      var file: String?
      var line: Int?
      var column: Int?
      var hint: String?
    }

    var isDryRun: Bool
    var changes: [Change]
    var decisions: [Decision]
    var changedRecords: Int?
    var changedPersonsAtMost: Int?
    var hiddenChangedCodes: Int?
    var localConceptsOnlyIn: ReleaseComparison.Side?
  }

  func run() throws {
    let run = try releases.codes()
    let day = Int32(ProjectOptions.today)
    if mappings.contains(StandardInput.path) {
      throw Failure("'-': files are brought up to a release where they stand: name them")
    }
    let (files, diagnostics) = try MappingSource.load(mappings, asOf: day)
    var decisions = DiagnosticList()
    for one in diagnostics.all where one.severity == .error { decisions.add(one) }
    if decisions.hasErrors {
      Terminal.note("mapping files have errors, and nothing was written")
      return try MappingReport.tell(decisions, format)
    }
    try releases.withReleases { both in
      let upgrades = files.map { MappingUpgrade(MappingFile.open(path: $0.path).value, both) }
      // Counted first: afterwards the files say something else.
      let impact = try run.map { run in
        ImpactReport(
          try ImpactCodes(run: run.counts, files: files, vocabularies: [], in: both.old).codes,
          both, paths: (releases.from, releases.to), run: run.number)
      }
      for upgrade in upgrades { decisions.add(upgrade.decisions) }
      if format == .text {
        for upgrade in upgrades { Terminal.printAll(try VocabularyUpgrade.diff(upgrade.file)) }
      }
      if !dryRun {
        for upgrade in upgrades where !upgrade.changes.isEmpty {
          try upgrade.file.write(to: upgrade.file.path)
        }
      }
      switch format {
      case .text: try tell(upgrades, decisions, impact, both.onlyLocal)
      case .json:
        Terminal.print(
          try Terminal.json(report(upgrades, decisions, impact, both.onlyLocal)))
      }
      if decisions.hasErrors { throw ExitCode(1) }
    }
  }

  private func tell(
    _ upgrades: [MappingUpgrade], _ decisions: DiagnosticList, _ impact: ImpactReport?,
    _ local: ReleaseComparison.Side?
  ) throws {
    let changes = upgrades.reduce(0) { $0 + $1.changes.count }
    let verb = dryRun ? "would be replaced" : "replaced"
    Terminal.note("targets \(verb): \(Terminal.grouped(changes))")
    if let impact, let rows = impact.changedRecords, let persons = impact.changedPersonsAtMost {
      let hidden =
        impact.hiddenChangedCodes > 0
        ? ", and those of \(Terminal.grouped(impact.hiddenChangedCodes)) codes of few persons" : ""
      Terminal.note(
        "with this release \(Terminal.grouped(rows)) rows of at most \(Terminal.grouped(persons)) "
          + "persons change\(hidden)")
      let lost = impact.totals.first { $0.kind == .lost }.map { $0.codes + $0.hiddenCodes } ?? 0
      if lost > 0 {
        Terminal.note(
          "\(Terminal.grouped(lost)) codes lose their concept: see \(Program.name) vocabulary impact"
        )
      }
    }
    if let side = local { Terminal.note(ImpactPage.localRemark(side)) }
    let place =
      try IndexPlace.isDownload(releases.to)
      ? releases.to : "the download of which \(releases.to) was made"
    Terminal.note("to use it, let vocabulary: of the project name \(place)")
    Terminal.note("or, where that is a parameter, run with --set vocabulary=…")
    guard !decisions.isEmpty else { return }
    Terminal.note("to be decided:")
    let sources = MappingLines()
    for diagnostic in decisions.sorted {
      Terminal.note(diagnostic.rendered(source: sources.lines))
    }
  }

  private func report(
    _ upgrades: [MappingUpgrade], _ decisions: DiagnosticList, _ impact: ImpactReport?,
    _ local: ReleaseComparison.Side?
  ) -> Report {
    Report(
      isDryRun: dryRun,
      changes: upgrades.flatMap(\.changes).map { change in
        Report.Change(
          file: change.position.file, line: change.position.line, column: change.position.column,
          code: change.code, before: change.before, after: change.after)
      },
      decisions: decisions.sorted.map { one in
        Report.Decision(
          severity: one.severity.rawValue, code: one.code, message: one.message,
          file: one.position?.file, line: one.position?.line, column: one.position?.column,
          hint: one.hint)
      },
      changedRecords: impact?.changedRecords, changedPersonsAtMost: impact?.changedPersonsAtMost,
      hiddenChangedCodes: impact?.hiddenChangedCodes, localConceptsOnlyIn: local)
  }

  /// The lines that change, as `diff -U0` has them; no cell that is written has a line end.
  private static func diff(_ file: MappingFile) throws -> [String] {
    func lines(_ bytes: some Sequence<UInt8>) -> [String] {
      Array(bytes).split(separator: 10, omittingEmptySubsequences: false).map {
        String(decoding: $0.last == 13 ? $0.dropLast() : $0, as: UTF8.self)
      }
    }
    let before = lines(try Data(contentsOf: URL(fileURLWithPath: file.path)))
    let after = lines(file.bytes)
    var found = zip(before, after).enumerated().filter { $1.0 != $1.1 }.flatMap { line, pair in
      ["@@ -\(line + 1) +\(line + 1) @@", "-\(pair.0)", "+\(pair.1)"]
    }
    if !found.isEmpty { found = ["--- \(file.path)", "+++ \(file.path)"] + found }
    return found
  }
}

extension Terminal {
  fileprivate static func printAll(_ lines: [String]) {
    if !lines.isEmpty { Terminal.print(lines.joined(separator: "\n")) }
  }
}
