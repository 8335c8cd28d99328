package import Diagnostics
import Yams

/// Reads YAML files into trees that know where everything stands.
package enum YAMLFile {
  /// The tree of a file, or `nil` when it is not YAML.
  ///
  /// Never traps, whatever the bytes are. Diagnostics: `yaml-encoding`, `yaml-syntax`,
  /// `duplicate-key`. Aliases are followed, up to 100,000 values in all; tags are errors.
  package static func parse(
    _ bytes: [UInt8], path: String, diagnostics: inout DiagnosticList
  ) -> YAMLNode? {
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      diagnostics.add(encodingMistake(in: bytes, path: path))
      return nil
    }
    let text =
      decoded.unicodeScalars.first == "\u{FEFF}"
      ? String(decoded.unicodeScalars.dropFirst()) : decoded
    let source = SourceText(path: path, text: text)
    var attempt = YAMLAttempt(text: text, source: source)
    do {
      return try attempt.root(diagnostics: &diagnostics)
    } catch {
      diagnostics.add(YAMLSyntaxError(error, in: source).diagnostic)
      return nil
    }
  }

  /// Points at the first byte that is not UTF-8.
  private static func encodingMistake(in bytes: [UInt8], path: String) -> Diagnostic {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var good = String.UnicodeScalarView()
    parsing: while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded): good.append(Unicode.UTF8.decode(encoded))
      case .emptyInput, .error: break parsing
      }
    }
    let lines = sourceLines(of: String(good))
    return Diagnostic(
      .error, "yaml-encoding", "the file is not UTF-8",
      at: Position(file: path, line: lines.count, column: (lines.last?.count ?? 0) + 1),
      hint: "save the file as UTF-8")
  }
}
