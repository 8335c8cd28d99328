/// Numbers as texts write them.
enum NumberFormat {
  /// `[+-]digits`, white space around it left out, or `nil` when it is no 64-bit integer.
  static func integer(_ text: Span<UInt8>) -> Int64? { decimal(text, scale: 0, rounding: false) }

  /// `[+-]digits[.digits]` as a decimal of the scale, or `nil`.
  ///
  /// Digits beyond the scale round, halves away from zero, or make it no decimal of the scale.
  static func decimal(_ text: Span<UInt8>, scale: Int, rounding: Bool) -> Int64? {
    let range = Bytes.trimmed(text)
    var index = range.lowerBound
    guard index < range.upperBound else { return nil }
    let isNegative = text[index] == UInt8(ascii: "-")
    if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
    // Gathered below zero, where there is room for one more value.
    var value: Int64 = 0
    var digitsSeen = false
    var places = -1
    var roundsUp = false
    while index < range.upperBound {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "."), places < 0, scale > 0 || rounding {
        places = 0
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      if digit > 9 { return nil }
      digitsSeen = true
      if places >= scale {
        if !rounding, digit != 0 { return nil }
        if places == scale { roundsUp = digit >= 5 }
        places += 1
        continue
      }
      if places >= 0 { places += 1 }
      let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (next, tooLong) = tenfold.subtractingReportingOverflow(Int64(digit))
      if tooLarge || tooLong { return nil }
      value = next
    }
    guard digitsSeen else { return nil }
    for _ in min(max(places, 0), scale)..<scale {
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = tenfold
    }
    if roundsUp {
      let (next, overflow) = value.subtractingReportingOverflow(1)
      if overflow { return nil }
      value = next
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  /// The nearest double of `[+-]digits[.digits][e[+-]digits]`, or `nil`; never infinite.
  static func double(_ text: Span<UInt8>) -> Double? {
    let range = Bytes.trimmed(text)
    var allowed = true
    var bytes: [UInt8] = []
    for index in range {
      let byte = text[index]
      let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      // Names such as "nan" and hexadecimal digits are no numbers of a source.
      allowed = allowed && (isDigit || "+-.eE".utf8.contains(byte))
      bytes.append(byte)
    }
    guard allowed, let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  /// The nearest integer, halves away from zero, or `nil` when 64 bits do not hold it.
  @inline(__always)
  static func rounded(_ value: Double) -> Int64? {
    guard value > -9.2e18, value < 9.2e18 else { return nil }
    let whole = Int64(value)
    let rest = value - Double(whole)
    return rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole
  }
}
