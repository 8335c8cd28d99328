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
      """
      The text without white space (spaces, tabs, line ends, no-break spaces), or without any of \
      the characters given, at its ends; `trim([both] 'characters' from x)` is the same
      """,
      trimSignatures(left: true, right: true),
      [.init("trim('  E11 ')", "E11"), .init("trim(both '*' from '**E11*')", "E11")]),
    FunctionSpec(
      "ltrim", .text,
      """
      The text without white space, or without any of the characters given, at its start; \
      `trim(leading 'characters' from x)` is the same
      """,
      trimSignatures(left: true, right: false),
      [.init("ltrim('  E11') || '.'", "E11."), .init("ltrim('000420', '0')", "420")]),
    FunctionSpec(
      "rtrim", .text,
      """
      The text without white space, or without any of the characters given, at its end; \
      `trim(trailing 'characters' from x)` is the same
      """,
      trimSignatures(left: false, right: true),
      [
        .init("rtrim('E11  ') || '.'", "E11."), .init("trim(trailing '+' from 'E11++')", "E11"),
      ]),
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
      "concat_ws", .text,
      "The texts with a separator between them, those that are null left out",
      [Signature([.text("separator"), .text("x").repeated], .text, .join)],
      [.init("concat_ws('-', 'a', null, 'b')", "a-b")]),
    FunctionSpec(
      "initcap", .text,
      "Capital letters at the start of words, small ones elsewhere, as `upper` and `lower` know them",
      [Signature([.text("x")], .text, .capitalize)],
      [.init("initcap('JEAN-PIERRE d''été')", "Jean-Pierre D'Été")]),
    FunctionSpec(
      "unaccent", .text,
      """
      Letters of Latin-1 and Latin Extended-A without their marks, ligatures as two letters, \
      combining marks left out
      """,
      [Signature([.text("x")], .text, .unaccent)],
      [.init("unaccent('Cœur, été')", "Coeur, ete")]),
    FunctionSpec(
      "translate", .text,
      "Each character of `from` replaced by that of `to` at its place, or left out without one",
      [
        Signature(
          [.text("x"), .init("from", .literal), .init("to", .literal)], result: "text"
        ) { checker, call in
          guard let from = call.nodes[1].constant?.texts[0],
            let to = call.nodes[2].constant?.texts[0]
          else { return nil }
          return checker.call(.text, .translate(from, to), [call.nodes[0]], call.range)
        }
      ],
      [.init("translate('1.234,5', ',.', '.')", "1234.5")]),
    FunctionSpec(
      "to_integer", .text, "The integer that a text writes; fails (`not_an_integer`) otherwise",
      [Signature([.text("x")], .integer, reading(.integer, .notAnInteger))],
      [.init("to_integer(' -042 ')", "-42")]),
    FunctionSpec(
      "to_decimal", .text,
      """
      The decimal that a text writes with a point, or with the mark given, with 6 fraction digits \
      or as many as given; with a mark, spaces may set off groups of three digits; fails \
      (`not_a_decimal`) otherwise
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
        Signature(
          [.text("x"), .integer("digits"), .init("mark", .literal)], result: "decimal(digits)",
          build: { checker, call in checker.marked(call) }),
      ],
      [
        .init("to_decimal('3.14')", "3.140000"), .init("to_decimal('3.149', 2)", "3.15"),
        .init("to_decimal('1 234,5', 2, ',')", "1234.50"),
      ]),
  ]

  /// `trim(x)` and `trim(x, 'characters')`.
  private static func trimSignatures(left: Bool, right: Bool) -> [Signature] {
    [
      Signature([.text("x")], .text, .trim(left: left, right: right)),
      Signature([.text("x"), .init("characters", .literal)], result: "text") { checker, call in
        guard let characters = call.nodes[1].constant?.texts[0] else { return nil }
        let kernel = Kernel.trim(CharacterMap(characters), left: left, right: right)
        return checker.call(.text, kernel, [call.nodes[0]], call.range)
      },
    ]
  }

  /// A kernel that reads a type for which there is one.
  static func reading(_ type: ExpressionType, _ reason: FailureReason) -> Kernel {
    guard let kernel = Kernel.reading(type, failing: reason) else {
      preconditionFailure("\(type) cannot be read from a text")
    }
    return kernel
  }
}

extension Checker {
  /// `to_decimal(x, digits, 'mark')`.
  fileprivate mutating func marked(_ call: Signature.Call) -> Node? {
    guard let scale = digits(call.nodes[1], call.syntaxes[1]),
      let text = call.nodes[2].constant?.texts[0]
    else { return nil }
    guard text == "," || text == ".", let mark = text.utf8.first else {
      error("bad-mark", "the mark is ',' or '.'", call.syntaxes[2].range)
      return nil
    }
    let kernel = Kernel(canFail: true) { frame in
      frame.readTexts(failing: .notADecimal) {
        NumberFormat.decimal($0, scale: scale, mark: mark)
      }
    }
    return self.call(.decimal(scale: scale), kernel, [call.nodes[0]], call.range)
  }

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
