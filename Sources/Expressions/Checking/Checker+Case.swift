extension Checker {
  /// Both forms of `case`; the simple one compares its operand, computed once, with `=`.
  mutating func caseWhen(
    _ operand: Syntax?, _ branches: [Form.Branch], _ otherwise: Syntax?, _ range: Range<Int>
  ) -> Node? {
    var isSound = true
    var value: Node?
    let slot = newSlot()
    var bound: Node?
    if let operand {
      value = check(operand)
      isSound = value != nil
      bound = value.map { $0.isConstant ? $0 : Node($0.type, .input(slot)) }
    }
    var conditions: [Node] = []
    var results: [Node] = []
    var resultSyntaxes: [Syntax] = []
    for branch in branches {
      let condition: Node?
      if let operand {
        condition = match(bound, operand, branch.when)
      } else {
        condition = boolean(branch.when, "when")
      }
      let result = check(branch.then)
      guard let condition, let result else {
        isSound = false
        continue
      }
      conditions.append(condition)
      results.append(result)
      resultSyntaxes.append(branch.then)
    }
    if let otherwise {
      if let result = check(otherwise) {
        results.append(result)
        resultSyntaxes.append(otherwise)
      } else {
        isSound = false
      }
    }
    guard let type = commonType(results, resultSyntaxes), isSound else { return nil }
    var widened: [Node] = []
    for (result, syntax) in zip(results, resultSyntaxes) {
      if let node = widen(result, type, syntax.range) { widened.append(node) }
    }
    guard widened.count == results.count else { return nil }
    let nodes = zip(conditions, widened).map { Node.Branch(when: $0, then: $1) }
    let rest = otherwise == nil ? null(type) : widened[widened.count - 1]
    guard let choice = fold(type, .choice(nodes, otherwise: rest), range) else { return nil }
    guard let value, !value.isConstant else { return choice }
    return fold(type, .bind(value, slot: slot, body: choice), range)
  }

  /// Whether the operand of a simple `case` equals the value of a branch.
  private mutating func match(_ bound: Node?, _ operand: Syntax, _ when: Syntax) -> Node? {
    guard let other = check(when), let bound,
      let (first, second) = pair(bound, other, operand, when, ordered: false)
    else { return nil }
    return compare(.equal, first, second, when.range)
  }
}
