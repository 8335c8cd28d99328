import ArgumentParser
import Columnar
import Diagnostics
import Foundation
import Vocabulary

/// What was found in mapping files, as it is printed.
struct MappingFindings {
  private let reports: [CheckedMapping]
  private let unused: [String]
  private let diagnostics: DiagnosticList
  private let day: String
  private let release: String?
  private let changes: [Change]
  private let isDryRun: Bool
  private let limit: Int
  private let comparison: MappingComparison?
  private let lines: [String: [String]]
  /// What --fix mends.
  private let fixable: Set<Diagnostic>

  /// Collects what is printed.
  ///
  /// - Parameters:
  ///   - reports: what was found, a file each.
  ///   - unused: files that were not checked, since no pipeline uses them.
  ///   - day: the day of the run, in days since 1970-01-01.
  ///   - release: the release of the vocabulary.
  ///   - changes: what --fix changes.
  ///   - isDryRun: whether they were shown only.
  ///   - limit: how many findings of one code a file shows at most, as text.
  ///   - comparison: the run whose codes the files were compared with.
  init(
    reports: [CheckedMapping], unused: [String], day: Int64,
    release: String?, changes: [Change], isDryRun: Bool, limit: Int,
    comparison: MappingComparison?
  ) {
    self.reports = reports
    self.unused = unused
    self.release = release
    self.changes = changes
    self.isDryRun = isDryRun
    self.limit = limit
    self.comparison = comparison
    self.day = CivilCalendar.text(day: Int32(day))
    var all = DiagnosticList()
    for report in reports { all.add(report.diagnostics) }
    all.add(MappingCheck.compare(reports))
    lines = Dictionary(
      reports.map { ($0.path, MappingLines.cut($0.fixes.bytes)) },
      uniquingKeysWith: { first, _ in first })
    let places = Dictionary(
      reports.map { ($0.path, FixedPlaces($0.fixes)) }, uniquingKeysWith: { first, _ in first })
    fixable = Set(
      all.all.filter { one in one.position.flatMap { places[$0.file]?.has(one) } ?? false })
    diagnostics = all
  }

  /// How the command ends where something is as bad as a severity, or worse; else `nil`.
  func exitCode(_ severity: Diagnostic.Severity) -> ExitCode? {
    guard fail(severity) else { return nil }
    return diagnostics.hasErrors ? MappingReport.exitCode(diagnostics) : ExitCode(2)
  }

  private func fail(_ severity: Diagnostic.Severity) -> Bool {
    let failing: [Diagnostic.Severity] =
      switch severity {
      case .error: [.error]
      case .warning: [.error, .warning]
      case .note: [.error, .warning, .note]
      }
    return diagnostics.all.contains { failing.contains($0.severity) }
  }

  /// The findings in a format.
  func text(_ format: FindingFormat) throws -> String {
    switch format {
    case .text: text
    case .json: try Terminal.json(page)
    case .sarif: sarif
    }
  }

  /// The findings, with the changes that --fix would make of them.
  private var sarif: String {
    let edits = Dictionary(
      reports.map { ($0.path, MappingEdits($0.fixes)) }, uniquingKeysWith: { first, _ in first })
    let log = diagnostics.sarif(
      tool: Program.name, version: Program.setting.version,
      rules: MappingRule.all.map(\.diagnostic), source: { lines[$0] },
      edits: { diagnostic in
        diagnostic.position.flatMap { edits[$0.file]?.edits(for: diagnostic) } ?? []
      })
    return String(log.dropLast())
  }

  private var text: String {
    var text = ""
    for diagnostic in told.collapsed(to: limit).sorted {
      text += diagnostic.rendered { lines[$0] } + "\n"
    }
    let rows = files.reduce(0) { $0 + $1.rows }
    text += "as of \(day), vocabulary \(release ?? "unknown"): \(count(files.count, "file")), "
    text += "\(count(rows, "row")), \(count(errors, "error")), "
    text += "\(count(warnings, "warning")), \(count(notes, "note"))"
    if !unused.isEmpty {
      text += "\nnot checked, as no pipeline uses them: \(unused.joined(separator: ", "))"
    }
    for remark in comparison?.remarks ?? [] { text += "\n\(remark)" }
    let open = reports.reduce(0) { $0 + $1.fixes.all.count }
    if !changes.isEmpty {
      text += "\n\(count(changes.count, "change")) \(isDryRun ? "to make with --fix" : "made")"
    }
    if open > 0, changes.isEmpty || !isDryRun {
      text += "\n\(count(open, "change")) to make without a choice: see --fix --dry-run"
    }
    return text
  }

  private var errors: Int { diagnostics.all.count { $0.severity == .error } }
  private var warnings: Int { diagnostics.all.count { $0.severity == .warning } }
  private var notes: Int { diagnostics.all.count { $0.severity == .note } }

  private func count(_ number: Int, _ noun: String) -> String { Terminal.counted(number, noun) }

  /// The diagnostics, with what --fix does said of them.
  private var told: DiagnosticList {
    var list = DiagnosticList()
    for var diagnostic in diagnostics.all {
      if fixable.contains(diagnostic) {
        diagnostic.hint = diagnostic.hint.map { "\($0); --fix does it" } ?? "--fix mends it"
      }
      list.add(diagnostic)
    }
    return list
  }

  private struct Page: Encodable {
    var asOf: String
    /// What --fix changed, or would change.
    var changes: [Change]
    var diagnostics: [Finding]
    var files: [File]
    var mended: Int
    var release: String?
    var run: MappingComparison?
    var unused: [String]
  }

  private struct Finding: Encodable {
    var code: String
    var severity: String
    var message: String
    var hint: String?
    var file: String?
    var line: Int?
    var column: Int?
    var length: Int
    /// Whether --fix mends it.
    var fixable: Bool
    /// The line as it stands in the file.
    var row: String?
  }

  private struct File: Encodable {
    var file: String
    var rows: Int
    var fixes: Int
  }

  private var files: [File] {
    reports.map { File(file: $0.path, rows: $0.rows, fixes: $0.fixes.all.count) }
  }

  private var page: Page {
    Page(
      asOf: day, changes: changes,
      diagnostics: diagnostics.sorted.map { diagnostic in
        let place = diagnostic.position
        let row = place.flatMap { place in
          lines[place.file].flatMap {
            $0.indices.contains(place.line - 1) ? $0[place.line - 1] : nil
          }
        }
        return Finding(
          code: diagnostic.code, severity: diagnostic.severity.rawValue,
          message: diagnostic.message, hint: diagnostic.hint, file: place?.file,
          line: place?.line, column: place?.column, length: diagnostic.length,
          fixable: fixable.contains(diagnostic), row: row)
      },
      files: files, mended: isDryRun ? 0 : changes.count, release: release, run: comparison,
      unused: unused)
  }
}

/// The list of all codes.
enum MappingRuleList {
  private struct Rule: Encodable {
    var code: String
    var severity: String
    var title: String
    var help: String
    var fixable: Bool
  }

  /// Prints what the codes of findings mean.
  static func print(_ format: FindingFormat) throws {
    guard format == .text else {
      let rules = MappingRule.all.map {
        Rule(
          code: $0.code, severity: $0.severity.rawValue, title: $0.diagnostic.title,
          help: $0.diagnostic.help, fixable: $0.isFixable)
      }
      return Terminal.print(try Terminal.json(rules))
    }
    for (title, rules) in MappingRule.chapters {
      Terminal.print("\(title)")
      for rule in rules {
        let fix = rule.isFixable ? ", --fix" : ""
        Terminal.print("  \(rule.code) (\(rule.severity.rawValue)\(fix))")
        Terminal.print("    \(rule.diagnostic.title)")
        Terminal.print("    \(rule.diagnostic.help)")
      }
    }
  }
}
