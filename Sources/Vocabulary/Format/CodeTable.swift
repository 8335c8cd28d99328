import Columnar

/// The way from (vocabulary, code) to a concept's position.
///
/// The first bits of a hash choose a bucket, a run of entries of four words: the concept's position
/// below the tag of its key, then the three other words of the key (`CodeKey`), so that a code of up
/// to 24 bytes is found and compared in one place. Of concepts with one vocabulary and code only one
/// has an entry: a valid one before an invalid one, then the one with the lowest id.
struct CodeTable: Sendable {
  /// The words of an entry.
  static let entryWords = 4
  /// Positions that are taken at once.
  private static let sliceCount = 1 << 18

  /// The number of bits of a hash that choose a bucket.
  let bits: Int
  private let codes: TextArray
  private let vocabularies: [UInt16]
  private let flags: [UInt8]
  private let mask: UInt64
  /// The bits of a hash that choose a part, a run of buckets that is made at once.
  private let partBits: Int
  /// For each slice of positions: the first 32 bits of the hash above the position, part after part,
  /// and where each part ends.
  private let slices: [(items: [UInt64], ends: [Int])]

  /// A run of buckets.
  struct Part: Sendable {
    /// For each bucket the number of its entries.
    var counts: [UInt32] = []
    var entries: [UInt64] = []
  }

  /// Takes the columns of the concepts in ascending order of ids; an empty code has no entry.
  ///
  /// The mask is applied to the hashes, so that a test can make them collide.
  init(
    codes: TextArray, vocabularies: [UInt16], flags: [UInt8], mask: UInt64, workers: Int
  ) {
    var bits = CodeBuckets.bits
    while bits < 31 && 1 << bits < codes.count { bits += 1 }
    self.bits = bits
    partBits = min(bits - CodeBuckets.bits, 6)
    self.codes = codes
    self.vocabularies = vocabularies
    self.flags = flags
    self.mask = mask
    let starts = Array(stride(from: 0, to: codes.count, by: CodeTable.sliceCount))
    let parted = Guarded([(items: [UInt64], ends: [Int])](repeating: ([], []), count: starts.count))
    let partBits = partBits
    concurrently(starts.count, workers: workers) { number in
      let range = starts[number]..<min(starts[number] + CodeTable.sliceCount, codes.count)
      let slice = CodeTable.slice(codes, vocabularies, range, mask: mask, partBits: partBits)
      parted.withLock { $0[number] = slice }
    }
    slices = parted.withLock { $0 }
  }

  var partCount: Int { 1 << partBits }

  /// The items of a run of positions, brought into the order of their parts.
  private static func slice(
    _ codes: TextArray, _ vocabularies: [UInt16], _ range: Range<Int>, mask: UInt64, partBits: Int
  ) -> (items: [UInt64], ends: [Int]) {
    let bytes = codes.bytes.span
    let shift = UInt64(64 - partBits)
    var items: [UInt64] = []
    items.reserveCapacity(range.count)
    var places = [Int](repeating: 0, count: (1 << partBits) + 1)
    for position in range {
      let text = codes.range(position)
      guard !text.isEmpty else { continue }
      let key = CodeKey(bytes, text, vocabulary: vocabularies[position], mask: mask)
      let hash = key.hash(mask: mask)
      places[Int(hash >> shift) + 1] += 1
      items.append(hash & 0xFFFF_FFFF_0000_0000 | UInt64(position))
    }
    for part in 1..<places.count { places[part] += places[part - 1] }
    var sorted = [UInt64](repeating: 0, count: items.count)
    var target = sorted.mutableSpan
    for item in items {
      target[places[Int(item >> shift)]] = item
      places[Int(item >> shift)] += 1
    }
    return (sorted, places.dropLast())
  }

  /// Makes a run of buckets.
  func part(_ number: Int) -> Part {
    let shift = UInt64(64 - bits)
    let count = 1 << (bits - partBits)
    let items = slices.flatMap { slice in
      slice.items[(number == 0 ? 0 : slice.ends[number - 1])..<slice.ends[number]]
    }
    var places = [Int](repeating: 0, count: count + 1)
    for item in items { places[Int(item >> shift) & (count - 1) + 1] += 1 }
    for bucket in 0..<count { places[bucket + 1] += places[bucket] }
    var positions = [UInt32](repeating: 0, count: items.count)
    var next = places
    for item in items {
      let bucket = Int(item >> shift) & (count - 1)
      positions[next[bucket]] = UInt32(truncatingIfNeeded: item)
      next[bucket] += 1
    }
    var part = Part()
    part.counts.reserveCapacity(count)
    part.entries.reserveCapacity(items.count * CodeTable.entryWords)
    for bucket in 0..<count {
      let first = part.entries.count
      for place in places[bucket]..<places[bucket + 1] {
        keep(Int(positions[place]), from: first, in: &part.entries)
      }
      part.counts.append(UInt32((part.entries.count - first) / CodeTable.entryWords))
    }
    return part
  }

  /// Adds an entry to the bucket that begins at `first`, or lets it replace one of the same code.
  private func keep(_ position: Int, from first: Int, in entries: inout [UInt64]) {
    let key = CodeKey(
      codes.bytes.span, codes.range(position), vocabulary: vocabularies[position], mask: mask)
    for place in stride(from: first, to: entries.count, by: CodeTable.entryWords)
    where entries[place] >> 32 == key.tag && entries[place + 1] == key.first
      && entries[place + 2] == key.second && entries[place + 3] == key.third
    {
      let kept = Int(entries[place] & 0xFFFF_FFFF)
      guard key.isWhole || codes.equal(kept, codes, position) else { continue }
      // Positions come in ascending order, so only validity can make the later one better.
      if flags[kept] & ConceptFlags.valid == 0 && flags[position] & ConceptFlags.valid != 0 {
        entries[place] = key.tag << 32 | UInt64(position)
      }
      return
    }
    entries.append(key.tag << 32 | UInt64(position))
    entries.append(key.first)
    entries.append(key.second)
    entries.append(key.third)
  }
}
