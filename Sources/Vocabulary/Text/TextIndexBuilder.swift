import Columnar

/// Makes a text index of the names and synonyms of concepts.
///
/// Each thread takes a run of documents: it lists their terms, counts, and writes its postings in
/// place, so that nothing is sorted but the distinct terms. The runs are then joined term by term.
/// The index does not depend on the number of threads.
package enum TextIndexBuilder {
  /// The most bytes that postings or terms may take: their places have 32 bits.
  private static let limit = Int(UInt32.max)

  /// Makes the index with a number of threads.
  ///
  /// Besides the texts it needs about four bytes for each term of each document, and twice the index.
  ///
  /// - Complexity: O(*n*) in the bytes of the texts, O(*t* log *t*) in the distinct terms.
  package static func build(
    _ texts: some ConceptTexts, workers: Int
  ) throws(VocabularyError) -> TextTables {
    let count = texts.conceptCount + texts.synonymCount
    guard count < Int(Int32.max) else {
      throw VocabularyError("too-much-text", "more than \(Int32.max) names and synonyms")
    }
    let slices = max(1, min(workers, count))
    let results = Guarded([SlicePostings?](repeating: nil, count: slices))
    let work: @Sendable (Int) -> Void = { slice in
      let range = count * slice / slices..<count * (slice + 1) / slices
      let postings = TextSlice(texts, range).postings()
      results.withLock { $0[slice] = postings }
    }
    concurrently(slices, workers: slices, work)
    let parts = results.withLock { parts in
      defer { parts = [] }
      return parts.compactMap(\.self)
    }
    var tables = try join(parts)
    tables.synonymConcepts = (0..<texts.synonymCount).map { UInt32(texts.concept(ofSynonym: $0)) }
    return tables
  }

  private static func join(_ parts: [SlicePostings]) throws(VocabularyError) -> TextTables {
    guard parts.reduce(0, { $0 + $1.terms.bytes.count }) <= limit,
      // A first document takes at most five bytes.
      parts.reduce(0, { $0 + $1.bytes.count + $1.terms.count * 5 }) <= limit
    else { throw VocabularyError("too-much-text", "the names and synonyms have too many terms") }
    var tables = TextTables()
    for part in parts { tables.documentLengths += part.lengths }
    tables.postingBytes.reserveCapacity(
      parts.reduce(0) { $0 + $1.bytes.count + $1.terms.count * 3 })
    var heads = [Int](repeating: 0, count: parts.count)
    while let first = least(parts, heads) {
      let term = Int(parts[first].order[heads[first]])
      tables.termBytes.append(contentsOf: parts[first].terms.bytes[parts[first].terms.range(term)])
      tables.termStarts.append(UInt32(tables.termBytes.count))
      var documents: UInt32 = 0
      var last: UInt32 = 0
      let terms = parts[first].terms
      for index in first..<parts.count where heads[index] < parts[index].order.count {
        let own = Int(parts[index].order[heads[index]])
        guard index == first || parts[index].terms.equal(own, terms, term) else { continue }
        heads[index] += 1
        append(parts[index].firsts[own] - last, to: &tables.postingBytes)
        tables.postingBytes.append(
          contentsOf: parts[index]
            .bytes[Int(parts[index].starts[own])..<Int(parts[index].starts[own + 1])])
        documents += parts[index].counts[own]
        last = parts[index].lasts[own]
      }
      tables.termDocuments.append(documents)
      tables.postingStarts.append(UInt32(tables.postingBytes.count))
    }
    return tables
  }

  /// The first part whose next term is the least of all.
  private static func least(_ parts: [SlicePostings], _ heads: [Int]) -> Int? {
    var best: Int?
    for index in parts.indices where heads[index] < parts[index].order.count {
      guard let other = best else {
        best = index
        continue
      }
      let own = Int(parts[index].order[heads[index]])
      let rival = Int(parts[other].order[heads[other]])
      if parts[index].terms.order(own, parts[other].terms, rival) < 0 { best = index }
    }
    return best
  }

  private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    var number = number
    while number >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: number) | 0x80)
      number >>= 7
    }
    bytes.append(UInt8(number))
  }
}
