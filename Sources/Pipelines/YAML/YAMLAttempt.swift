import Diagnostics
import Yams

/// The reading of one YAML text through Yams.
///
/// Yams stops at the first key that stands twice in a mapping and tells only where its first
/// occurrence is. So that all mistakes of a file are told at once, that occurrence is renamed in
/// a copy of the text, to as many characters of the private use area, and the copy is read again;
/// the tree gets the true name back.
struct YAMLAttempt {
  private var text: [Unicode.Scalar]
  private let source: SourceText
  private let original: String
  /// The true names of renamed keys, by the position of the key.
  private var renamed: [Position: String] = [:]

  /// More repeated keys than this in one file are told as one mistake of syntax.
  private static let mostRenamings = 50

  init(text: String, source: SourceText) {
    original = text
    self.text = Array(text.unicodeScalars)
    self.source = source
  }

  /// The tree of the text, or what Yams threw.
  mutating func root(diagnostics: inout DiagnosticList) throws -> YAMLNode? {
    while true {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text)
      let parser = try Parser(yaml: String(view))
      do {
        guard let node = try parser.singleRoot() else {
          diagnostics.add(
            Diagnostic(
              .error, "yaml-syntax", "the file is empty",
              at: Position(file: source.path, line: 1, column: 1)))
          return nil
        }
        // The parser owns the anchors that the nodes refer to weakly.
        return withExtendedLifetime(parser) {
          var builder = YAMLTreeBuilder(source: source, renamed: renamed)
          return builder.build(node, diagnostics: &diagnostics)
        }
      } catch let error as YamlError {
        guard case .duplicatedKeysInMapping(let names, let context) = error,
          renamed.count < Self.mostRenamings, rename(names, at: context.mark)
        else { throw error }
      }
    }
  }

  /// Renames the key at a mark if it is one of `names`, plain or quoted.
  private mutating func rename(_ names: [String], at mark: Mark) -> Bool {
    let position = source.position(line: mark.line - 1, codePoint: mark.column - 1)
    guard var start = offset(line: mark.line - 1, codePoint: mark.column - 1) else { return false }
    if text.indices.contains(start), text[start] == "'" || text[start] == "\"" { start += 1 }
    for name in names where !name.isEmpty {
      let scalars = Array(name.unicodeScalars)
      let end = start + scalars.count
      guard end <= text.count, Array(text[start..<end]) == scalars,
        let replacement = Unicode.Scalar(UInt32(0xE000 + renamed.count))
      else { continue }
      for index in start..<end { text[index] = replacement }
      renamed[position] = name
      return true
    }
    return false
  }

  /// The place in `text` of a line and code point counted from 0.
  private func offset(line: Int, codePoint: Int) -> Int? {
    var left = line
    var index = 0
    while left > 0, index < text.count {
      switch text[index] {
      case "\r":
        left -= 1
        if index + 1 < text.count, text[index + 1] == "\n" { index += 1 }
      case "\n", "\u{85}", "\u{2028}", "\u{2029}": left -= 1
      default: break
      }
      index += 1
    }
    return left == 0 && index + codePoint <= text.count ? index + codePoint : nil
  }
}
