import Diagnostics
import Yams

/// Turns the nodes of Yams into ours.
///
/// An alias gives the very node that it names, at the position of that node.
struct YAMLTreeBuilder {
  let source: SourceText
  /// The true names of keys that were renamed, by position.
  let renamed: [Position: String]
  /// The number of values that may still be built.
  private var room = mostValues

  /// More values than this, aliases followed, are no file that a person wrote.
  static let mostValues = 100_000

  init(source: SourceText, renamed: [Position: String]) {
    self.source = source
    self.renamed = renamed
  }

  mutating func build(_ node: Node, diagnostics: inout DiagnosticList) -> YAMLNode {
    let position = afterAnchor(position(of: node.mark))
    room -= 1
    if room < 0 {
      diagnostics.add(
        Diagnostic(
          .error, "yaml-syntax",
          "the file has more than \(Self.mostValues) values, aliases followed",
          at: Position(file: source.path, line: 1, column: 1)))
      return nothing(at: position)
    }
    // No value without a tag begins with this character.
    if source.character(at: position) == "!" {
      diagnostics.add(
        Diagnostic(
          .error, "yaml-syntax", "tags are not part of the language", at: position,
          hint: "a value that begins with ! goes in quotes"))
      return nothing(at: position)
    }
    switch node {
    case .scalar(let scalar):
      return YAMLNode(content: .scalar(self.scalar(scalar, at: position)), position: position)
    case .sequence(let items):
      var list: [YAMLNode] = []
      for item in items where room >= 0 { list.append(build(item, diagnostics: &diagnostics)) }
      return YAMLNode(content: .list(list), position: position)
    case .mapping(let pairs):
      return YAMLNode(
        content: .mapping(entries(pairs, diagnostics: &diagnostics)), position: position)
    case .alias:
      return nothing(at: position)
    }
  }

  private mutating func entries(
    _ pairs: Node.Mapping, diagnostics: inout DiagnosticList
  ) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var first: [String: Position] = [:]
    for (keyNode, valueNode) in pairs where room >= 0 {
      let value = build(valueNode, diagnostics: &diagnostics)
      guard let key = build(keyNode, diagnostics: &diagnostics).scalar else {
        diagnostics.add(
          Diagnostic(
            .error, "yaml-syntax", "a key must be a single word or text",
            at: position(of: keyNode.mark)))
        continue
      }
      if let earlier = first[key.text] {
        diagnostics.add(
          Diagnostic(
            .error, "duplicate-key", "the key `\(key.text)` stands twice", at: key.position,
            length: key.length, hint: "the first one is at line \(earlier.line)"))
        continue
      }
      first[key.text] = key.position
      entries.append(YAMLEntry(key: key, value: value))
    }
    return entries
  }

  private func scalar(_ scalar: Node.Scalar, at position: Position) -> YAMLScalar {
    let style: YAMLScalar.Style =
      switch scalar.style {
      case .any, .plain: .plain
      case .singleQuoted: .singleQuoted
      case .doubleQuoted: .doubleQuoted
      case .literal: .literal
      case .folded: .folded
      }
    return YAMLScalar(
      text: renamed[position] ?? scalar.string, style: style, position: position, source: source)
  }

  private func nothing(at position: Position) -> YAMLNode {
    YAMLNode(
      content: .scalar(YAMLScalar(text: "", style: .plain, position: position, source: source)),
      position: position)
  }

  private func position(of mark: Mark?) -> Position {
    source.position(line: (mark?.line ?? 1) - 1, codePoint: (mark?.column ?? 1) - 1)
  }

  /// The place behind an anchor, where the value itself begins.
  private func afterAnchor(_ position: Position) -> Position {
    var cursor = SourceCursor(source, at: position)
    guard cursor.current == "&" else { return position }
    while cursor.current != nil, !cursor.isAtWhitespace { cursor.advance() }
    cursor.skipWhitespace()
    return cursor.position
  }
}
