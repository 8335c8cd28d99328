import Columnar

extension Checker {
  /// Two operands brought to one type that can be compared.
  private mutating func pair(
    _ left: Syntax, _ right: Syntax, ordered: Bool
  ) -> (Node, Node)? {
    let checkedLeft = check(left)
    guard let second = check(right), let first = checkedLeft else { return nil }
    return pair(first, second, left, right, ordered: ordered)
  }

  mutating func pair(
    _ first: Node, _ second: Node, _ left: Syntax, _ right: Syntax, ordered: Bool
  ) -> (Node, Node)? {
    guard let type = ExpressionType.common(first.type, second.type) else {
      let range = second.type.isKey || !first.type.isKey ? right.range : left.range
      incomparable(first.type, second.type, "be compared with", range)
      return nil
    }
    if ordered, type.isKey {
      leak(type, "be put in order", first.type.isKey ? left.range : right.range)
      return nil
    }
    if ordered, type == .partialDate {
      mismatch(
        "partial dates have no order", first.type == .partialDate ? left.range : right.range,
        hint: "compare first_day() or last_day() of them")
      return nil
    }
    // Exact numbers of any two scales are compared as they are, so that nothing can overflow.
    let isExact = first.type.exactScale != nil && second.type.exactScale != nil
    if isExact { return (first, second) }
    let wanted = type == .null ? ExpressionType.integer : type
    guard let first = widen(first, wanted, left.range),
      let second = widen(second, wanted, right.range)
    else { return nil }
    return (first, second)
  }

  mutating func comparison(
    _ comparison: Comparison, _ left: Syntax, _ right: Syntax, _ range: Range<Int>
  ) -> Node? {
    let ordered = comparison != .equal && comparison != .notEqual
    guard let (first, second) = pair(left, right, ordered: ordered) else { return nil }
    return compare(comparison, first, second, range)
  }

  mutating func distinct(
    _ left: Syntax, _ right: Syntax, _ negated: Bool, _ range: Range<Int>
  ) -> Node? {
    guard let (first, second) = pair(left, right, ordered: false) else { return nil }
    let equality = Kernel.compare(.equal, first.type, second.type)
    return call(.boolean, .isDistinct(equality, negated: negated), [first, second], range)
  }

  mutating func compare(
    _ comparison: Comparison, _ first: Node, _ second: Node, _ range: Range<Int>
  ) -> Node? {
    call(.boolean, .compare(comparison, first.type, second.type), [first, second], range)
  }

  mutating func between(
    _ operand: Syntax, _ low: Syntax, _ high: Syntax, _ negated: Bool, _ range: Range<Int>
  ) -> Node? {
    let value = check(operand)
    let lowNode = check(low)
    guard let highNode = check(high), let lowNode, let value else { return nil }
    let slot = newSlot()
    let bound = value.isConstant ? value : Node(value.type, .input(slot))
    guard let (over, lowest) = pair(bound, lowNode, operand, low, ordered: true),
      let (under, highest) = pair(bound, highNode, operand, high, ordered: true),
      let above = compare(.greaterOrEqual, over, lowest, range),
      let below = compare(.lessOrEqual, under, highest, range),
      let inside = fold(.boolean, .logical(isAnd: true, [above, below]), range)
    else { return nil }
    return finish(inside, negated: negated, value, slot, range)
  }

  /// A condition over a value that a slot holds, negated if asked.
  private mutating func finish(
    _ condition: Node, negated: Bool, _ value: Node, _ slot: Int, _ range: Range<Int>
  ) -> Node? {
    var condition = condition
    if negated {
      guard let opposite = call(.boolean, .not, [condition], range) else { return nil }
      condition = opposite
    }
    if value.isConstant { return condition }
    return fold(.boolean, .bind(value, slot: slot, body: condition), range)
  }

  mutating func inList(
    _ operand: Syntax, _ items: [Syntax], _ negated: Bool, _ range: Range<Int>
  ) -> Node? {
    let checked = check(operand)
    var nodes: [Node] = []
    for item in items {
      if let node = check(item) { nodes.append(node) }
    }
    guard let value = checked, nodes.count == items.count else { return nil }
    let slot = newSlot()
    let bound = value.isConstant ? value : Node(value.type, .input(slot))
    var pairs: [(Node, Node)] = []
    for (node, item) in zip(nodes, items) {
      if let pair = pair(bound, node, operand, item, ordered: false) { pairs.append(pair) }
    }
    guard pairs.count == nodes.count else { return nil }
    // Constants of one type are looked up together; the others are compared one after the other.
    let type = pairs[0].0.type
    if nodes.allSatisfy(\.isConstant), type != .double, !type.isKey,
      pairs.allSatisfy({ $0.0.type == type && $0.1.type == type })
    {
      let set = Column.concatenated(pairs.compactMap(\.1.constant), type: type.columnType)
      guard set.count == pairs.count,
        let found = call(.boolean, .isMember(of: set), [pairs[0].0], range)
      else { return nil }
      return finish(found, negated: negated, value, slot, range)
    }
    var terms: [Node] = []
    for (first, second) in pairs {
      guard let term = compare(.equal, first, second, range) else { return nil }
      terms.append(term)
    }
    guard let found = fold(.boolean, .logical(isAnd: false, terms), range) else { return nil }
    return finish(found, negated: negated, value, slot, range)
  }

  mutating func like(
    _ operand: Syntax, _ pattern: Syntax, _ escape: Syntax?, _ negated: Bool, _ range: Range<Int>
  ) -> Node? {
    let node = check(operand)
    guard let node, node.type == .text || node.type == .null else {
      if let type = node?.type, type.isKey {
        leak(type, "be compared with a pattern", operand.range)
      } else if let node {
        mismatch("“like” takes a text, not \(node.type)", operand.range)
      }
      return nil
    }
    guard case .text(let text) = pattern.form else {
      error("constant-needed", "the pattern of “like” must be a text in quotes", pattern.range)
      return nil
    }
    var escapeCharacter: Unicode.Scalar?
    if let escape {
      guard case .text(let text) = escape.form, text.unicodeScalars.count == 1 else {
        error("bad-escape", "the escape of “like” must be one character in quotes", escape.range)
        return nil
      }
      escapeCharacter = text.unicodeScalars.first
    }
    guard let compiled = LikePattern(text, escape: escapeCharacter) else {
      error(
        "bad-pattern", "an escape stands before %, _ or itself, and not at the end",
        pattern.range)
      return nil
    }
    guard let operand = widen(node, .text, range),
      let found = call(.boolean, .like(compiled), [operand], range)
    else { return nil }
    return negated ? call(.boolean, .not, [found], range) : found
  }
}
