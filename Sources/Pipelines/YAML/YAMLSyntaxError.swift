import Diagnostics
import Yams

/// A mistake of syntax, told as one diagnostic.
struct YAMLSyntaxError {
  let diagnostic: Diagnostic

  init(_ error: any Error, in source: SourceText) {
    var position = Position(file: source.path, line: 1, column: 1)
    let problem: String
    switch error as? YamlError {
    case .scanner(let context, let text, let mark, _), .parser(let context, let text, let mark, _),
      .composer(let context, let text, let mark, _):
      problem = context.map { "\($0.text), \(text)" } ?? text
      position = source.position(line: mark.line - 1, codePoint: mark.column - 1)
    case .reader(let text, let offset, _, _):
      problem = text
      if let offset { position = Self.position(of: offset, in: source) }
    case .duplicatedKeysInMapping(let names, let context):
      problem = "the key \(names.map { "`\($0)`" }.joined(separator: ", ")) stands twice"
      position = source.position(line: context.mark.line - 1, codePoint: context.mark.column - 1)
    default:
      problem = "the file cannot be read as YAML"
    }
    diagnostic = Diagnostic(
      .error, "yaml-syntax", problem, at: position,
      hint: Self.hint(for: problem, character: source.character(at: position)))
  }

  /// The place of a character counted from the beginning of the file, CR LF being one.
  private static func position(of offset: Int, in source: SourceText) -> Position {
    var left = offset
    for (index, line) in source.lines.enumerated() {
      if left <= line.count {
        return Position(file: source.path, line: index + 1, column: left + 1)
      }
      left -= line.count + 1
    }
    return Position(file: source.path, line: source.lines.count, column: 1)
  }

  /// What usually lies behind libyaml's words.
  private static func hint(for problem: String, character: Character?) -> String? {
    if character == "\t" { return "YAML is indented with spaces, never with tabs" }
    if problem.contains("cannot start any token") {
      return "a value that begins with a special character goes in quotes"
    }
    if problem.contains("mapping values are not allowed") {
      return "a value that contains a colon and a space goes in quotes"
    }
    if problem.contains("did not find expected key") {
      return "check the indentation; a value that goes on after a closing quote needs quotes"
        + " around the whole of it"
    }
    if problem.contains("did not find expected ',' or") {
      return "a comma or a closing bracket is missing"
    }
    if problem.contains("alias") || problem.contains("anchor") {
      return "a value that begins with * or & goes in quotes"
    }
    return nil
  }
}
