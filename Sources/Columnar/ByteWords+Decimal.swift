extension ByteWords {
  /// The number that some bytes spell in one to eight decimal digits; `nil` when one of them is none.
  ///
  /// Eight digits are taken at once: neighbours are joined three times, to pairs, to fours, to all.
  ///
  /// - Complexity: O(1), unless the digits stand in the last eight bytes.
  @inlinable
  @inline(__always)
  package static func decimal(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
    let start = range.lowerBound
    let count = range.count
    precondition(start >= 0 && range.upperBound <= bytes.count, "outside the bytes")
    guard count > 0, count <= 8 else { return nil }
    guard start + 8 <= bytes.count else { return slowDecimal(bytes, range) }
    // The digits move to the end of the word, behind zeros.
    let unused = UInt64(8 - count) * 8
    let zeros: UInt64 = 0x3030_3030_3030_3030
    let text = word(bytes, start) << unused | (unused == 0 ? 0 : zeros >> (64 - unused))
    let high: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    // No byte of a digit carries into the next when six is added to it.
    guard text & high == zeros, (text &+ 0x0606_0606_0606_0606) & high == zeros else {
      return nil
    }
    var number = text & 0x0F0F_0F0F_0F0F_0F0F
    number = (number &* 10 &+ number >> 8) & 0x00FF_00FF_00FF_00FF
    number = (number &* 100 &+ number >> 16) & 0x0000_FFFF_0000_FFFF
    number = number &* 10_000 &+ number >> 32
    return UInt32(truncatingIfNeeded: number)
  }

  @usableFromInline
  static func slowDecimal(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
    var number: UInt32 = 0
    for index in range {
      let digit = bytes[index] &- 48
      guard digit < 10 else { return nil }
      number = number * 10 + UInt32(digit)
    }
    return number
  }
}
