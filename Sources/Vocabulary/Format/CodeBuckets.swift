/// Where each bucket of the code table begins and ends, eight buckets in a word: the number of entries
/// before them in the high half, then four bits for the number of entries of each.
///
/// Where a bucket has more than fits, all bits of the low half are set, and all entries of the eight
/// stand for each of them: whoever looks for a key compares whole keys anyway.
enum CodeBuckets {
  /// The bits of a bucket's number that lie within a word.
  static let bits = 3
  private static let crowded: UInt64 = 0xFFFF_FFFF

  /// The word of eight buckets of so many entries each, before which stand so many.
  static func word(_ counts: ArraySlice<UInt32>, first: Int) -> UInt64 {
    guard counts.allSatisfy({ $0 < 15 }) else { return UInt64(first) << 32 | crowded }
    return counts.reversed().reduce(UInt64(first)) { $0 << 4 | UInt64($1) }
  }

  /// The first entry of a bucket in the low half, the end of its entries in the high half, given its
  /// word.
  @inline(__always)
  static func range(_ bucket: Int, _ word: UInt64, _ words: Span<UInt64>) -> UInt64 {
    let first = word >> 32
    if word & crowded == crowded { return words[(bucket >> bits) + 1] & ~crowded | first }
    let place = UInt64(bucket & ((1 << bits) - 1)) * 4
    let before = word & ((1 << place) - 1)
    // The sum of eight half bytes.
    let pairs = (before & 0x0F0F_0F0F) + (before >> 4 & 0x0F0F_0F0F)
    let sum = (pairs &* 0x0101_0101) >> 24 & 0xFF
    let begin = first + sum
    return (begin + (word >> place & 0xF)) << 32 | begin
  }
}
