import Columnar

/// The digit that guards a number against slips of the pen.
enum CheckDigit: Sendable {
  /// ISO/IEC 7812: of FINESS, SIRET and RPPS numbers.
  case luhn
  /// ISO/IEC 15420: of CIP13, UCD13 and GTIN codes.
  case ean

  /// The digit that follows a text of digits, or `nil` when it is something else.
  @inline(__always)
  func next(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt8? {
    guard !range.isEmpty else { return nil }
    var sum = 0
    // From the right the places count double, or three times, and once by turns.
    var isHeavy = true
    for index in range.reversed() {
      let digit = Int(text[index] &- UInt8(ascii: "0"))
      if digit > 9 { return nil }
      switch self {
      case .luhn:
        let double = digit * 2
        sum += isHeavy ? (double > 9 ? double - 9 : double) : digit
      case .ean: sum += isHeavy ? digit * 3 : digit
      }
      isHeavy.toggle()
    }
    return UInt8(ascii: "0") + UInt8((10 - sum % 10) % 10)
  }
}

extension Kernel {
  static func checkDigit(_ rule: CheckDigit) -> Kernel {
    Kernel { frame in
      let texts = frame.operands[0].column.texts
      var writer = TextWriter(count: frame.count, bytes: frame.count)
      for row in 0..<frame.count {
        let text = texts.span(row)
        if let digit = rule.next(text, Bytes.trimmed(text)) {
          writer.append(byte: digit)
        } else {
          frame.setNull(row)
        }
        writer.close()
      }
      return writer.values
    }
  }
}
