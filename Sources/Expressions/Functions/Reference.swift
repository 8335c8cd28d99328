extension ExpressionLanguage {
  /// All operators and functions as Markdown.
  package static func reference() -> String { "" }
}
