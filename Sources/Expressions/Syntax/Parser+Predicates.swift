extension Parser {
  /// `is …`, `in (…)`, `between … and …` or `like …` after an operand, if one follows.
  mutating func predicate(_ left: Syntax) throws(Mistake) -> Syntax? {
    if token.isWord("is") { return try isPredicate(left) }
    let negated = token.isWord("not")
    let keyword = negated ? token(1) : token
    guard ["in", "between", "like"].contains(where: { keyword.isWord($0) }) else {
      if negated { throw unexpected("an operator or the end of the expression") }
      return nil
    }
    let start = left.range.lowerBound
    if negated { advance() }
    advance()
    if keyword.isWord("in") {
      try take("(")
      let items = try list()
      return try node(.inList(left, items, negated: negated), start, [left] + items)
    }
    if keyword.isWord("between") {
      let low = try expression(.concatenation)
      try take(word: "and")
      let high = try expression(.concatenation)
      return try node(.between(left, low, high, negated: negated), start, [left, low, high])
    }
    let pattern = try expression(.concatenation)
    var escape: Syntax?
    if token.isWord("escape") {
      advance()
      escape = try expression(.concatenation)
    }
    return try node(
      .like(left, pattern: pattern, escape: escape, negated: negated), start,
      [left, pattern] + (escape.map { [$0] } ?? []))
  }

  /// `is [not] null`, `is [not] true`, `is [not] false`, `is [not] distinct from x`.
  private mutating func isPredicate(_ left: Syntax) throws(Mistake) -> Syntax {
    let start = left.range.lowerBound
    advance()
    let negated = token.isWord("not")
    if negated { advance() }
    if token.isWord("null") {
      advance()
      return try node(.isNull(left, negated: negated), start, [left])
    }
    if token.isWord("true") || token.isWord("false") {
      let truth = token.isWord("true")
      advance()
      return try node(.isTruth(left, truth, negated: negated), start, [left])
    }
    if token.isWord("distinct") {
      advance()
      try take(word: "from")
      let right = try expression(.concatenation)
      return try node(.isDistinct(left, right, negated: negated), start, [left, right])
    }
    throw unexpected("“null”, “true”, “false” or “distinct from”")
  }

  /// Expressions between commas up to the closing parenthesis, which is taken.
  mutating func list() throws(Mistake) -> [Syntax] {
    var items = [try expression()]
    while token.isSymbol(",") {
      advance()
      items.append(try expression())
    }
    guard token.isSymbol(")") else { throw unexpected("“,” or “)”") }
    advance()
    return items
  }
}
