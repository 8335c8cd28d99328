import Diagnostics
import Yams

/// Turns the nodes of Yams into ours.
struct YAMLTreeBuilder {
  let source: SourceText
  /// The true names of keys that were renamed, by position.
  let renamed: [Position: String]

  func build(_ node: Node, diagnostics: inout DiagnosticList) -> YAMLNode {
    let position = position(of: node.mark)
    // No value without an anchor or a tag begins with one of these; an alias gives the very node
    // that it names, at the position of that node.
    switch source.character(at: position) {
    case "&":
      diagnostics.add(
        Diagnostic(
          .error, "yaml-syntax", "anchors and aliases are not part of the language", at: position,
          hint: "write the value out where it is used"))
      return nothing(at: position)
    case "!":
      diagnostics.add(
        Diagnostic(
          .error, "yaml-syntax", "tags are not part of the language", at: position,
          hint: "a value that begins with ! goes in quotes"))
      return nothing(at: position)
    default: break
    }
    switch node {
    case .scalar(let scalar):
      return YAMLNode(content: .scalar(self.scalar(scalar, at: position)), position: position)
    case .sequence(let items):
      return YAMLNode(
        content: .list(items.map { build($0, diagnostics: &diagnostics) }), position: position)
    case .mapping(let pairs):
      return YAMLNode(
        content: .mapping(entries(pairs, diagnostics: &diagnostics)), position: position)
    case .alias:
      return nothing(at: position)
    }
  }

  private func entries(
    _ pairs: Node.Mapping, diagnostics: inout DiagnosticList
  ) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var first: [String: Position] = [:]
    for (keyNode, valueNode) in pairs {
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
}
