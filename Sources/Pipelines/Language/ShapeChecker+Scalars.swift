import Diagnostics
import Engine

extension ShapeChecker {
  /// Checks a single value.
  mutating func checkScalar(_ scalar: YAMLScalar, _ kind: ValueKind, subject: String) {
    switch kind {
    case .name where !scalar.text.isName(dashes: true):
      add(
        "invalid-name", "`\(scalar.text)` is not a name", at: scalar,
        hint: "letters, digits, `_` and `-`, a letter or `_` first")
    case .identifier where !scalar.text.isName(dashes: false):
      add(
        "invalid-name", "`\(scalar.text)` is not a name", at: scalar,
        hint: "letters, digits and `_`, a letter or `_` first")
    case .integer(let range):
      guard let value = Int(scalar.text) else {
        return add("wrong-kind", "\(subject) must be a whole number", at: scalar)
      }
      if !range.contains(value) {
        let allowed =
          range.upperBound == .max
          ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        add("out-of-range", "\(subject) must be \(allowed)", at: scalar)
      }
    case .boolean where !["true", "false"].contains(scalar.text):
      add("wrong-kind", "\(subject) must be true or false", at: scalar)
    case .percentage where CoverageBudget.hundredths(scalar.text) == nil:
      add(
        "wrong-kind", "\(subject) must be a percentage", at: scalar,
        hint: "write it as 98% or 98.25%")
    case .day where CalendarDay(scalar.text) == nil:
      add(
        "wrong-kind", "\(subject) must be a date", at: scalar,
        hint: "write it as 2024-03-01")
    case .character where !(scalar.text.utf8.count == 1 && scalar.text.allSatisfy(\.isASCII)):
      add("wrong-kind", "\(subject) must be one character of ASCII", at: scalar)
    case .choice(let noun, let words) where !words.contains(scalar.text):
      let nearest = nearestName(to: scalar.text, in: words)
      let article = noun.first.map { "aeiou".contains($0) } ?? false ? "an" : "a"
      add(
        "unknown-\(noun.replacing("_", with: "-").replacing(" ", with: "-"))",
        "`\(scalar.text)` is not \(article) \(noun)", at: scalar,
        hint: (nearest.map { "did you mean `\($0)`? " } ?? "")
          + "allowed: \(words.joined(separator: ", "))")
    case .datePattern:
      checkPattern(scalar)
    case .expression, .ordering, .column, .text, .path:
      if scalar.text.isEmpty {
        add("wrong-kind", "\(subject) must not be empty", at: scalar)
      }
    default: break
    }
  }

  private mutating func checkPattern(_ scalar: YAMLScalar) {
    var mistakes: [DatePattern.Mistake] = []
    _ = DatePattern(scalar.text, mistakes: &mistakes)
    for mistake in mistakes {
      diagnostics.add(
        Diagnostic(
          .error, mistake.code, mistake.message,
          at: scalar.position(at: mistake.range.lowerBound), length: mistake.range.count,
          hint: mistake.hint))
    }
  }
}

extension String {
  /// Whether the text is a word of ASCII letters, digits and `_`, with or without dashes.
  func isName(dashes: Bool) -> Bool {
    guard let first = unicodeScalars.first, first.isASCIILetter || first == "_" else {
      return false
    }
    return unicodeScalars.allSatisfy {
      $0.isASCIILetter || ("0"..."9").contains($0) || $0 == "_" || (dashes && $0 == "-")
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetter: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self)
  }
}
