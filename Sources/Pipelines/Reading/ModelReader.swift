import Diagnostics

/// Builds the model from trees whose shape was checked.
///
/// What does not fit was told by `ShapeChecker` and is left out here; this reader tells only what
/// no description of keys can say.
struct ModelReader {
  let texts: ParameterText
  var diagnostics: DiagnosticList

  init(texts: ParameterText, diagnostics: DiagnosticList) {
    self.texts = texts
    self.diagnostics = diagnostics
  }

  mutating func text(_ node: YAMLNode?) -> Located<String>? {
    guard let scalar = node?.scalar, !scalar.isNull else { return nil }
    return texts.text(scalar, diagnostics: &diagnostics)
  }

  mutating func path(_ node: YAMLNode?) -> Located<String>? {
    guard let scalar = node?.scalar, !scalar.isNull else { return nil }
    return texts.path(scalar, diagnostics: &diagnostics)
  }

  /// A text that is taken as it is.
  func verbatim(_ node: YAMLNode?) -> Located<String>? {
    guard let scalar = node?.scalar, !scalar.isNull else { return nil }
    return Located(scalar)
  }

  /// The items of a list, or the one value that stands for it, taken as they are.
  func words(_ node: YAMLNode?) -> [Located<String>] {
    (node?.items ?? []).compactMap { verbatim($0) }
  }

  /// As `words`, a null being the empty text.
  func cells(_ node: YAMLNode?) -> [String]? {
    guard let node else { return nil }
    return node.items.compactMap { item in
      item.scalar.map { $0.isNull ? "" : $0.text }
    }
  }

  func expression(_ node: YAMLNode?) -> SourceExpression? {
    guard let scalar = node?.scalar, !scalar.isNull, !scalar.text.isEmpty else { return nil }
    return SourceExpression(scalar: scalar)
  }

  func expressions(_ node: YAMLNode?) -> [SourceExpression] {
    (node?.items ?? []).compactMap { expression($0) }
  }

  func integer(_ node: YAMLNode?) -> Located<Int>? {
    verbatim(node).flatMap { text in Int(text.value).map { value in text.map { _ in value } } }
  }

  func id(_ node: YAMLNode?) -> Located<Int64>? {
    integer(node).map { $0.map(Int64.init) }
  }

  func flag(_ node: YAMLNode?) -> Bool? {
    node?.scalar.flatMap { ["true": true, "false": false][$0.text] }
  }

  /// A byte of ASCII.
  func byte(_ node: YAMLNode?) -> UInt8? {
    guard let text = node?.scalar?.text, text.utf8.count == 1 else { return nil }
    return text.utf8.first
  }
}
