import Columnar

/// A code of a vocabulary in four words, which are equal where the codes are, up to 24 bytes; of a
/// longer one its bytes have to be compared as well.
///
/// The words stand in the index and choose the bucket, so that they never change.
struct CodeKey {
  /// The first 24 bytes, little-endian, zeros behind them; of a longer code the first 16 and a hash.
  let first: UInt64
  let second: UInt64
  let third: UInt64
  /// The number of bytes, at most 65,535, on top of the vocabulary.
  let tag: UInt64

  /// The bytes that a key holds whole.
  static let wholeByteCount = 24

  /// Takes the code that stands in a range of bytes; the mask, applied to every hash, lets a test make
  /// them collide.
  @inline(__always)
  init(_ bytes: Span<UInt8>, _ range: Range<Int>, vocabulary: UInt16, mask: UInt64) {
    let start = range.lowerBound
    let count = range.count
    first = ByteWords.padded(bytes, start, count: count)
    second = ByteWords.padded(bytes, start + 8, count: count - 8)
    third =
      count <= CodeKey.wholeByteCount
      ? ByteWords.padded(bytes, start + 16, count: count - 16)
      : ByteWords.hash(bytes.extracting(range), seed: UInt64(vocabulary)) & mask
    tag = UInt64(min(count, 0xFFFF)) << 16 | UInt64(vocabulary)
  }

  var isWhole: Bool { tag >> 16 <= UInt64(CodeKey.wholeByteCount) }

  /// The hash whose first bits choose the bucket.
  @inline(__always)
  func hash(mask: UInt64) -> UInt64 {
    let one = (first ^ 0x243F_6A88_85A3_08D3).multipliedFullWidth(
      by: second ^ 0x1319_8A2E_0370_7345)
    let other = (third ^ 0xA409_3822_299F_31D1)
      .multipliedFullWidth(by: tag ^ 0x082E_FA98_EC4E_6C89)
    let mixed = (one.high ^ one.low ^ other.high &+ other.low) &* 0x9FB2_1C65_1E98_DF25
    return (mixed ^ mixed >> 32) &* 0xBF58_476D_1CE4_E5B9 & mask
  }
}
