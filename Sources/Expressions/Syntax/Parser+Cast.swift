import Diagnostics

extension Parser {
  /// `cast(x as type)` or `try_cast(x as type)`.
  mutating func cast() throws(Mistake) -> Syntax {
    let start = token.range.lowerBound
    let trying = token.isWord("try_cast")
    advance()
    advance()
    let operand = try expression()
    try take(word: "as")
    let type = try typeName()
    try take(")")
    return try node(.cast(operand, to: type, trying: trying), start, [operand])
  }

  private static let types: [String: ExpressionType] = [
    "boolean": .boolean, "integer": .integer, "int": .integer, "bigint": .integer,
    "double": .double, "float": .double, "text": .text, "varchar": .text, "date": .date,
    "timestamp": .timestamp, "decimal": .decimal(scale: ExpressionLanguage.defaultScale),
    "numeric": .decimal(scale: ExpressionLanguage.defaultScale),
  ]

  private mutating func typeName() throws(Mistake) -> ExpressionType {
    let name = token
    guard name.kind == .word else { throw unexpected("a type") }
    guard let type = Parser.types[name.text.lowercased()] else {
      let near = nearestName(to: name.text, in: Parser.types.keys)
      throw Mistake(
        code: "unknown-type", message: "there is no type \(name.quoted) to cast to",
        hint: near.map { "did you mean “\($0)”?" }
          ?? "boolean, integer, decimal(scale), double, text, date or timestamp",
        range: name.range)
    }
    advance()
    if type == .double, token.isWord("precision") { advance() }
    guard case .decimal = type, token.isSymbol("(") else { return type }
    advance()
    var scale = token
    guard scale.kind == .number else { throw unexpected("a scale") }
    advance()
    // decimal(precision, scale): the precision is that of 64 bits and not asked for.
    if token.isSymbol(",") {
      advance()
      scale = token
      guard scale.kind == .number else { throw unexpected("a scale") }
      advance()
    }
    guard let digits = Int(scale.text), digits <= ExpressionLanguage.maximumScale else {
      throw Mistake(
        code: "bad-scale", message: "a decimal has 0 to \(ExpressionLanguage.maximumScale) digits",
        range: scale.range)
    }
    try take(")")
    return .decimal(scale: digits)
  }
}
