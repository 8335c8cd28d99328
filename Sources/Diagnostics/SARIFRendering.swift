/// A kind of diagnostic as a program that shows them explains it.
package struct DiagnosticRule: Hashable, Sendable {
  /// The code that diagnostics of the kind have.
  package var code: String
  package var severity: Diagnostic.Severity
  /// What is wrong, in a few words.
  package var title: String
  /// Why it matters and how to mend it.
  package var help: String

  package init(
    _ code: String, _ severity: Diagnostic.Severity, _ title: String, help: String
  ) {
    self.code = code
    self.severity = severity
    self.title = title
    self.help = help
  }
}

extension DiagnosticList {
  /// The diagnostics as a log of the Static Analysis Results Interchange Format 2.1.0, which editors
  /// and code hosts show beside the lines.
  ///
  /// Columns count Unicode scalars there, so the lines of the files are needed to tell them.
  ///
  /// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
  ///
  /// - Parameters:
  ///   - tool: the name of the program.
  ///   - version: its version.
  ///   - rules: what the codes mean; a code that is not among them has no explanation.
  ///   - source: the lines of a file by its path, or `nil` when it cannot be shown.
  ///   - edits: the changes of its file that mend a diagnostic, together one fix (§3.55); empty
  ///     where there is none.
  /// - Returns: a JSON document, the results in the order of `sorted`.
  package func sarif(
    tool: String, version: String, rules: [DiagnosticRule], source: (String) -> [String]?,
    edits: (Diagnostic) -> [TextEdit] = { _ in [] }
  ) -> String {
    let explained = Set(rules.map(\.code))
    var known = rules
    for diagnostic in sorted
    where !explained.contains(diagnostic.code)
      && !known.contains(where: { $0.code == diagnostic.code })
    {
      known.append(
        DiagnosticRule(diagnostic.code, diagnostic.severity, diagnostic.code, help: ""))
    }
    let numbers = Dictionary(
      zip(known.map(\.code), known.indices), uniquingKeysWith: { first, _ in first })
    let results = sorted.map {
      $0.sarif(rule: numbers[$0.code] ?? -1, source: source, edits: edits($0))
    }
    return """
      {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
          {
            "tool": {
              "driver": {
                "name": \(jsonString(tool)),
                "version": \(jsonString(version)),
                "rules": [\(block(known.map(\.sarif), indent: 10))]
              }
            },
            "columnKind": "unicodeCodePoints",
            "results": [\(block(results, indent: 6))]
          }
        ]
      }

      """
  }

  private func block(_ items: [String], indent: Int) -> String {
    guard !items.isEmpty else { return "" }
    let margin = "\n" + String(repeating: " ", count: indent)
    return margin + "  " + items.joined(separator: ",\(margin)  ") + margin
  }
}

extension DiagnosticRule {
  fileprivate var sarif: String {
    let text = help.isEmpty ? "" : ", \"help\": { \"text\": \(jsonString(help)) }"
    return "{ \"id\": \(jsonString(code)), \"shortDescription\": { \"text\": \(jsonString(title)) }"
      + "\(text), \"defaultConfiguration\": { \"level\": \(jsonString(severity.rawValue)) } }"
  }
}

extension Diagnostic {
  fileprivate func sarif(
    rule: Int, source: (String) -> [String]?, edits: [TextEdit]
  ) -> String {
    let text = hint.map { "\(message); \($0)" } ?? message
    var members = [
      "\"ruleId\": \(jsonString(code))", "\"ruleIndex\": \(rule)",
      "\"level\": \(jsonString(severity.rawValue))",
      "\"message\": { \"text\": \(jsonString(text)) }",
    ]
    if let position {
      let columns = scalarColumns(position, source(position.file))
      members.append(
        "\"locations\": [{ \"physicalLocation\": { \"artifactLocation\": { \"uri\": "
          + "\(jsonString(fileReference(position.file))) }, \"region\": { \"startLine\": "
          + "\(position.line), \"startColumn\": \(columns.lowerBound), \"endColumn\": "
          + "\(columns.upperBound) } } }]")
      if !edits.isEmpty {
        // The hint on what only goes says where else it stands.
        let remedy = edits.allSatisfy(\.text.isEmpty) ? "remove it" : hint ?? message
        members.append(
          "\"fixes\": [{ \"description\": { \"text\": \(jsonString(remedy)) }, "
            + "\"artifactChanges\": [{ \"artifactLocation\": { \"uri\": "
            + "\(jsonString(fileReference(position.file))) }, \"replacements\": ["
            + "\(edits.map(\.sarif).joined(separator: ", "))] }] }]")
      }
    }
    return "{ \(members.joined(separator: ", ")) }"
  }

  /// The columns of the caret in Unicode scalars, from 1; the upper bound is outside.
  private func scalarColumns(_ position: Position, _ lines: [String]?) -> Range<Int> {
    guard let lines, lines.indices.contains(position.line - 1) else {
      return position.column..<position.column + length
    }
    let line = lines[position.line - 1]
    let before = line.prefix(position.column - 1)
    let marked = line.dropFirst(position.column - 1).prefix(length)
    let start = before.unicodeScalars.count + 1
    return start..<start + max(1, marked.unicodeScalars.count)
  }
}

extension TextEdit {
  fileprivate var sarif: String {
    let content = text.isEmpty ? "" : ", \"insertedContent\": { \"text\": \(jsonString(text)) }"
    return "{ \"deletedRegion\": { \"startLine\": \(startLine), \"startColumn\": \(startColumn), "
      + "\"endLine\": \(endLine), \"endColumn\": \(endColumn) }\(content) }"
  }
}

/// A path as a URI reference (RFC 3986): relative where the path is, without the steps back that it
/// need not have.
private func fileReference(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/") where part != "." {
    if part == "..", let last = parts.last, last != ".." {
      parts.removeLast()
    } else {
      parts.append(part)
    }
  }
  let kept = Set("-._~!$&'()*+,;=@".utf8)
  let encoded = parts.map { part in
    part.utf8.map { byte in
      let isPlain =
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || kept.contains(byte)
      if isPlain { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }.joined(separator: "/")
  return path.hasPrefix("/") ? "file:///\(encoded)" : encoded
}
