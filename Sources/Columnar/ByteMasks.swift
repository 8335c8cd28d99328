/// Finds bytes in runs of 64, one bit a byte: the first step of every structural scan.
///
/// Four 16-byte comparisons leave one bit in each byte of a 64-bit word, which is then transposed as
/// an 8 × 8 matrix of bits (Hacker's Delight, 7-3). Bit `i` of word `w` stands for byte `64 w + i`.
package enum ByteMasks {
  /// Replaces `masks` by three words for every 64 bytes: where `first`, `second` and `third` stand.
  ///
  /// Bits beyond the last byte are zero.
  package static func find(
    _ first: UInt8, _ second: UInt8, _ third: UInt8, in bytes: Span<UInt8>,
    into masks: inout [UInt64]
  ) {
    let words = resize(&masks, for: bytes.count, needles: 3)
    var out = masks.mutableSpan
    let firsts = SIMD16<UInt8>(repeating: first)
    let seconds = SIMD16<UInt8>(repeating: second)
    let thirds = SIMD16<UInt8>(repeating: third)
    for word in 0..<words {
      let (block, valid) = load(bytes, word)
      out[3 * word] = block.mask(firsts) & valid
      out[3 * word + 1] = block.mask(seconds) & valid
      out[3 * word + 2] = block.mask(thirds) & valid
    }
  }

  /// Replaces `masks` by two words for every 64 bytes: where `first` and `second` stand.
  ///
  /// Bits beyond the last byte are zero.
  package static func find(
    _ first: UInt8, _ second: UInt8, in bytes: Span<UInt8>, into masks: inout [UInt64]
  ) {
    let words = resize(&masks, for: bytes.count, needles: 2)
    var out = masks.mutableSpan
    let firsts = SIMD16<UInt8>(repeating: first)
    let seconds = SIMD16<UInt8>(repeating: second)
    for word in 0..<words {
      let (block, valid) = load(bytes, word)
      out[2 * word] = block.mask(firsts) & valid
      out[2 * word + 1] = block.mask(seconds) & valid
    }
  }

  /// Replaces `masks` by four words for every 64 bytes: where the four bytes stand.
  ///
  /// Bits beyond the last byte are zero.
  package static func find(
    _ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8, in bytes: Span<UInt8>,
    into masks: inout [UInt64]
  ) {
    let words = resize(&masks, for: bytes.count, needles: 4)
    var out = masks.mutableSpan
    let firsts = SIMD16<UInt8>(repeating: first)
    let seconds = SIMD16<UInt8>(repeating: second)
    let thirds = SIMD16<UInt8>(repeating: third)
    let fourths = SIMD16<UInt8>(repeating: fourth)
    for word in 0..<words {
      let (block, valid) = load(bytes, word)
      out[4 * word] = block.mask(firsts) & valid
      out[4 * word + 1] = block.mask(seconds) & valid
      out[4 * word + 2] = block.mask(thirds) & valid
      out[4 * word + 3] = block.mask(fourths) & valid
    }
  }

  /// Replaces `masks` by one word for every 64 bytes: where bytes of 0x80 and more stand.
  package static func findBeyondASCII(in bytes: Span<UInt8>, into masks: inout [UInt64]) {
    let words = resize(&masks, for: bytes.count, needles: 1)
    var out = masks.mutableSpan
    for word in 0..<words { out[word] = load(bytes, word).0.beyondASCII }
  }

  /// Whether a bit is set for any of the bytes of a range, in masks of one word for 64 bytes.
  @inlinable
  package static func isAnySet(_ masks: [UInt64], from start: Int, to end: Int) -> Bool {
    if start >= end { return false }
    let first = start >> 6
    let last = (end - 1) >> 6
    let low = ~UInt64(0) << UInt64(start & 63)
    let high = ~UInt64(0) >> UInt64(63 - (end - 1) & 63)
    if first == last { return masks[first] & low & high != 0 }
    if masks[first] & low != 0 || masks[last] & high != 0 { return true }
    var word = first + 1
    while word < last {
      if masks[word] != 0 { return true }
      word += 1
    }
    return false
  }

  /// For each bit, whether the number of bits set up to and including it is odd.
  @inlinable
  package static func prefixXor(_ word: UInt64) -> UInt64 {
    var word = word
    word ^= word << 1
    word ^= word << 2
    word ^= word << 4
    word ^= word << 8
    word ^= word << 16
    return word ^ word << 32
  }

  /// Whether every byte is below 0x80.
  package static func isASCII(_ bytes: Span<UInt8>) -> Bool {
    var position = 0
    let count = bytes.count
    return unsafe bytes.withUnsafeBytes { source in
      var all = SIMD16<UInt8>(repeating: 0)
      while position + 64 <= count {
        let block = unsafe Block(source, at: position)
        all |= block.part0 | block.part1 | block.part2 | block.part3
        position += 64
      }
      var rest: UInt8 = 0
      while position < count {
        rest |= unsafe source[position]
        position += 1
      }
      return (all .>= SIMD16(repeating: 0x80)) == SIMDMask(repeating: false) && rest < 0x80
    }
  }

  private static func resize(_ masks: inout [UInt64], for bytes: Int, needles: Int) -> Int {
    let words = (bytes + 63) / 64
    if masks.count > words * needles {
      masks.removeLast(masks.count - words * needles)
    } else {
      masks.append(contentsOf: repeatElement(0, count: words * needles - masks.count))
    }
    return words
  }

  /// The 64 bytes of a word, padded with zeros, and the bits that stand for a byte.
  @inline(__always)
  static func load(_ bytes: Span<UInt8>, _ word: Int) -> (Block, valid: UInt64) {
    let start = word * 64
    let left = bytes.count - start
    if left >= 64 {
      return (unsafe bytes.withUnsafeBytes { unsafe Block($0, at: start) }, ~0)
    }
    var padded: [64 of UInt8] = .init(repeating: 0)
    for index in 0..<left { padded[index] = bytes[start + index] }
    let block = unsafe padded.span.withUnsafeBytes { unsafe Block($0, at: 0) }
    return (block, (1 << UInt64(left)) - 1)
  }
}

/// Sixty-four bytes in registers.
struct Block {
  let part0, part1, part2, part3: SIMD16<UInt8>

  @inline(__always)
  @unsafe init(_ bytes: UnsafeRawBufferPointer, at position: Int) {
    precondition(position >= 0 && position + 64 <= bytes.count, "a block outside its bytes")
    unsafe part0 = bytes.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
    unsafe part1 = bytes.loadUnaligned(fromByteOffset: position + 16, as: SIMD16<UInt8>.self)
    unsafe part2 = bytes.loadUnaligned(fromByteOffset: position + 32, as: SIMD16<UInt8>.self)
    unsafe part3 = bytes.loadUnaligned(fromByteOffset: position + 48, as: SIMD16<UInt8>.self)
  }

  /// One bit for each byte that equals the needle.
  @inline(__always)
  func mask(_ needle: SIMD16<UInt8>) -> UInt64 {
    let none = SIMD16<UInt8>(repeating: 0)
    let bits =
      none.replacing(with: Block.weights(0), where: part0 .== needle)
      | none.replacing(with: Block.weights(2), where: part1 .== needle)
      | none.replacing(with: Block.weights(4), where: part2 .== needle)
      | none.replacing(with: Block.weights(6), where: part3 .== needle)
    let lanes = unsafe unsafeBitCast(bits, to: SIMD2<UInt64>.self)
    // Byte k of the union has bit j for byte 8 j + k of the block.
    return Block.transposed(UInt64(littleEndian: lanes[0]) | UInt64(littleEndian: lanes[1]))
  }

  /// One bit for each byte of 0x80 or more.
  @inline(__always)
  var beyondASCII: UInt64 {
    let high = SIMD16<UInt8>(repeating: 0x80)
    return Block(
      part0: part0 & high, part1: part1 & high, part2: part2 & high, part3: part3 & high
    ).mask(high)
  }

  @inline(__always)
  private init(
    part0: SIMD16<UInt8>, part1: SIMD16<UInt8>, part2: SIMD16<UInt8>, part3: SIMD16<UInt8>
  ) {
    self.part0 = part0
    self.part1 = part1
    self.part2 = part2
    self.part3 = part3
  }

  /// Whether any byte is 0x80 or more.
  @inline(__always)
  var hasBeyondASCII: Bool {
    let all = unsafe unsafeBitCast(part0 | part1 | part2 | part3, to: SIMD2<UInt64>.self)
    return (all[0] | all[1]) & 0x8080_8080_8080_8080 != 0
  }

  /// One bit in the first eight bytes and the next higher one in the last eight.
  @inline(__always)
  private static func weights(_ bit: UInt8) -> SIMD16<UInt8> {
    let low: UInt8 = 1 << bit
    let high: UInt8 = 2 << bit
    return SIMD16(
      low, low, low, low, low, low, low, low, high, high, high, high, high, high, high, high)
  }

  @inline(__always)
  private static func transposed(_ matrix: UInt64) -> UInt64 {
    var matrix = matrix
    var swap = (matrix ^ matrix >> 7) & 0x00AA_00AA_00AA_00AA
    matrix ^= swap ^ swap << 7
    swap = (matrix ^ matrix >> 14) & 0x0000_CCCC_0000_CCCC
    matrix ^= swap ^ swap << 14
    swap = (matrix ^ matrix >> 28) & 0x0000_0000_F0F0_F0F0
    return matrix ^ swap ^ swap << 28
  }
}
