/// A fixed 64-bit hash of many bytes, to tell whether a file is the one that was seen or written.
///
/// It finds damage and edits, not forgery. The function belongs to the file formats that store its
/// value and never changes: four lanes take eight bytes each in turn (read little-endian), then the
/// rest byte by byte.
package enum ContentHash {
  private static let multiplier: UInt64 = 0x9FB2_1C65_1E98_DF25

  /// The hash of some bytes; `seed` chains hashes.
  ///
  /// - Complexity: O(*n*), several bytes a nanosecond.
  package static func hash(_ bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
    var lane0 = seed ^ 0x243F_6A88_85A3_08D3
    var lane1 = seed &+ 0x1319_8A2E_0370_7344
    var lane2 = seed ^ 0xA409_3822_299F_31D0
    var lane3 = seed &+ 0x082E_FA98_EC4E_6C89
    let count = bytes.byteCount
    var offset = 0
    while offset + 32 <= count {
      lane0 = step(lane0, word(bytes, offset))
      lane1 = step(lane1, word(bytes, offset + 8))
      lane2 = step(lane2, word(bytes, offset + 16))
      lane3 = step(lane3, word(bytes, offset + 24))
      offset += 32
    }
    var state = KeyIndex.mix(lane0 ^ UInt64(count))
    state = KeyIndex.mix(state ^ lane1)
    state = KeyIndex.mix(state ^ lane2)
    state = KeyIndex.mix(state ^ lane3)
    while offset < count {
      let byte = unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      state = step(state, UInt64(byte))
      offset += 1
    }
    return KeyIndex.mix(state)
  }

  @inline(__always)
  private static func word(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return UInt64(littleEndian: word)
  }

  @inline(__always)
  private static func step(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (state ^ word) &* multiplier
    return mixed ^ mixed >> 29
  }
}
