/// The smallest unit of an expression's text.
struct Token: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A bare name or keyword.
    case word
    /// A name in double quotes.
    case quotedName
    case number
    /// A text in single quotes.
    case text
    case symbol
    case end
  }

  var kind: Kind
  /// The bytes of the expression that the token covers.
  var range: Range<Int>
  /// What the token says: a name or text without its quotes, else its characters.
  var text: String

  /// Whether it is the keyword, given in lower case.
  func isWord(_ keyword: String) -> Bool { kind == .word && text.lowercased() == keyword }

  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }

  /// Words that cannot name a column without double quotes.
  static let reserved: Set<String> = [
    "and", "or", "not", "is", "null", "true", "false", "in", "between", "like", "escape", "case",
    "when", "then", "else", "end",
  ]

  var isReserved: Bool { kind == .word && Token.reserved.contains(text.lowercased()) }

  /// The token as a message quotes it.
  var quoted: String { kind == .end ? "the end of the expression" : "“\(text)”" }
}
