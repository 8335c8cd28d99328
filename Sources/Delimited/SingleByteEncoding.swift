/// An encoding of one byte a character whose first half is ASCII.
package struct SingleByteEncoding: Sendable {
  /// The characters of the bytes 0x80 to 0xFF; 0 where there is none.
  private let upper: [UInt16]

  private init(_ upper: [UInt16]) {
    precondition(upper.count == 128, "a character for each byte beyond ASCII")
    self.upper = upper
  }

  /// The encoding of Windows for the languages of Western Europe, as Unicode maps it (best fit left
  /// out): 0x81, 0x8D, 0x8F, 0x90 and 0x9D have no character.
  package static let windows1252 = SingleByteEncoding(
    [
      0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
      0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ] + Array(0xA0...0xFF))

  /// ISO-8859-1, as IANA registers it: every byte is the character of its number, 0x80 to 0x9F
  /// being control characters.
  package static let iso88591 = SingleByteEncoding(Array(0x80...0xFF))

  /// ISO-8859-15: ISO-8859-1 with the euro sign and the letters that French and Finnish lack there.
  package static let iso885915: SingleByteEncoding = {
    var upper = iso88591.upper
    for (byte, scalar) in [
      (0xA4, 0x20AC), (0xA6, 0x0160), (0xA8, 0x0161), (0xB4, 0x017D), (0xB8, 0x017E),
      (0xBC, 0x0152), (0xBD, 0x0153), (0xBE, 0x0178),
    ] {
      upper[byte - 0x80] = UInt16(scalar)
    }
    return SingleByteEncoding(upper)
  }()

  /// Appends bytes as UTF-8; one without a character is left as it is, which no valid UTF-8 has.
  ///
  /// - Returns: whether every byte has a character.
  package func decode(_ source: Span<UInt8>, appendingTo target: inout [UInt8]) -> Bool {
    let upper = upper.span
    var isComplete = true
    for index in source.indices {
      let byte = source[index]
      if byte < 0x80 {
        target.append(byte)
        continue
      }
      let scalar = upper[Int(byte) - 0x80]
      if scalar == 0 {
        target.append(byte)
        isComplete = false
      } else if scalar < 0x800 {
        target.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
        target.append(0x80 | UInt8(truncatingIfNeeded: scalar & 63))
      } else {
        target.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
        target.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6 & 63))
        target.append(0x80 | UInt8(truncatingIfNeeded: scalar & 63))
      }
    }
    return isComplete
  }
}
