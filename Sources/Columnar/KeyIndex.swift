internal import Glibc

/// A growing set of byte keys, each with the number of its arrival: a dictionary whose keys lie in
/// one text array.
///
/// It serves value maps, broadcast joins and counts by code. Keys are compared whole; a hash alone
/// never decides.
///
/// - Complexity: O(1) expected for a look-up, O(key length) for the comparison.
package struct KeyIndex: Sendable {
  package private(set) var keys = TextArray()
  private var slots: [Int32]
  private var mask: Int

  package init() {
    slots = [Int32](repeating: -1, count: 16)
    mask = 15
  }

  package var count: Int { keys.count }

  /// The number of a key, or `nil` when it is not in the set.
  package func find(_ key: Span<UInt8>) -> Int? {
    var slot = Int(truncatingIfNeeded: KeyIndex.hash(key)) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if KeyIndex.equal(keys.span(number), key) { return number }
      slot = (slot + 1) & mask
    }
    return nil
  }

  package func find(_ key: String) -> Int? {
    let bytes = Array(key.utf8)
    return find(bytes.span)
  }

  /// The number of a key, which is added when it is new.
  package mutating func insert(_ key: Span<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: KeyIndex.hash(key)) & mask
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if KeyIndex.equal(keys.span(number), key) { return number }
      slot = (slot + 1) & mask
    }
    let number = keys.count
    slots[slot] = Int32(number)
    keys.append(key)
    if keys.count * 2 > mask { grow() }
    return number
  }

  package mutating func insert(_ key: String) -> Int {
    let bytes = Array(key.utf8)
    return insert(bytes.span)
  }

  private mutating func grow() {
    mask = (mask + 1) * 2 - 1
    slots = [Int32](repeating: -1, count: mask + 1)
    for number in 0..<keys.count {
      var slot = Int(truncatingIfNeeded: KeyIndex.hash(keys.span(number))) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number)
    }
  }

  /// A fixed 64-bit hash of bytes: the same on every run and machine of one byte order.
  package static func hash(_ key: Span<UInt8>) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(key.count)
    let count = key.count
    return unsafe key.withUnsafeBytes { bytes in
      var index = 0
      while index + 8 <= count {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        state = mix(state ^ UInt64(bigEndian: word))
        index += 8
      }
      if index < count {
        var word: UInt64 = 0
        while index < count {
          word = unsafe word << 8 | UInt64(bytes[index])
          index += 1
        }
        state = mix(state ^ word)
      }
      return mix(state)
    }
  }

  /// Spreads the bits of a word (the finaliser of SplitMix64).
  @inlinable
  package static func mix(_ word: UInt64) -> UInt64 {
    var word = word &+ 0x9E37_79B9_7F4A_7C15
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    let count = left.count
    guard count == right.count else { return false }
    return unsafe left.withUnsafeBytes { first in
      unsafe right.withUnsafeBytes { second in
        guard count > 0, let first = first.baseAddress, let second = second.baseAddress else {
          return true
        }
        return unsafe memcmp(first, second, count) == 0
      }
    }
  }
}
