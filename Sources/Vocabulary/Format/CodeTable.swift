import Columnar

/// The way from (vocabulary, code) to a concept's position.
///
/// The first bits of a hash choose a bucket, a run of entries: the concept's position in the low 32
/// bits, the vocabulary in the next 16, the last 16 bits of the hash on top. The code's bytes are
/// compared on every hit. Of concepts with one vocabulary and code only one has an entry: a valid one
/// before an invalid one, then the one with the lowest id.
struct CodeTable: Sendable {
  private(set) var buckets: [UInt32]
  private(set) var entries: [UInt64]
  let bits: Int

  /// Takes the columns of the concepts in ascending order of ids; an empty code has no entry.
  ///
  /// The mask is applied to the hashes, so that a test can make them collide.
  init(codes: TextArray, vocabularies: [UInt16], flags: [UInt8], mask: UInt64) {
    let count = codes.count
    var bits = 1
    while bits < 31 && 1 << (bits + 1) < count { bits += 1 }
    self.bits = bits
    let shift = UInt64(64 - bits)
    var hashes = [UInt64](repeating: 0, count: count)
    var places = [UInt32](repeating: 0, count: (1 << bits) + 1)
    for position in 0..<count where !codes.range(position).isEmpty {
      let hash = CodeTable.hash(codes.span(position), vocabularies[position]) & mask
      hashes[position] = hash
      places[Int(hash >> shift) + 1] += 1
    }
    for bucket in 1..<places.count { places[bucket] += places[bucket - 1] }
    let total = Int(places[places.count - 1])
    var scattered = [UInt64](repeating: 0, count: total)
    var next = places
    for position in 0..<count where !codes.range(position).isEmpty {
      let hash = hashes[position]
      let place = Int(next[Int(hash >> shift)])
      next[Int(hash >> shift)] += 1
      scattered[place] =
        (hash & 0xFFFF) << 48 | UInt64(vocabularies[position]) << 32 | UInt64(position)
    }
    buckets = [0]
    buckets.reserveCapacity(places.count)
    entries = []
    entries.reserveCapacity(total)
    for bucket in 0..<(1 << bits) {
      let first = entries.count
      for place in Int(places[bucket])..<Int(places[bucket + 1]) {
        keep(scattered[place], from: first, codes, flags)
      }
      buckets.append(UInt32(entries.count))
    }
  }

  /// Adds an entry to the bucket that begins at `first`, or lets it replace one with the same key.
  private mutating func keep(
    _ entry: UInt64, from first: Int, _ codes: TextArray, _ flags: [UInt8]
  ) {
    let position = Int(entry & 0xFFFF_FFFF)
    for place in first..<entries.count where entries[place] >> 32 == entry >> 32 {
      let kept = Int(entries[place] & 0xFFFF_FFFF)
      guard codes.equal(kept, codes, position) else { continue }
      // Positions come in ascending order, so only validity can make the later one better.
      if flags[kept] & ConceptFlags.valid == 0 && flags[position] & ConceptFlags.valid != 0 {
        entries[place] = entry
      }
      return
    }
    entries.append(entry)
  }

  /// The hash of a code within a vocabulary: part of the format, so it never changes.
  @inline(__always)
  static func hash(_ code: Span<UInt8>, _ vocabulary: UInt16) -> UInt64 {
    ByteWords.hash(code, seed: 0x243F_6A88_85A3_08D3 ^ UInt64(vocabulary) << 32)
  }
}
