package import Columnar

extension VocabularyIndex {
  /// The positions of the concepts with the codes given in one vocabulary; −1 where there is none or
  /// the row has no code.
  ///
  /// Codes are compared byte by byte, as written. Of concepts with the same vocabulary and code a
  /// valid one wins over an invalid one, then the lowest id.
  ///
  /// `vocabulary` is a handle from `vocabulary(named:)`; `validity` says which rows have a code, `nil`
  /// when all have.
  ///
  /// - Complexity: O(1) expected a row.
  package func lookup(
    vocabulary: Int, codes: TextArray, validity: [Bool]? = nil
  ) -> [Int32] {
    let handle = UInt16(vocabulary)
    let finder = CodeFinder(
      buckets: part(.codeBuckets, UInt32.self), entries: part(.codeEntries, UInt64.self),
      starts: part(.codeStarts, UInt32.self), bytes: part(.codeBytes, UInt8.self),
      header: header)
    guard let validity else {
      return [Int32](capacity: codes.count) { out in
        for row in 0..<codes.count { out.append(finder.find(codes.span(row), handle)) }
      }
    }
    let valid = validity.span
    return [Int32](capacity: codes.count) { out in
      for row in 0..<codes.count {
        out.append(valid[row] ? finder.find(codes.span(row), handle) : -1)
      }
    }
  }

  /// The position of the concept with a code in a vocabulary: for edges.
  package func lookup(vocabulary: Int, code: String) -> Int? {
    let found = lookup(vocabulary: vocabulary, codes: TextArray([code]))[0]
    return found < 0 ? nil : Int(found)
  }

  /// The position of a concept by its id.
  package func position(ofConcept id: Int64) -> Int? {
    let found = ConceptIDs.position(
      of: id, part(.idPages, UInt32.self), part(.idWords, UInt64.self),
      part(.idRanks, UInt32.self))
    return found < 0 ? nil : found
  }

  /// The positions of concepts by their ids; −1 where there is none.
  package func positions(ofConcepts ids: [Int64]) -> [Int32] {
    let pages = part(.idPages, UInt32.self)
    let words = part(.idWords, UInt64.self)
    let ranks = part(.idRanks, UInt32.self)
    let source = ids.span
    return [Int32](capacity: ids.count) { out in
      for row in source.indices {
        out.append(Int32(ConceptIDs.position(of: source[row], pages, words, ranks)))
      }
    }
  }
}

/// The parts of an index that a lookup needs, held for a whole batch.
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

  @inline(__always)
  func find(_ code: Span<UInt8>, _ vocabulary: UInt16) -> Int32 {
    let hash = CodeTable.hash(code, vocabulary) & mask
    let bucket = Int(hash >> shift)
    let key = (hash & 0xFFFF) << 16 | UInt64(vocabulary)
    var place = Int(buckets[bucket])
    let end = Int(buckets[bucket + 1])
    while place < end {
      let entry = entries[place]
      if entry >> 32 == key {
        let position = Int(entry & 0xFFFF_FFFF)
        if matches(code, at: position) { return Int32(position) }
      }
      place += 1
    }
    return -1
  }

  @inline(__always)
  private func matches(_ code: Span<UInt8>, at position: Int) -> Bool {
    let start = Int(starts[position])
    guard Int(starts[position + 1]) - start == code.count else { return false }
    for index in code.indices where code[index] != bytes[start + index] { return false }
    return true
  }
}
