extension Checker {
  /// A node that must be a number; a bare null is taken for an integer.
  mutating func numeric(_ node: Node, _ operation: String, _ syntax: Syntax) -> Node? {
    if node.type == .null { return null(.integer) }
    if node.type.isNumber { return node }
    if node.type.isKey {
      leak(node.type, "be computed with", syntax.range)
    } else {
      mismatch(
        "“\(operation)” takes numbers, not \(node.type)", syntax.range,
        hint: node.type == .text ? "to_integer() or to_decimal() reads a number" : nil)
    }
    return nil
  }

  /// An operand that must be a boolean.
  mutating func boolean(_ syntax: Syntax, _ operation: String) -> Node? {
    guard let node = check(syntax) else { return nil }
    if let node = widen(node, .boolean, syntax.range) { return node }
    if node.type.isKey {
      leak(node.type, "be a condition", syntax.range)
    } else {
      mismatch("“\(operation)” takes a boolean, not \(node.type)", syntax.range)
    }
    return nil
  }

  mutating func arithmetic(
    _ operation: Arithmetic, _ left: Syntax, _ right: Syntax, _ range: Range<Int>
  ) -> Node? {
    if case .interval(let amount, let unit) = right.form,
      operation == .add || operation == .subtract
    {
      return shift(left, amount, unit, right, negative: operation == .subtract, range)
    }
    if case .interval(let amount, let unit) = left.form, operation == .add {
      return shift(right, amount, unit, left, negative: false, range)
    }
    let checkedLeft = check(left)
    guard let second = check(right), let first = checkedLeft else { return nil }
    switch (first.type, operation, second.type) {
    case (.date, .add, .integer), (.date, .subtract, .integer), (.date, .add, .null),
      (.date, .subtract, .null):
      guard let days = widen(second, .integer, range) else { return nil }
      return call(.date, .addDays(negative: operation == .subtract), [first, days], range)
    case (.integer, .add, .date):
      return call(.date, .addDays(negative: false), [second, first], range)
    case (.date, .subtract, .date):
      return call(.integer, .arithmetic(.subtract, .integer), [first, second], range)
    case (.date, .add, _), (.date, .subtract, _), (.timestamp, .add, _), (.timestamp, .subtract, _):
      mismatch(
        "\(second.type) cannot be \(operation == .add ? "added to" : "subtracted from") "
          + "\(first.type)", right.range,
        hint: "days_between(from, to) counts days, interval '3' hour shifts")
      return nil
    default: break
    }
    let numericLeft = numeric(first, operation.rawValue, left)
    guard let second = numeric(second, operation.rawValue, right), let first = numericLeft else {
      return nil
    }
    return numbers(operation, first, second, range)
  }

  /// Arithmetic on numbers of any two types.
  mutating func numbers(
    _ operation: Arithmetic, _ first: Node, _ second: Node, _ range: Range<Int>
  ) -> Node? {
    guard let left = first.type.exactScale, let right = second.type.exactScale else {
      guard let first = widen(first, .double, range), let second = widen(second, .double, range)
      else { return nil }
      return call(.double, .arithmetic(operation), [first, second], range)
    }
    let highest = max(left, right)
    switch operation {
    case .add, .subtract, .remainder:
      guard let type = ExpressionType.common(first.type, second.type),
        let first = widen(first, type, range), let second = widen(second, type, range)
      else { return nil }
      return call(type, .arithmetic(operation, type), [first, second], range)
    case .multiply:
      let scale = min(left + right, max(ExpressionLanguage.maximumScale, highest))
      let type =
        ExpressionType.common(first.type, second.type) == .integer
        ? .integer : ExpressionType.decimal(scale: scale)
      return call(type, .multiply(dropping: left + right - scale), [first, second], range)
    case .divide:
      let scale = max(highest, ExpressionLanguage.defaultScale)
      return call(
        .decimal(scale: scale), .divide(shift: scale + right - left), [first, second], range)
    }
  }

  mutating func concatenation(_ terms: [Syntax], _ range: Range<Int>) -> Node? {
    var operands: [Node] = []
    for term in terms {
      guard let node = check(term) else { continue }
      if let text = widen(node, .text, term.range) {
        operands.append(text)
      } else if node.type.isKey {
        leak(node.type, "be put into a text", term.range)
      } else {
        mismatch(
          "“||” takes texts, not \(node.type)", term.range,
          hint: "cast(\(source.text(term.range)) as text) writes it out")
      }
    }
    guard operands.count == terms.count else { return nil }
    return call(.text, .concatenate, operands, range)
  }

  mutating func logical(isAnd: Bool, _ terms: [Syntax], _ range: Range<Int>) -> Node? {
    let operands = terms.compactMap { boolean($0, isAnd ? "and" : "or") }
    guard operands.count == terms.count else { return nil }
    return fold(.boolean, .logical(isAnd: isAnd, operands), range)
  }

  mutating func cast(
    _ node: Node, _ type: ExpressionType, _ trying: Bool, _ operand: Syntax, _ range: Range<Int>
  ) -> Node? {
    if node.type == type { return node }
    if node.type == .null { return null(type) }
    if node.type.isKey {
      leak(node.type, "be cast", operand.range)
      return nil
    }
    guard let kernel = Kernel.cast(node.type, type, trying: trying) else {
      var hint: String?
      if node.type == .partialDate { hint = "first_day() or last_day() completes a partial date" }
      mismatch("\(node.type) cannot be cast to \(type)", operand.range, hint: hint)
      return nil
    }
    return call(type, kernel, [node], range)
  }
}
