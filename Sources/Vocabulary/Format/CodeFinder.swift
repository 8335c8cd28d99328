import Columnar

/// The parts of an index that finding codes needs, held for a whole batch.
///
/// A batch is taken in chunks, and a chunk through one step after the other, so that the loads of its
/// rows, which miss the caches, wait together and not one behind the other.
struct CodeFinder: ~Escapable {
  private let buckets: Span<UInt32>
  private let entries: Span<UInt64>
  private let starts: Span<UInt32>
  private let bytes: Span<UInt8>
  private let mask: UInt64
  private let shift: UInt64

  /// The rows of a chunk: what it touches of the index stays in the second cache.
  private static let chunkCount = 1_024

  @_lifetime(copy buckets, copy entries, copy starts, copy bytes)
  init(
    buckets: Span<UInt32>, entries: Span<UInt64>, starts: Span<UInt32>, bytes: Span<UInt8>,
    header: IndexHeader
  ) {
    self.buckets = buckets
    self.entries = entries
    self.starts = starts
    self.bytes = bytes
    mask = header.hashMask
    shift = UInt64(64 - header.bucketBits)
  }

  /// The positions of the concepts of a vocabulary with these codes, −1 for none.
  func find(_ codes: TextArray, _ validity: [Bool]?, _ vocabulary: UInt16) -> [Int32] {
    var found = [Int32](repeating: -1, count: codes.count)
    guard !entries.isEmpty, codes.count > 0 else { return found }
    let room = min(codes.count, CodeFinder.chunkCount)
    var keys = [UInt64](repeating: 0, count: room * CodeTable.entryWords)
    var hashes = [UInt64](repeating: 0, count: room)
    var ranges = hashes
    var heads = hashes
    var tails = hashes
    var open = [Int](repeating: 0, count: room)
    for first in stride(from: 0, to: codes.count, by: room) {
      let rows = first..<min(first + room, codes.count)
      makeKeys(codes, rows, vocabulary, &keys, &hashes)
      findBuckets(rows.count, hashes, &ranges)
      loadEntries(rows.count, ranges, &heads, &tails)
      let openCount = compareEnds(rows, keys, ranges, heads, tails, &found, &open)
      for place in open[..<openCount] {
        found[first + place] = search(codes, first + place, ranges[place], keys, place)
      }
    }
    if let validity {
      for row in found.indices where !validity[row] { found[row] = -1 }
    }
    return found
  }

  /// For each row four words: the tag of its key, and the other words.
  private func makeKeys(
    _ codes: TextArray, _ rows: Range<Int>, _ vocabulary: UInt16, _ keys: inout [UInt64],
    _ hashes: inout [UInt64]
  ) {
    let source = codes.bytes.span
    let ends = codes.ends.span
    var words = keys.mutableSpan
    var target = hashes.mutableSpan
    var start = codes.start(rows.lowerBound)
    var place = 0
    for row in rows {
      let end = Int(ends[row])
      let key = CodeKey(source, start..<end, vocabulary: vocabulary, mask: mask)
      words[place * 4] = key.tag
      words[place * 4 + 1] = key.first
      words[place * 4 + 2] = key.second
      words[place * 4 + 3] = key.third
      target[place] = key.hash(mask: mask)
      start = end
      place += 1
    }
  }

  /// For each row the first entry of its bucket in the low half, the end in the high half.
  private func findBuckets(_ count: Int, _ hashes: [UInt64], _ ranges: inout [UInt64]) {
    let source = hashes.span
    var target = ranges.mutableSpan
    for place in 0..<count {
      let bucket = Int(source[place] >> shift)
      target[place] = UInt64(buckets[bucket + 1]) << 32 | UInt64(buckets[bucket])
    }
  }

  /// Loads the first words of the first and of the last entry of each bucket: nothing waits for them
  /// here, and the compare that follows finds them near.
  private func loadEntries(
    _ count: Int, _ ranges: [UInt64], _ heads: inout [UInt64], _ tails: inout [UInt64]
  ) {
    let source = ranges.span
    var firsts = heads.mutableSpan
    var lasts = tails.mutableSpan
    let last = entries.count - CodeTable.entryWords
    for place in 0..<count {
      let first = Int(source[place] & 0xFFFF_FFFF) * CodeTable.entryWords
      let end = Int(source[place] >> 32) * CodeTable.entryWords
      firsts[place] = entries[min(first, last)]
      lasts[place] = entries[max(end - CodeTable.entryWords, 0)]
    }
  }

  /// Compares the keys with the first and the last entry of their buckets, which most have no others
  /// than, in arithmetic, since no branch could be foreseen; the rows that stay open are listed.
  ///
  /// An entry of another bucket, which an empty one leads to, has another key.
  private func compareEnds(
    _ rows: Range<Int>, _ keys: [UInt64], _ ranges: [UInt64], _ heads: [UInt64],
    _ tails: [UInt64], _ found: inout [Int32], _ open: inout [Int]
  ) -> Int {
    let source = ranges.span
    let words = keys.span
    let firsts = heads.span
    let lasts = tails.span
    var target = found.mutableSpan
    var listed = open.mutableSpan
    var openCount = 0
    let last = entries.count - CodeTable.entryWords
    for place in 0..<rows.count {
      let begin = Int(source[place] & 0xFFFF_FFFF)
      let end = Int(source[place] >> 32)
      let one = min(begin * CodeTable.entryWords, last)
      let other = max((end - 1) * CodeTable.entryWords, 0)
      let isNotOne = CodeFinder.ones(difference(one, words, place))
      let isNotOther = CodeFinder.ones(difference(other, words, place))
      let isNone = isNotOne & isNotOther
      let position = (firsts[place] & ~isNotOne) | (lasts[place] & isNotOne) | isNone
      target[rows.lowerBound + place] = Int32(truncatingIfNeeded: position)
      listed[openCount] = place
      // Codes that a key does not hold whole, and buckets with entries between their ends.
      let isLong = UInt64(CodeKey.wholeByteCount) &- (words[place * 4] >> 16)
      let isFull = UInt64(truncatingIfNeeded: 2 &- (end &- begin)) & isNone
      openCount += Int((isLong | isFull) >> 63)
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
