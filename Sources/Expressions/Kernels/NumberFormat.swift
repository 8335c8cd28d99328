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

  /// A decimal whose mark is a comma or a point, and in which single spaces (no-break ones too) may
  /// set off groups of three digits, or `nil`; digits beyond the scale round.
  static func decimal(_ text: Span<UInt8>, scale: Int, mark: UInt8) -> Int64? {
    let range = Bytes.trimmed(text)
    var plain: [UInt8] = []
    plain.reserveCapacity(range.count)
    var index = range.lowerBound
    var isFraction = false
    while index < range.upperBound {
      let byte = text[index]
      let space = spaceLength(text, at: index)
      if space > 0 {
        // A space stands between a digit and exactly three more.
        let next = index + space
        let isGroup =
          !isFraction && plain.last.map { $0 &- UInt8(ascii: "0") < 10 } ?? false
          && next + 3 <= range.upperBound && IsoFormat.digits(text, next, 3) != nil
          && (next + 3 == range.upperBound || text[next + 3] &- UInt8(ascii: "0") > 9)
        if !isGroup { return nil }
        index = next
        continue
      }
      if byte == mark, !isFraction {
        plain.append(UInt8(ascii: "."))
        isFraction = true
      } else if byte == UInt8(ascii: ".") {
        return nil
      } else {
        plain.append(byte)
      }
      index += 1
    }
    return decimal(plain.span, scale: scale, rounding: true)
  }

  /// The number of bytes of a space, a no-break space or a narrow no-break space at a position.
  private static func spaceLength(_ text: Span<UInt8>, at index: Int) -> Int {
    if text[index] == 0x20 { return 1 }
    if text[index] == 0xC2, index + 1 < text.count, text[index + 1] == 0xA0 { return 2 }
    let isNarrow =
      text[index] == 0xE2 && index + 2 < text.count && text[index + 1] == 0x80
      && text[index + 2] == 0xAF
    return isNarrow ? 3 : 0
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
