import Columnar

/// The parts of an index that finding codes needs, held for a whole batch.
///
/// A batch is taken in chunks, and a chunk through one step after the other, so that the loads of its
/// rows, which miss the caches, wait together and not one behind the other.
struct CodeFinder: ~Escapable {
  private let buckets: Span<UInt64>
  private let entries: Span<UInt64>
  private let starts: Span<UInt32>
  private let bytes: Span<UInt8>
  private let mask: UInt64
  private let shift: UInt64

  /// The rows of a chunk: what it touches of the index stays in the first cache.
  private static let chunkCount = 256

  @_lifetime(copy buckets, copy entries, copy starts, copy bytes)
  init(
    buckets: Span<UInt64>, entries: Span<UInt64>, starts: Span<UInt32>, bytes: Span<UInt8>,
    header: IndexHeader
  ) {
    self.buckets = buckets
    self.entries = entries
    self.starts = starts
    self.bytes = bytes
    mask = header.hashMask
    shift = UInt64(64 - header.bucketBits)
  }

  /// What is known of the rows of a chunk: every list has a place for each row.
  private struct Chunk {
    /// Four words each: the tag of the key, and its other words.
    var keys: [UInt64]
    /// The bucket, in the order of hashes.
    var buckets: [Int]
    /// The word of `CodeBuckets`.
    var words: [UInt64]
    /// The range of `CodeBuckets`.
    var ranges: [UInt64]
    /// Where the first and the last entry of the bucket begin, and the first word of each.
    var firsts: [Int]
    var lasts: [Int]
    var heads: [UInt64]
    var tails: [UInt64]

    init(_ count: Int) {
      keys = [UInt64](repeating: 0, count: count * CodeTable.entryWords)
      buckets = [Int](repeating: 0, count: count)
      words = [UInt64](repeating: 0, count: count)
      ranges = words
      firsts = buckets
      lasts = buckets
      heads = words
      tails = words
    }
  }

  /// The positions of the concepts of a vocabulary with these codes, −1 for none.
  func find(_ codes: TextArray, _ validity: [Bool]?, _ vocabulary: UInt16) -> [Int32] {
    var found = [Int32](repeating: -1, count: codes.count)
    guard !entries.isEmpty, codes.count > 0 else { return found }
    let room = min(codes.count, CodeFinder.chunkCount)
    var chunk = Chunk(room)
    var open = [Int](repeating: 0, count: room)
    for first in stride(from: 0, to: codes.count, by: room) {
      let rows = first..<min(first + room, codes.count)
      makeKeys(codes, rows, vocabulary, &chunk.keys, &chunk.buckets)
      CodeFinder.load(buckets, chunk.buckets, 1 << CodeBuckets.bits, rows.count, &chunk.words)
      findEnds(
        rows.count, chunk.buckets, chunk.words, &chunk.ranges, &chunk.firsts, &chunk.lasts)
      CodeFinder.load(entries, chunk.firsts, 1, rows.count, &chunk.heads)
      CodeFinder.load(entries, chunk.lasts, 1, rows.count, &chunk.tails)
      let openCount = compareEnds(rows, chunk, &found, &open)
      for place in open[..<openCount] {
        found[first + place] = search(
          codes, first + place, chunk.ranges[place], chunk.keys, place)
      }
    }
    if let validity {
      for row in found.indices where !validity[row] { found[row] = -1 }
    }
    return found
  }

  private func makeKeys(
    _ codes: TextArray, _ rows: Range<Int>, _ vocabulary: UInt16, _ keys: inout [UInt64],
    _ buckets: inout [Int]
  ) {
    let source = codes.bytes.span
    let ends = codes.ends.span
    var words = keys.mutableSpan
    var target = buckets.mutableSpan
    var start = codes.start(rows.lowerBound)
    var place = 0
    for row in rows {
      let end = Int(ends[row])
      let key = CodeKey(source, start..<end, vocabulary: vocabulary, mask: mask)
      words[place * 4] = key.tag
      words[place * 4 + 1] = key.first
      words[place * 4 + 2] = key.second
      words[place * 4 + 3] = key.third
      target[place] = Int(key.hash(mask: mask) >> shift)
      start = end
      place += 1
    }
  }

  /// Loads words of the index, and does nothing else: the fewer instructions between loads that miss
  /// the caches, the more of them wait at the same time.
  @inline(never)
  private static func load(
    _ table: Span<UInt64>, _ places: [Int], _ divisor: Int, _ count: Int, _ words: inout [UInt64]
  ) {
    let source = places.span
    var target = words.mutableSpan
    let shift = divisor.trailingZeroBitCount
    for place in 0..<count { target[place] = table[source[place] &>> shift] }
  }

  /// Finds out where the buckets begin and end.
  private func findEnds(
    _ count: Int, _ buckets: [Int], _ words: [UInt64], _ ranges: inout [UInt64],
    _ firsts: inout [Int], _ lasts: inout [Int]
  ) {
    let source = buckets.span
    let words = words.span
    var ranges = ranges.mutableSpan
    var firsts = firsts.mutableSpan
    var lasts = lasts.mutableSpan
    let last = entries.count - CodeTable.entryWords
    for place in 0..<count {
      let range = CodeBuckets.range(source[place], words[place], self.buckets)
      ranges[place] = range
      firsts[place] = min(Int(range & 0xFFFF_FFFF) &* CodeTable.entryWords, last)
      lasts[place] = max(Int(range >> 32) &* CodeTable.entryWords &- CodeTable.entryWords, 0)
    }
  }

  /// Compares the keys with the first and the last entry of their buckets, which most have no others
  /// than, in arithmetic, since no branch could be foreseen; the rows that stay open are listed.
  ///
  /// An entry of another bucket, which an empty one leads to, has another key.
  private func compareEnds(
    _ rows: Range<Int>, _ chunk: borrowing Chunk, _ found: inout [Int32], _ open: inout [Int]
  ) -> Int {
    let ranges = chunk.ranges.span
    let words = chunk.keys.span
    let firsts = chunk.firsts.span
    let lasts = chunk.lasts.span
    let heads = chunk.heads.span
    let tails = chunk.tails.span
    var target = found.mutableSpan
    var listed = open.mutableSpan
    var openCount = 0
    for place in 0..<rows.count {
      let isNotFirst = CodeFinder.ones(difference(firsts[place], words, place))
      let isNotLast = CodeFinder.ones(difference(lasts[place], words, place))
      let isNone = isNotFirst & isNotLast
      let position = (heads[place] & ~isNotFirst) | (tails[place] & isNotFirst) | isNone
      target[rows.lowerBound + place] = Int32(truncatingIfNeeded: position)
      listed[openCount] = place
      // Codes that a key does not hold whole, and buckets with entries between their ends.
      let isLong = UInt64(CodeKey.wholeByteCount) &- (words[place * 4] >> 16)
      let count = (ranges[place] >> 32) &- (ranges[place] & 0xFFFF_FFFF)
      openCount += Int((isLong | ((2 &- count) & isNone)) >> 63)
    }
    return openCount
  }

  /// All bits where some bit is set, none where none is.
  @inline(__always)
  private static func ones(_ bits: UInt64) -> UInt64 {
    UInt64(bitPattern: Int64(bitPattern: bits | (0 &- bits)) >> 63)
  }

  /// The bits in which the key of an entry is another than that of a row.
  @inline(__always)
  private func difference(_ entry: Int, _ words: Span<UInt64>, _ place: Int) -> UInt64 {
    (entries[entry] >> 32 ^ words[place * 4]) | (entries[entry + 1] ^ words[place * 4 + 1])
      | (entries[entry + 2] ^ words[place * 4 + 2]) | (entries[entry + 3] ^ words[place * 4 + 3])
  }

  /// The position of the concept whose code is that of a row, among all entries of a bucket; −1 for
  /// none.
  private func search(
    _ codes: TextArray, _ row: Int, _ range: UInt64, _ keys: [UInt64], _ place: Int
  ) -> Int32 {
    let words = keys.span
    for number in Int(range & 0xFFFF_FFFF)..<Int(range >> 32) {
      let entry = number * CodeTable.entryWords
      guard difference(entry, words, place) == 0 else { continue }
      let position = Int(entries[entry] & 0xFFFF_FFFF)
      if words[place * 4] >> 16 <= UInt64(CodeKey.wholeByteCount)
        || stands(codes, row, at: position)
      {
        return Int32(truncatingIfNeeded: position)
      }
    }
    return -1
  }

  /// Whether the code of a row is that of a concept, byte for byte.
  private func stands(_ codes: TextArray, _ row: Int, at position: Int) -> Bool {
    let start = Int(starts[position])
    return Int(starts[position + 1]) - start == codes.range(row).count
      && ByteWords.stands(codes.span(row), in: bytes, at: start)
  }
}
