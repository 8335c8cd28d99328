import Columnar

extension ExpressionLanguage {
  static let textFunctions: [FunctionSpec] = [
    FunctionSpec(
      "upper", .text,
      "Capital letters of ASCII, Latin-1 and Latin Extended-A; others, and `ß`, stay",
      [Signature([.text("x")], .text, .changeCase(upper: true))],
      [.init("upper('cœur, été')", "CŒUR, ÉTÉ")]),
    FunctionSpec(
      "lower", .text, "Small letters of ASCII, Latin-1 and Latin Extended-A; others stay",
      [Signature([.text("x")], .text, .changeCase(upper: false))],
      [.init("lower('ÉTÉ')", "été")]),
    FunctionSpec(
      "trim", .text,
      "The text without white space (spaces, tabs, line ends, no-break spaces) at its ends",
      [Signature([.text("x")], .text, .trim(left: true, right: true))],
      [.init("trim('  E11 ')", "E11")]),
    FunctionSpec(
      "ltrim", .text, "The text without white space at its start",
      [Signature([.text("x")], .text, .trim(left: true, right: false))],
      [.init("ltrim('  E11') || '.'", "E11.")]),
    FunctionSpec(
      "rtrim", .text, "The text without white space at its end",
      [Signature([.text("x")], .text, .trim(left: false, right: true))],
      [.init("rtrim('E11  ') || '.'", "E11.")]),
    FunctionSpec(
      "length", .text, "The number of characters (Unicode code points)",
      [Signature([.text("x")], .integer, .length)], [.init("length('été')", "3")]),
    FunctionSpec(
      "substring", .text,
      """
      The characters whose number, from 1, lies in `from` to `from + count − 1`; \
      `substring(x from 2 for 3)` is the same
      """,
      [
        Signature(
          [.text("x"), .integer("from"), .integer("count").optional], .text, .substring)
      ],
      [.init("substring('E119', 2, 2)", "11"), .init("substring('E119' from 4)", "9")]),
    FunctionSpec(
      "left", .text, "The first characters, none when the count is negative",
      [Signature([.text("x"), .integer("count")], .text, .side(left: true))],
      [.init("left('E119', 3)", "E11")]),
    FunctionSpec(
      "right", .text, "The last characters, none when the count is negative",
      [Signature([.text("x"), .integer("count")], .text, .side(left: false))],
      [.init("right('E119', 1)", "9")]),
    FunctionSpec(
      "replace", .text, "Every occurrence of a part replaced; an empty part replaces nothing",
      [Signature([.text("x"), .text("part"), .text("with")], .text, .replace)],
      [.init("replace('1,5', ',', '.')", "1.5")]),
    FunctionSpec(
      "strpos", .text,
      """
      The number of the character where a part begins, 0 when it is nowhere; \
      `position(part in x)` is the same
      """,
      [Signature([.text("x"), .text("part")], .integer, .position)],
      [.init("strpos('B24+0', '+')", "4"), .init("position('+' in 'B24')", "0")]),
    FunctionSpec(
      "starts_with", .text, "Whether a text begins with a part",
      [Signature([.text("x"), .text("part")], .boolean, .startsWith)],
      [.init("starts_with('E119', 'E11')", "true")]),
    FunctionSpec(
      "ends_with", .text, "Whether a text ends with a part",
      [Signature([.text("x"), .text("part")], .boolean, .endsWith)],
      [.init("ends_with('E119', 'E')", "false")]),
    FunctionSpec(
      "contains", .text, "Whether a part occurs in a text",
      [Signature([.text("x"), .text("part")], .boolean, .contains)],
      [.init("contains('type 2 diabetes', 'diab')", "true")]),
    FunctionSpec(
      "lpad", .text,
      "The text filled up at its start, or cut at its end, to a count of characters up to 1000",
      [
        Signature(
          [.text("x"), .integer("count"), .text("fill").optional], .text, .pad(left: true))
      ],
      [.init("lpad('42', 5, '0')", "00042")]),
    FunctionSpec(
      "rpad", .text, "The text filled up, or cut, at its end to a count of characters up to 1000",
      [
        Signature(
          [.text("x"), .integer("count"), .text("fill").optional], .text, .pad(left: false))
      ],
      [.init("rpad('42', 4) || '.'", "42  .")]),
    FunctionSpec(
      "split_part", .text,
      "The field of a number, from 1, between separators; empty when there is none",
      [
        Signature(
          [.text("x"), .text("separator"), .integer("number")], .text, .splitPart)
      ],
      [.init("split_part('718-7^Hb^LN', '^', 2)", "Hb")]),
    FunctionSpec(
      "concat", .text, "The texts one after the other, those that are null left out (unlike `||`)",
      [Signature([.text("x").repeated], .text, .concatenatePresent)],
      [.init("concat('a', null, 'b')", "ab")]),
    FunctionSpec(
      "to_integer", .text, "The integer that a text writes; fails (`not_an_integer`) otherwise",
      [Signature([.text("x")], .integer, reading(.integer, .notAnInteger))],
      [.init("to_integer(' -042 ')", "-42")]),
    FunctionSpec(
      "to_decimal", .text,
      """
      The decimal that a text writes with a point, with 6 fraction digits or as many as \
      given; fails (`not_a_decimal`) otherwise
      """,
      [
        Signature(
          [.text("x")], .decimal(scale: defaultScale),
          reading(.decimal(scale: defaultScale), .notADecimal)),
        Signature(
          [.text("x"), .integer("digits")], result: "decimal(digits)",
          build: { checker, call in
            guard let scale = checker.digits(call.nodes[1], call.syntaxes[1]) else { return nil }
            let type = ExpressionType.decimal(scale: scale)
            return checker.call(
              type, reading(type, .notADecimal), [call.nodes[0]], call.range)
          }),
      ],
      [.init("to_decimal('3.14')", "3.140000"), .init("to_decimal('3.149', 2)", "3.15")]),
  ]

  /// A kernel that reads a type for which there is one.
  static func reading(_ type: ExpressionType, _ reason: FailureReason) -> Kernel {
    guard let kernel = Kernel.reading(type, failing: reason) else {
      preconditionFailure("\(type) cannot be read from a text")
    }
    return kernel
  }
}

extension Checker {
  /// An argument that says a number of fraction digits and is written out.
  mutating func digits(_ node: Node, _ syntax: Syntax) -> Int? {
    if let lane = node.constant?.lanes.first, node.constant?.nullCount == 0,
      lane >= 0, lane <= ExpressionLanguage.maximumScale
    {
      return Int(lane)
    }
    error(
      "constant-needed",
      "a count of digits is written out, from 0 to \(ExpressionLanguage.maximumScale)",
      syntax.range)
    return nil
  }
}
