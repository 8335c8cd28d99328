/// A 256-bit digest: the form in which every key of a source moves through the engine.
///
/// The four words are the digest's bytes read big-endian, so that comparing words in order is
/// comparing bytes in order.
public struct Digest: Hashable, Comparable, BitwiseCopyable, Sendable {
  /// The first eight bytes.
  public var word0: UInt64
  /// The next eight bytes.
  public var word1: UInt64
  /// The third eight bytes.
  public var word2: UInt64
  /// The last eight bytes.
  public var word3: UInt64

  /// The digest whose bits are all zero; it stands in the place of a missing one.
  public static let zero = Digest(0, 0, 0, 0)

  /// A digest of four words.
  @inlinable
  public init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
    self.word0 = word0
    self.word1 = word1
    self.word2 = word2
    self.word3 = word3
  }

  /// Reads 32 bytes, the most significant first; a sequence of another length is a programmer error.
  @inlinable
  public init(bytes: some Sequence<UInt8>) {
    var (word0, word1, word2, word3): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var count = 0
    for byte in bytes {
      // The words shift as one number of 256 bits.
      word0 = word0 << 8 | word1 >> 56
      word1 = word1 << 8 | word2 >> 56
      word2 = word2 << 8 | word3 >> 56
      word3 = word3 << 8 | UInt64(byte)
      count += 1
    }
    precondition(count == 32, "a digest has 32 bytes")
    self.init(word0, word1, word2, word3)
  }

  /// Orders digests by their bytes.
  @inlinable
  public static func < (left: Digest, right: Digest) -> Bool {
    if left.word0 != right.word0 { return left.word0 < right.word0 }
    if left.word1 != right.word1 { return left.word1 < right.word1 }
    if left.word2 != right.word2 { return left.word2 < right.word2 }
    return left.word3 < right.word3
  }

  /// The word at a position from 0 to 3.
  @inlinable
  public func word(_ index: Int) -> UInt64 {
    switch index {
    case 0: word0
    case 1: word1
    case 2: word2
    default: word3
    }
  }

  /// The 32 bytes, the most significant first.
  public var bytes: [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: word($0 >> 3) >> (56 - 8 * ($0 & 7))) }
  }

  /// The digest in base64url without padding: 43 characters (RFC 4648, section 5).
  public var base64URL: String {
    let source = bytes
    return unsafe String(unsafeUninitializedCapacity: 43) { target in
      var out = 0
      var position = 0
      while position < 32 {
        let first = UInt32(source[position]) << 16
        let second = position + 1 < 32 ? UInt32(source[position + 1]) << 8 : 0
        let third = position + 2 < 32 ? UInt32(source[position + 2]) : 0
        let group = first | second | third
        for shift in [18, 12, 6, 0] where out < 43 {
          unsafe target[out] = Digest.alphabet[Int(group >> UInt32(shift) & 63)]
          out += 1
        }
        position += 3
      }
      return 43
    }
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
