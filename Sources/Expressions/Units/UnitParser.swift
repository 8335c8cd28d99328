/// What is wrong with a unit.
struct UnitMistake: Error {
  var code: String
  var message: String
  var hint: String?
  /// Which bytes of the unit.
  var range: Range<Int>
  /// The symbol that is no unit; its hint takes time and is for those who ask.
  var symbol: String?

  /// The mistake with the hint on its symbol.
  var withHint: UnitMistake {
    guard let symbol, hint == nil else { return self }
    var copy = self
    copy.hint = UnitNames.suggestion(for: symbol).map { "did you mean “\($0)”?" }
    return copy
  }
}

/// Reads units as UCUM writes them: `mmol/L`, `10*9/L`, `mg/(kg.h)`, `m2`, `/min`, `mg{creatinine}`.
///
/// The case of letters matters. Products and quotients are taken from left to right.
struct UnitParser {
  /// The number of parentheses that may stand inside one another.
  private static let maximumDepth = 20
  /// The greatest length of a unit in bytes.
  static let maximumLength = 200

  private let bytes: [UInt8]
  private let table: UnitTable
  private var index = 0
  private var depth = 0
  private var parts = 0
  /// Where a unit with a zero of its own stands, if there is one.
  private var scale: (unit: Unit, range: Range<Int>)?

  static func unit(
    _ text: String, in table: UnitTable = .ucum
  ) throws(UnitMistake) -> Unit {
    var parser = UnitParser(text, table)
    return try parser.whole()
  }

  private init(_ text: String, _ table: UnitTable) {
    bytes = Array(text.utf8)
    self.table = table
  }

  private var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  private mutating func whole() throws(UnitMistake) -> Unit {
    let all = 0..<bytes.count
    guard !bytes.isEmpty else {
      throw UnitMistake(
        code: "bad-unit", message: "a unit is empty", hint: "a pure number has the unit 1",
        range: all)
    }
    guard bytes.count <= UnitParser.maximumLength else {
      throw UnitMistake(
        code: "bad-unit", message: "a unit has at most \(UnitParser.maximumLength) bytes",
        range: all)
    }
    let unit = try product()
    guard index == bytes.count else { throw unexpected() }
    guard let scale else { return unit }
    // A value on a scale with a zero of its own cannot be multiplied.
    if parts == 1 { return scale.unit }
    throw UnitMistake(
      code: "bad-unit",
      message: "“\(text(scale.range))” has a zero of its own and stands alone",
      hint: "differences of temperature are in K", range: scale.range)
  }

  private mutating func product() throws(UnitMistake) -> Unit {
    depth += 1
    defer { depth -= 1 }
    guard depth <= UnitParser.maximumDepth else {
      throw UnitMistake(
        code: "bad-unit", message: "too many parentheses stand inside one another",
        range: index..<index + 1)
    }
    var unit = Unit.one
    var power = 1
    if byte == UInt8(ascii: "/") {
      parts += 1
      power = -1
      index += 1
    }
    while true {
      let start = index
      let part = try component()
      guard let next = unit.times(part, power: power) else {
        throw UnitMistake(
          code: "bad-unit", message: "the unit is too large or too small", range: start..<index)
      }
      unit = next
      switch byte {
      case UInt8(ascii: "."): power = 1
      case UInt8(ascii: "/"): power = -1
      default: return unit
      }
      index += 1
    }
  }

  private mutating func component() throws(UnitMistake) -> Unit {
    parts += 1
    var unit = Unit.one
    var isEmpty = true
    if byte == UInt8(ascii: "(") {
      index += 1
      unit = try product()
      guard byte == UInt8(ascii: ")") else { throw unexpected() }
      index += 1
      return unit
    }
    if byte != UInt8(ascii: "{") {
      unit = try simple()
      isEmpty = false
    }
    if byte == UInt8(ascii: "{") {
      let start = index
      while index < bytes.count, byte != UInt8(ascii: "}") { index += 1 }
      guard index < bytes.count else {
        throw UnitMistake(
          code: "bad-unit", message: "an annotation that begins here never ends",
          range: start..<start + 1)
      }
      index += 1
      isEmpty = false
    }
    if isEmpty { throw unexpected() }
    return unit
  }

  /// A number, or a unit with its exponent.
  private mutating func simple() throws(UnitMistake) -> Unit {
    let start = index
    while isDigit(byte) { index += 1 }
    if index > start, byte != UInt8(ascii: "*"), byte != UInt8(ascii: "^") {
      guard let value = UInt64(text(start..<index)), value > 0 else {
        throw UnitMistake(
          code: "bad-unit", message: "a number in a unit is from 1 to 2^64 − 1",
          range: start..<index)
      }
      // A letter right after a number would be read as neither.
      guard UnitParser.ends(byte) || byte == 0 else { throw unexpected() }
      return Unit(factor: UnitFactor(value), kind: [:])
    }
    index = start
    var end = start
    var isBracketed = false
    while end < bytes.count, isBracketed || !UnitParser.ends(bytes[end]) {
      if bytes[end] == UInt8(ascii: "[") { isBracketed = true }
      if bytes[end] == UInt8(ascii: "]") { isBracketed = false }
      end += 1
    }
    if isBracketed {
      throw UnitMistake(
        code: "bad-unit", message: "a bracket that begins here never ends", range: start..<end)
    }
    // The digits at its end are its exponent, which may have a sign.
    var symbolEnd = end
    while symbolEnd > start, isDigit(bytes[symbolEnd - 1]) { symbolEnd -= 1 }
    guard symbolEnd > start else { throw unexpected() }
    index = symbolEnd
    var power = 1
    if index < end || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
      let isNegative = byte == UInt8(ascii: "-")
      if isNegative || byte == UInt8(ascii: "+") { index += 1 }
      let digits = index
      while isDigit(byte) { index += 1 }
      guard let value = Int(text(digits..<index)), (1...30).contains(value) else {
        throw UnitMistake(
          code: "bad-unit", message: "an exponent is from 1 to 30",
          range: symbolEnd..<max(index, min(symbolEnd + 1, bytes.count)))
      }
      power = isNegative ? -value : value
    }
    let symbol = text(start..<symbolEnd)
    if symbol == "10*" || symbol == "10^" {
      return Unit(factor: UnitFactor(1, exponent: power), kind: [:])
    }
    guard let unit = table.unit(symbol) else { throw unknown(symbol, start..<symbolEnd) }
    if unit.isScale {
      scale = (unit, start..<symbolEnd)
      if power != 1 { parts += 1 }
    }
    guard let raised = Unit.one.times(unit, power: power) else {
      throw UnitMistake(
        code: "bad-unit", message: "the unit is too large or too small", range: start..<index)
    }
    return raised
  }

  /// Whether a byte ends the symbol of a unit.
  private static func ends(_ byte: UInt8) -> Bool { "./(){}+-= \t".utf8.contains(byte) }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func unexpected() -> UnitMistake {
    var end = min(index + 1, bytes.count)
    while end < bytes.count, !Bytes.isStart(bytes[end]) { end += 1 }
    let what = index < bytes.count ? "“\(text(index..<end))”" : "the end"
    var hint: String?
    if byte == UInt8(ascii: " ") { hint = "units are multiplied with a point" }
    return UnitMistake(
      code: "bad-unit", message: "a unit was expected, not \(what)", hint: hint,
      range: min(index, bytes.count)..<max(end, index))
  }

  private func unknown(_ symbol: String, _ range: Range<Int>) -> UnitMistake {
    UnitMistake(
      code: "unknown-unit", message: "“\(symbol)” is no unit of UCUM", range: range,
      symbol: symbol)
  }
}
