import Columnar
import Diagnostics

extension ExpressionLanguage {
  static let mappingFunctions: [FunctionSpec] = [
    FunctionSpec(
      "map", .mapping,
      """
      The concept id that a mapping file gives a text; 0 when it has none, null when the text is \
      null
      """,
      [
        Signature([.text("x"), .init("name", .literal)], result: "integer") { checker, call in
          checker.map(call)
        }
      ],
      [.init("map('M', 'gender')", "8507"), .init("map('?', 'gender')", "0")]),
    FunctionSpec(
      "icd10_dotted", .mapping,
      """
      An ICD-10 code as the vocabulary writes it: trimmed, in capitals, with a dot after the third \
      character when it has none and goes on
      """,
      [Signature([.text("code")], .text, .dotICD10)],
      [
        .init("icd10_dotted(' e119')", "E11.9"), .init("icd10_dotted('I10')", "I10"),
        .init("icd10_dotted('B24+0')", "B24.+0"),
      ]),
    FunctionSpec(
      "luhn_digit", .mapping,
      """
      The check digit that follows a number by ISO/IEC 7812, as in FINESS numbers; null when the \
      text is not digits alone
      """,
      [Signature([.text("x")], .text, .checkDigit(.luhn))],
      [.init("luhn_digit('7992739871')", "3"), .init("luhn_digit('2A000001')", "null")]),
    FunctionSpec(
      "ean_digit", .mapping,
      """
      The check digit that follows a number by ISO/IEC 15420, as in CIP13 and UCD13 codes; null when \
      the text is not digits alone
      """,
      [Signature([.text("x")], .text, .checkDigit(.ean))],
      [.init("ean_digit('978014300723')", "4")]),
  ]
}

extension Checker {
  fileprivate mutating func map(_ call: Signature.Call) -> Node? {
    guard let name = call.nodes[1].constant?.texts[0] else { return nil }
    guard let valueMap = environment.valueMaps.valueMap(name) else {
      let near = suggestion(for: name, in: environment.valueMaps.valueMapNames)
      error(
        "unknown-value-map", "there is no mapping file “\(name)”", call.syntaxes[1].range,
        hint: near)
      return nil
    }
    note(valueMap: name)
    let keys = valueMap.keys
    let targets = valueMap.targets
    let kernel = Kernel { frame in
      frame.mapTexts { text in keys.find(text).map { targets[$0] } ?? 0 }
    }
    let node = self.call(.integer, kernel, [call.nodes[0]], call.range)
    if let node { note(lookup: node, map: name, text: call.nodes[0]) }
    return node
  }
}

extension Kernel {
  /// See `icd10_dotted`.
  static let dotICD10 = Kernel { frame in
    let texts = frame.operands[0].column.texts
    let capitals = LetterCase.upper(texts.bytes)
    var writer = TextWriter(count: frame.count, bytes: capitals.count + frame.count)
    for row in 0..<frame.count {
      let range = texts.range(row)
      let trimmed = Bytes.trimmed(texts.span(row))
      let start = range.lowerBound + trimmed.lowerBound
      let end = range.lowerBound + trimmed.upperBound
      let third = start + 3
      var hasDot = false
      for index in start..<end where capitals[index] == UInt8(ascii: ".") { hasDot = true }
      if hasDot || end <= third {
        writer.append(capitals, start..<end)
      } else {
        writer.append(capitals, start..<third)
        writer.append(byte: UInt8(ascii: "."))
        writer.append(capitals, third..<end)
      }
      writer.close()
    }
    return writer.values
  }
}
