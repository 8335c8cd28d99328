import Columnar

extension ExpressionLanguage {
  static let numberFunctions: [FunctionSpec] = [
    FunctionSpec(
      "abs", .number, "The number without its sign",
      [
        Signature([.init("x", .number)], result: "as x") { checker, call in
          let type = call.nodes[0].type
          return checker.call(type, .absolute(type), call.nodes, call.range)
        }
      ],
      [.init("abs(-1.5)", "1.5")]),
    FunctionSpec(
      "sign", .number, "−1, 0 or 1",
      [
        Signature([.init("x", .number)], result: "integer") { checker, call in
          checker.call(.integer, .sign(call.nodes[0].type), call.nodes, call.range)
        }
      ],
      [.init("sign(-0.2)", "-1")]),
    FunctionSpec(
      "round", .number,
      """
      The nearest integer, or number of so many fraction digits; halves away from zero; a double \
      rounded to digits becomes a decimal
      """,
      [
        Signature([.init("x", .number)], result: "integer") { checker, call in
          checker.rounded(call, .nearest)
        },
        Signature(
          [.init("x", .number), .integer("digits")], result: "decimal(digits)"
        ) { checker, call in
          guard let scale = checker.digits(call.nodes[1], call.syntaxes[1]) else { return nil }
          return checker.rounded(call, to: scale)
        },
      ],
      [.init("round(-2.5)", "-3"), .init("round(2.675, 2)", "2.68")]),
    FunctionSpec(
      "floor", .number, "The greatest integer that is not greater",
      [
        Signature([.init("x", .number)], result: "integer") { checker, call in
          checker.rounded(call, .down)
        }
      ],
      [.init("floor(-2.5)", "-3")]),
    FunctionSpec(
      "ceil", .number, "The least integer that is not less",
      [
        Signature([.init("x", .number)], result: "integer") { checker, call in
          checker.rounded(call, .up)
        }
      ],
      [.init("ceil(-2.5)", "-2")]),
    FunctionSpec(
      "div", .number, "The quotient of integers without its fraction; `/` keeps the fraction",
      [Signature([.integer("x"), .integer("y")], .integer, .integerQuotient)],
      [.init("div(-7, 2)", "-3"), .init("7 / 2", "3.500000")]),
  ]
}

extension Checker {
  /// A number rounded to an integer.
  fileprivate mutating func rounded(_ call: Signature.Call, _ direction: Kernel.Rounding) -> Node? {
    switch call.nodes[0].type {
    case .decimal(let scale):
      self.call(.integer, .round(direction, dropping: scale), call.nodes, call.range)
    case .double: self.call(.integer, .roundDouble(direction), call.nodes, call.range)
    default: call.nodes[0]
    }
  }

  /// A number rounded to a number of fraction digits.
  fileprivate mutating func rounded(_ call: Signature.Call, to digits: Int) -> Node? {
    let node = call.nodes[0]
    let type = ExpressionType.decimal(scale: digits)
    if let scale = node.type.exactScale {
      // Fewer digits than asked for are kept as they are: nothing is there to round.
      if scale <= digits { return node }
      return self.call(type, .rescale(dropping: scale - digits), [node], call.range)
    }
    guard let kernel = Kernel.cast(node.type, type, trying: false) else { return nil }
    return self.call(type, kernel, [node], call.range)
  }
}
