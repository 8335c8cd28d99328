package import Diagnostics

/// A kind of mistake in a mapping file: its stable code, how bad it is, and how to mend it.
package struct MappingRule: Hashable, Sendable {
  /// The code, title and help, for people and programs.
  package let diagnostic: DiagnosticRule
  /// Whether `--fix` can mend what leaves no choice.
  package let isFixable: Bool

  /// The stable name in kebab-case.
  package var code: String { diagnostic.code }
  /// The severity that findings have unless they are milder than usual.
  package var severity: Diagnostic.Severity { diagnostic.severity }

  init(
    _ code: String, _ severity: Diagnostic.Severity, _ title: String, fixable: Bool = false,
    _ help: String
  ) {
    diagnostic = DiagnosticRule(code, severity, title, help: help)
    isFixable = fixable
  }

  /// All rules by what they look at: the file, its texts, codes, dates, concepts, reviews, the data.
  package static let all = files + texts + codes + dates + concepts + reviews + data + local

  /// The rules by the headings under which people read them.
  package static let chapters: [(title: String, rules: [MappingRule])] = [
    ("the file", files), ("texts", texts), ("codes", codes), ("dates", dates),
    ("concepts", concepts), ("reviews in Usagi", reviews), ("the data", data),
    ("local concepts", local),
  ]

  /// All rules as a table in Markdown, for the guide.
  package static var table: String {
    var lines = ["| code | severity | `--fix` | what is wrong |", "|---|---|---|---|"]
    for rule in all {
      lines.append(
        "| `\(rule.code)` | \(rule.severity.rawValue) | \(rule.isFixable ? "yes" : "") | "
          + "\(rule.diagnostic.title) |")
    }
    return lines.joined(separator: "\n")
  }
}
