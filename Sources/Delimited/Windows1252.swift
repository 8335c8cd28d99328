/// The encoding of Windows for the languages of Western Europe, as Unicode maps it (best fit left
/// out): 0x81, 0x8D, 0x8F, 0x90 and 0x9D have no character.
package enum Windows1252 {
  /// The characters of the bytes 0x80 to 0x9F, 0 where there is none; all others are as in Latin-1.
  private static let upper: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]

  /// Appends bytes as UTF-8; one without a character is left as it is, which no valid UTF-8 has.
  ///
  /// - Returns: whether every byte has a character.
  package static func decode(_ source: Span<UInt8>, appendingTo target: inout [UInt8]) -> Bool {
    var isComplete = true
    for index in source.indices {
      let byte = source[index]
      if byte < 0x80 {
        target.append(byte)
        continue
      }
      let scalar = byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt16(byte)
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
