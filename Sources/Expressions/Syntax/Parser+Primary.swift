extension Parser {
  /// A literal, a name, a call, a case or an expression in parentheses.
  mutating func primary() throws(Mistake) -> Syntax {
    let first = token
    let start = first.range.lowerBound
    switch first.kind {
    case .number:
      advance()
      return try node(.number(first.text), start)
    case .text:
      advance()
      return try node(.text(first.text), start)
    case .symbol where first.text == "(":
      advance()
      let inner = try expression()
      guard token.isSymbol(")") else { throw unexpected("“)”") }
      advance()
      // The range takes the parentheses in, so that a caret underlines what was written.
      return try node(inner.form, start, [inner])
    case .quotedName:
      return try column()
    case .word:
      return try word()
    case .symbol, .end:
      throw unexpected("a value")
    }
  }

  private mutating func word() throws(Mistake) -> Syntax {
    let first = token
    let start = first.range.lowerBound
    let next = token(1)
    switch first.text.lowercased() {
    case "null":
      advance()
      return try node(.null, start)
    case "true", "false":
      advance()
      return try node(.boolean(first.isWord("true")), start)
    case "case":
      return try caseWhen()
    case "date" where next.kind == .text, "timestamp" where next.kind == .text:
      advance()
      advance()
      return try node(.moment(first.isWord("date") ? .date : .timestamp, next.text), start)
    case "interval" where next.kind == .text || next.kind == .number:
      return try interval()
    case "cast" where next.isSymbol("("), "try_cast" where next.isSymbol("("):
      return try cast()
    case "extract" where next.isSymbol("("):
      return try extract()
    case _ where first.isReserved:
      throw unexpected("a value")
    case _ where next.isSymbol("("):
      return try call()
    default:
      return try column()
    }
  }

  /// `NAME` or `table.NAME`.
  private mutating func column() throws(Mistake) -> Syntax {
    let first = Word(text: token.text, range: token.range)
    advance()
    guard token.isSymbol(".") else {
      return try node(.column(table: nil, name: first), first.range.lowerBound)
    }
    advance()
    guard token.kind == .word || token.kind == .quotedName else { throw unexpected("a column") }
    let name = Word(text: token.text, range: token.range)
    advance()
    return try node(.column(table: first, name: name), first.range.lowerBound)
  }

  private mutating func call() throws(Mistake) -> Syntax {
    let name = Word(text: token.text, range: token.range)
    advance()
    advance()
    if token.isSymbol(")") {
      advance()
      return try node(.call(name, []), name.range.lowerBound)
    }
    var arguments: [Syntax]
    switch name.text.lowercased() {
    case "position":
      // position(part in text) is strpos(text, part).
      let part = try expression(.concatenation)
      try take(word: "in")
      arguments = [try expression(), part]
      try take(")")
      return try node(
        .call(Word(text: "strpos", range: name.range), arguments), name.range.lowerBound,
        arguments)
    case "trim":
      return try trim(name)
    case "substring":
      arguments = [try expression()]
      if token.isWord("from") {
        advance()
        arguments.append(try expression())
        if token.isWord("for") {
          advance()
          arguments.append(try expression())
        }
        try take(")")
      } else if token.isSymbol(",") {
        advance()
        arguments += try list()
      } else {
        try take(")")
      }
    default:
      arguments = try list()
    }
    return try node(.call(name, arguments), name.range.lowerBound, arguments)
  }

  /// What follows `trim(`: `[leading | trailing | both] ['characters'] from x`, or arguments.
  private mutating func trim(_ name: Word) throws(Mistake) -> Syntax {
    var function = name
    let sides = ["leading": "ltrim", "trailing": "rtrim", "both": "trim"]
    let next = token(1)
    if token.kind == .word, let side = sides[token.text.lowercased()],
      next.kind == .word || next.kind == .text || next.kind == .quotedName
    {
      function.text = side
      advance()
    }
    let start = name.range.lowerBound
    if token.isWord("from"), !token(1).isSymbol(")"), !token(1).isSymbol(",") {
      advance()
      let operand = try expression()
      try take(")")
      return try node(.call(function, [operand]), start, [operand])
    }
    let first = try expression()
    if token.isWord("from") {
      advance()
      let operand = try expression()
      try take(")")
      return try node(.call(function, [operand, first]), start, [operand, first])
    }
    guard token.isSymbol(",") else {
      try take(")")
      return try node(.call(function, [first]), start, [first])
    }
    advance()
    let arguments = [first] + (try list())
    return try node(.call(function, arguments), start, arguments)
  }

  private mutating func extract() throws(Mistake) -> Syntax {
    let start = token.range.lowerBound
    advance()
    advance()
    guard token.kind == .word else { throw unexpected("a unit such as “year”") }
    let unit = Word(text: token.text.lowercased(), range: token.range)
    advance()
    try take(word: "from")
    let operand = try expression()
    try take(")")
    return try node(.extract(unit, from: operand), start, [operand])
  }

  private mutating func interval() throws(Mistake) -> Syntax {
    let start = token.range.lowerBound
    advance()
    let amount = token.text
    advance()
    guard token.kind == .word else { throw unexpected("a unit such as “day”") }
    let unit = Word(text: token.text.lowercased(), range: token.range)
    advance()
    return try node(.interval(amount, unit: unit), start)
  }

  private mutating func caseWhen() throws(Mistake) -> Syntax {
    let start = token.range.lowerBound
    advance()
    var operand: Syntax?
    if !token.isWord("when") { operand = try expression() }
    var branches: [Form.Branch] = []
    guard token.isWord("when") else { throw unexpected("“when”") }
    while token.isWord("when") {
      advance()
      let when = try expression()
      try take(word: "then")
      branches.append(Form.Branch(when: when, then: try expression()))
    }
    var otherwise: Syntax?
    if token.isWord("else") {
      advance()
      otherwise = try expression()
    }
    guard token.isWord("end") else {
      throw unexpected(otherwise == nil ? "“when”, “else” or “end”" : "“end”")
    }
    advance()
    let children =
      branches.flatMap { [$0.when, $0.then] } + [operand, otherwise].compactMap { $0 }
    return try node(
      .caseWhen(operand: operand, branches: branches, otherwise: otherwise), start, children)
  }
}
