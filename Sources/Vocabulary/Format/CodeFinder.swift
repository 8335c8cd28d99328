import Columnar

/// The parts of an index that finding codes needs, held for a whole batch.
///
/// A batch is taken through one step after the other, so that the loads of its rows, which miss the
/// caches, wait together and not one behind the other.
struct CodeFinder: ~Escapable {
  private let buckets: Span<UInt32>
  private let entries: Span<UInt64>
  private let starts: Span<UInt32>
  private let bytes: Span<UInt8>
  private let mask: UInt64
  private let shift: UInt64

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
    let hashes = hashes(codes, vocabulary)
    var found = candidates(hashes, vocabulary)
    let texts = places(found)
    let heads = heads(texts)
    let keys = codes.bytes.span
    for row in found.indices where found[row] >= 0 {
      if let validity, !validity[row] {
        found[row] = -1
        continue
      }
      let range = codes.range(row)
      let start = Int(texts[row] & 0xFFFF_FFFF)
      let count = Int(texts[row] >> 32) - start
      if count == range.count,
        let head = ByteWords.first(keys, range.lowerBound, count: count),
        heads[row] & (count >= 8 ? .max : (1 << UInt64(count * 8)) - 1) == head,
        count <= 8 || ByteWords.stands(codes.span(row), in: bytes, at: start),
        start + 8 <= bytes.count
      {
        found[row] = Int32(truncatingIfNeeded: entries[Int(found[row])])
      } else {
        found[row] = verified(codes.span(row), found[row], hashes[row], vocabulary)
      }
    }
    return found
  }

  /// For each candidate where its code lies: the start in the low half, the end in the high half.
  private func places(_ candidates: [Int32]) -> [UInt64] {
    let source = candidates.span
    let positions = [UInt32](capacity: candidates.count) { out in
      for row in source.indices {
        let place = source[row]
        out.append(place < 0 ? 0 : UInt32(truncatingIfNeeded: entries[Int(place)]))
      }
    }
    let rows = positions.span
    return [UInt64](capacity: candidates.count) { out in
      for row in rows.indices {
        let position = Int(rows[row])
        out.append(
          source[row] < 0 ? 0 : UInt64(starts[position + 1]) << 32 | UInt64(starts[position]))
      }
    }
  }

  /// The first eight bytes of each code, 0 where they would end outside.
  private func heads(_ places: [UInt64]) -> [UInt64] {
    let source = places.span
    return [UInt64](capacity: places.count) { out in
      for row in source.indices {
        out.append(ByteWords.first(bytes, Int(source[row] & 0xFFFF_FFFF), count: 8) ?? 0)
      }
    }
  }

  private func hashes(_ codes: TextArray, _ vocabulary: UInt16) -> [UInt64] {
    let mask = mask
    return [UInt64](capacity: codes.count) { out in
      for row in 0..<codes.count {
        out.append(CodeTable.hash(codes.span(row), vocabulary) & mask)
      }
    }
  }

  /// For each hash the place of the first entry that has its key, −1 where the bucket has none.
  private func candidates(_ hashes: [UInt64], _ vocabulary: UInt16) -> [Int32] {
    let source = hashes.span
    let bounds = [UInt64](capacity: hashes.count) { out in
      for row in source.indices {
        let bucket = Int(source[row] >> shift)
        out.append(UInt64(buckets[bucket + 1]) << 32 | UInt64(buckets[bucket]))
      }
    }
    let ranges = bounds.span
    return [Int32](capacity: hashes.count) { out in
      for row in source.indices {
        let range = ranges[row]
        out.append(
          next(Int(range & 0xFFFF_FFFF), Int(range >> 32), key(source[row], vocabulary)))
      }
    }
  }

  @inline(__always)
  private func key(_ hash: UInt64, _ vocabulary: UInt16) -> UInt64 {
    (hash & 0xFFFF) << 16 | UInt64(vocabulary)
  }

  /// The place of the first entry from `place` on with a key, or −1.
  @inline(__always)
  private func next(_ place: Int, _ end: Int, _ key: UInt64) -> Int32 {
    var place = place
    while place < end {
      if entries[place] >> 32 == key { return Int32(truncatingIfNeeded: place) }
      place += 1
    }
    return -1
  }

  /// The position of the concept whose code is the one looked for, from a candidate on; −1 when only
  /// hashes are equal.
  @inline(__always)
  private func verified(
    _ code: Span<UInt8>, _ candidate: Int32, _ hash: UInt64, _ vocabulary: UInt16
  ) -> Int32 {
    var place = candidate
    while place >= 0 {
      let position = Int(entries[Int(place)] & 0xFFFF_FFFF)
      let start = Int(starts[position])
      if Int(starts[position + 1]) - start == code.count,
        ByteWords.stands(code, in: bytes, at: start)
      {
        return Int32(position)
      }
      let end = Int(buckets[Int(hash >> shift) + 1])
      place = next(Int(place) + 1, end, key(hash, vocabulary))
    }
    return -1
  }
}
