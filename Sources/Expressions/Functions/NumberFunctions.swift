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
      "trunc", .number,
      """
      The number without its fraction, or, of a decimal, without the digits after so many: towards \
      zero, never rounded
      """,
      [
        Signature([.init("x", .number)], result: "integer") { checker, call in
          checker.rounded(call, .towardZero)
        },
        Signature(
          [.init("x", .number), .integer("digits")], result: "decimal(digits)"
        ) { checker, call in
          guard let scale = checker.digits(call.nodes[1], call.syntaxes[1]) else { return nil }
          return checker.truncated(call, to: scale)
        },
      ],
      [.init("trunc(-2.7)", "-2"), .init("trunc(2.679, 2)", "2.67")]),
    FunctionSpec(
      "mod", .number,
      "The remainder, with the sign of `x`, as `x % y`; fails (`division_by_zero`) by 0",
      [
        Signature([.init("x", .number), .init("y", .number)], result: "as x % y") {
          checker, call in
          checker.numbers(.remainder, call.nodes[0], call.nodes[1], call.range)
        }
      ],
      [.init("mod(-7, 3)", "-1"), .init("mod(7.5, 2)", "1.5")]),
    FunctionSpec(
      "sqrt", .number, "The square root; fails (`invalid_argument`) below 0",
      [Signature([.double("x")], .double, .squareRoot)],
      [.init("sqrt(2.25)", "1.5")]),
    FunctionSpec(
      "power", .number,
      """
      `x` to the power of `y`; fails where there is none (0 to a negative power: \
      `division_by_zero`; a negative number to a fraction: `invalid_argument`) or no room (`overflow`)
      """,
      [Signature([.double("x"), .double("y")], .double, .power)],
      [.init("power(2, 10)", "1024.0"), .init("round(power(0.9, -1.209), 6)", "1.135850")]),
    FunctionSpec(
      "exp", .number, "The number e to the power of `x`; fails (`overflow`) without room",
      [Signature([.double("x")], .double, .exponential)],
      [.init("exp(0)", "1.0"), .init("round(exp(1), 9)", "2.718281828")]),
    FunctionSpec(
      "ln", .number, "The natural logarithm; fails (`invalid_argument`) unless above 0",
      [Signature([.double("x")], .double, .logarithm)],
      [.init("ln(1)", "0.0"), .init("round(ln(10), 9)", "2.302585093")]),
    FunctionSpec(
      "log10", .number, "The logarithm to base 10; fails (`invalid_argument`) unless above 0",
      [Signature([.double("x")], .double, .commonLogarithm)],
      [.init("log10(1000)", "3.0")]),
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

  /// A number cut to a number of fraction digits.
  fileprivate mutating func truncated(_ call: Signature.Call, to digits: Int) -> Node? {
    let node = call.nodes[0]
    guard let scale = node.type.exactScale else {
      mismatch(
        "a double has no decimal digits to cut", call.syntaxes[0].range,
        hint: "cast it to a decimal first")
      return nil
    }
    if scale <= digits { return node }
    return self.call(
      .decimal(scale: digits), .round(.towardZero, dropping: scale - digits), [node], call.range)
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
