import Diagnostics

/// Compares a tree with the description of the language and tells everything that does not fit.
///
/// Diagnostics: `unknown-key`, `missing-key`, `wrong-kind`, `invalid-name`, `out-of-range`,
/// `unknown-…` for words out of a list, `unknown-date-letter`, `repeated-date-letter`.
/// What reads the tree afterwards leaves out what does not fit, in silence.
struct ShapeChecker {
  var diagnostics: DiagnosticList

  /// Checks a value.
  ///
  /// - Parameters:
  ///   - node: the value.
  ///   - kind: what may stand there.
  ///   - subject: what the value belongs to, as a diagnostic names it.
  ///   - anchor: the key behind which the value stands, for what is missing in it.
  mutating func check(
    _ node: YAMLNode, _ kind: ValueKind, subject: String, anchor: YAMLScalar? = nil
  ) {
    switch kind {
    case .list(let item):
      guard case .list(let items) = node.content else {
        return wrongKind(node, kind, subject, hint: "write it as [ … ] or as lines after `-`")
      }
      for node in items { check(node, item, subject: subject) }
    case .oneOrMany(let item):
      if case .list(let items) = node.content {
        for node in items { check(node, item, subject: subject) }
      } else {
        check(node, item, subject: subject, anchor: anchor)
      }
    case .map(_, let value, let known):
      guard case .mapping(let entries) = node.content else {
        return wrongKind(node, kind, subject)
      }
      for entry in entries {
        let special = known.first { $0.name == entry.key.text }
        check(
          entry.value, special?.kind ?? value, subject: "`\(entry.key.text)`", anchor: entry.key)
      }
    case .section(let section):
      check(node, section, subject: subject, anchor: anchor)
    case .either(let short, let long):
      if case .mapping = node.content {
        check(node, long, subject: subject, anchor: anchor)
      } else if case .list = node.content, !short.takesLists {
        wrongKind(node, kind, subject)
      } else if node.isNull {
        wrongKind(node, kind, subject)
      } else {
        check(node, short, subject: subject, anchor: anchor)
      }
    default:
      guard let scalar = node.scalar, !scalar.isNull || kind.takesNothing else {
        return wrongKind(node, kind, subject)
      }
      checkScalar(scalar, kind, subject: subject)
    }
  }

  private mutating func check(
    _ node: YAMLNode, _ section: LanguageSection, subject: String, anchor: YAMLScalar?
  ) {
    if node.isNull, section.keys.allSatisfy({ !$0.isRequired }) { return }
    guard case .mapping(let entries) = node.content else {
      let keys = section.keys.map(\.name).joined(separator: ", ")
      return wrongKind(
        node, .section(section), subject, hint: keys.isEmpty ? nil : "its keys are: \(keys)")
    }
    for entry in entries {
      guard let key = section[entry.key.text] else {
        unknownKey(entry.key, in: section)
        continue
      }
      check(entry.value, key.kind, subject: "`\(key.name)`", anchor: entry.key)
    }
    for key in section.keys where key.isRequired && node[key.name] == nil {
      diagnostics.add(
        Diagnostic(
          .error, "missing-key", "\(subject) needs the key `\(key.name)`",
          at: anchor?.position ?? node.position, length: anchor?.length ?? node.length,
          hint: key.summary.withoutFullStop))
    }
  }

  private mutating func unknownKey(_ key: YAMLScalar, in section: LanguageSection) {
    let names = section.keys.map(\.name)
    let list = names.isEmpty ? "it has none" : "its keys are: \(names.joined(separator: ", "))"
    let nearest = nearestName(to: key.text, in: names)
    diagnostics.add(
      Diagnostic(
        .error, "unknown-key", "`\(key.text)` is not a key of \(section.name)", at: key.position,
        length: key.length, hint: (nearest.map { "did you mean `\($0)`? " } ?? "") + list))
  }

  private mutating func wrongKind(
    _ node: YAMLNode, _ kind: ValueKind, _ subject: String, hint: String? = nil
  ) {
    diagnostics.add(
      Diagnostic(
        .error, "wrong-kind", "\(subject) must be \(kind.phrase), not \(node.kindName)",
        at: node.position, length: node.length, hint: hint))
  }

  mutating func add(_ code: String, _ message: String, at scalar: YAMLScalar, hint: String? = nil) {
    diagnostics.add(
      Diagnostic(
        .error, code, message, at: scalar.position, length: scalar.length, hint: hint))
  }
}

extension ValueKind {
  fileprivate var takesLists: Bool {
    switch self {
    case .list, .oneOrMany: true
    default: false
    }
  }

  fileprivate var takesNothing: Bool {
    switch self {
    case .cell, .verbatim: true
    default: false
    }
  }

  /// What must stand there, with its article.
  fileprivate var phrase: String {
    switch self {
    case .text, .verbatim, .cell: "a text"
    case .name, .identifier: "a name"
    case .path: "a path"
    case .integer: "a whole number"
    case .boolean: "true or false"
    case .percentage: "a percentage"
    case .day: "a date (yyyy-MM-dd)"
    case .character: "one character"
    case .expression: "an expression"
    case .ordering: "an expression with `asc` or `desc`"
    case .datePattern: "a date pattern such as dd/MM/yyyy"
    case .column: "the name of a column"
    case .choice(_, let words): "one of \(words.map { "`\($0)`" }.joined(separator: ", "))"
    case .list: "a list"
    case .oneOrMany(let kind): "\(kind.phrase), or a list"
    case .map(let key, _, _): "a mapping, \(key) to value"
    case .section: "a mapping"
    case .either(let short, let long): "\(short.phrase), or \(long.phrase)"
    }
  }
}

extension String {
  /// The text without the full stop at its end.
  var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
