/// Reads tokens into a form by precedence climbing; the first mistake ends it.
struct Parser {
  /// The text departs from the grammar.
  struct Mistake: Error {
    var code: String
    var message: String
    var hint: String?
    var range: Range<Int>
  }

  /// The number of forms that may stand inside one another.
  static let maximumDepth = 200

  let tokens: [Token]
  var index = 0
  private var nesting = 0

  init(_ tokens: [Token]) { self.tokens = tokens }

  var token: Token { tokens[index] }

  func token(_ ahead: Int) -> Token { tokens[min(index + ahead, tokens.count - 1)] }

  mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  /// The whole text as one expression.
  mutating func parse() throws(Mistake) -> Syntax {
    if token.kind == .end {
      throw Mistake(code: "empty-expression", message: "an expression is empty", range: 0..<1)
    }
    let syntax = try expression()
    guard token.kind == .end else { throw unexpected("an operator or the end of the expression") }
    return syntax
  }

  /// How tightly an operator binds, from the loosest.
  enum Precedence: Int {
    case or, and, not, predicate, concatenation, sum, product, sign
  }

  /// An expression of operators that bind at least as tightly as the one given.
  mutating func expression(_ least: Precedence = .or) throws(Mistake) -> Syntax {
    nesting += 1
    defer { nesting -= 1 }
    if nesting > Parser.maximumDepth { throw tooDeep(token.range) }
    var left = try prefix()
    while let next = try continuation(left, least) { left = next }
    return left
  }

  private mutating func prefix() throws(Mistake) -> Syntax {
    let start = token.range.lowerBound
    if token.isWord("not") {
      advance()
      let operand = try expression(.not)
      return try node(.not(operand), start, [operand])
    }
    if token.isSymbol("-") || token.isSymbol("+") {
      let negative = token.isSymbol("-")
      advance()
      let operand = try expression(.sign)
      return try node(negative ? .minus(operand) : .plus(operand), start, [operand])
    }
    return try primary()
  }

  /// The expression that an operator after `left` makes, if one follows that binds tightly enough.
  private mutating func continuation(
    _ left: Syntax, _ least: Precedence
  ) throws(Mistake) -> Syntax? {
    let start = left.range.lowerBound
    func binds(_ precedence: Precedence) -> Bool { precedence.rawValue >= least.rawValue }
    let current = token
    if current.isWord("or") || current.isWord("and") {
      let isOr = current.isWord("or")
      guard binds(isOr ? .or : .and) else { return nil }
      var terms = [left]
      while token.isWord(isOr ? "or" : "and") {
        advance()
        terms.append(try expression(isOr ? .and : .not))
      }
      return try node(isOr ? .or(terms) : .and(terms), start, terms)
    }
    if let comparison = Comparison(symbol: current.text), current.kind == .symbol {
      guard binds(.predicate) else { return nil }
      advance()
      let right = try expression(.concatenation)
      return try node(.comparison(comparison, left, right), start, [left, right])
    }
    if current.isSymbol("||") {
      guard binds(.concatenation) else { return nil }
      var terms = [left]
      while token.isSymbol("||") {
        advance()
        terms.append(try expression(.sum))
      }
      return try node(.concatenation(terms), start, terms)
    }
    if let operation = Arithmetic(rawValue: current.text), current.kind == .symbol {
      let isSum = operation == .add || operation == .subtract
      guard binds(isSum ? .sum : .product) else { return nil }
      advance()
      let right = try expression(isSum ? .product : .sign)
      return try node(.arithmetic(operation, left, right), start, [left, right])
    }
    return binds(.predicate) ? try predicate(left) : nil
  }

  /// A form from `start` to the last token read.
  func node(_ form: Form, _ start: Int, _ children: [Syntax] = []) throws(Mistake) -> Syntax {
    let end = index > 0 ? tokens[index - 1].range.upperBound : start
    let depth = 1 + (children.map(\.depth).max() ?? 0)
    let syntax = Syntax(form: form, range: start..<max(start, end), depth: depth)
    if depth > Parser.maximumDepth { throw tooDeep(syntax.range) }
    return syntax
  }

  private func tooDeep(_ range: Range<Int>) -> Mistake {
    Mistake(
      code: "expression-too-deep",
      message: "more than \(Parser.maximumDepth) parts stand inside one another",
      hint: "split it into derived columns, or use in (…), case or a mapping file", range: range)
  }

  func unexpected(_ wanted: String) -> Mistake {
    var hint: String?
    if token.isReserved {
      hint = "a column of this name is written in double quotes: \"\(token.text)\""
    }
    return Mistake(
      code: "unexpected-token", message: "expected \(wanted), not \(token.quoted)", hint: hint,
      range: token.range)
  }

  mutating func take(_ symbol: String) throws(Mistake) {
    guard token.isSymbol(symbol) else { throw unexpected("“\(symbol)”") }
    advance()
  }

  mutating func take(word: String) throws(Mistake) {
    guard token.isWord(word) else { throw unexpected("“\(word)”") }
    advance()
  }
}
