/// Loads and comparisons of several bytes at once, within a run of bytes.
package enum ByteWords {
  /// The bytes of a range, taken eight at a time as little-endian words, each mixed into the state:
  /// a hash of short keys.
  ///
  /// The words of the end may overlap those before, so that the hash must begin with the count. File
  /// formats store values of this function: it never changes.
  @inlinable
  @inline(__always)
  package static func hash(_ bytes: Span<UInt8>, seed: UInt64) -> UInt64 {
    let count = bytes.count
    var state = KeyIndex.mix(seed) &+ UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    if count >= 8 {
      var position = 0
      while position + 8 < count {
        state = step(state, word(bytes, position))
        position += 8
      }
      return finish(step(state, word(bytes, count - 8)))
    }
    if count >= 4 {
      return finish(step(state, half(bytes, 0) << 32 | half(bytes, count - 4)))
    }
    guard count > 0 else { return finish(state) }
    let ends = UInt64(bytes[0]) << 16 | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1])
    return finish(step(state, ends))
  }

  /// Whether a run of bytes stands at a position of another; one that would end outside does not.
  @inlinable
  @inline(__always)
  package static func stands(
    _ key: Span<UInt8>, in bytes: Span<UInt8>, at start: Int
  ) -> Bool {
    let count = key.count
    guard start >= 0, start <= bytes.count, count <= bytes.count - start else { return false }
    if count >= 8 {
      var position = 0
      while position + 8 < count {
        if word(key, position) != word(bytes, start + position) { return false }
        position += 8
      }
      return word(key, count - 8) == word(bytes, start + count - 8)
    }
    if count >= 4 {
      return half(key, 0) == half(bytes, start)
        && half(key, count - 4) == half(bytes, start + count - 4)
    }
    var position = 0
    while position < count {
      if key[position] != bytes[start + position] { return false }
      position += 1
    }
    return true
  }

  /// The first bytes of a range, at most eight, as a little-endian word with zeros above; `nil` where
  /// eight bytes from its start on would end outside.
  @inlinable
  @inline(__always)
  package static func first(_ bytes: Span<UInt8>, _ start: Int, count: Int) -> UInt64? {
    guard start >= 0, start + 8 <= bytes.count else { return nil }
    let word = word(bytes, start)
    return count >= 8 ? word : word & ((1 << UInt64(count * 8)) - 1)
  }

  /// The bytes of a range as a little-endian word: its first eight with zeros above, no byte where the
  /// count is not positive.
  @inlinable
  @inline(__always)
  package static func padded(_ bytes: Span<UInt8>, _ start: Int, count: Int) -> UInt64 {
    guard count > 0 else { return 0 }
    if let word = first(bytes, start, count: count) { return word }
    var word: UInt64 = 0
    for index in 0..<min(count, 8) { word |= UInt64(bytes[start + index]) << UInt64(index * 8) }
    return word
  }

  // The callers above keep the eight or four bytes inside the span.
  @inlinable
  @inline(__always)
  static func word(_ bytes: Span<UInt8>, _ position: Int) -> UInt64 {
    let raw = bytes.raw
    let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self)
    return UInt64(littleEndian: word)
  }

  @inlinable
  @inline(__always)
  static func half(_ bytes: Span<UInt8>, _ position: Int) -> UInt64 {
    let raw = bytes.raw
    let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt32.self)
    return UInt64(UInt32(littleEndian: word))
  }

  @inlinable
  @inline(__always)
  static func step(_ state: UInt64, _ word: UInt64) -> UInt64 {
    // Both halves of the product: in the low one alone the high bits of a word would stay high.
    let product = (state ^ word).multipliedFullWidth(by: 0x9FB2_1C65_1E98_DF25)
    return product.high ^ product.low
  }

  @inlinable
  @inline(__always)
  static func finish(_ state: UInt64) -> UInt64 {
    let mixed = (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
    return mixed ^ mixed >> 32
  }
}
