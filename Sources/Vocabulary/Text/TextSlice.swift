import Columnar

/// The terms of a run of documents, as one thread of the builder finds them.
struct TextSlice: Sendable {
  /// The terms by the order of their arrival.
  private(set) var terms = KeyIndex()
  /// The numbers of the terms of all documents, each once a document.
  private var stream: [UInt32] = []
  private(set) var lengths: [UInt8] = []
  private var ends: [UInt32] = []
  private let first: Int

  init(_ texts: some ConceptTexts, _ documents: Range<Int>) {
    first = documents.lowerBound
    lengths.reserveCapacity(documents.count)
    ends.reserveCapacity(documents.count)
    stream.reserveCapacity(documents.count * 5)
    var folded = FoldedText()
    for document in documents {
      folded.fold(texts.text(document))
      let begin = stream.count
      for index in 0..<folded.count {
        let term = UInt32(terms.insert(folded.term(index)))
        if !contains(term, from: begin) { stream.append(term) }
      }
      lengths.append(UInt8(clamping: stream.count - begin))
      ends.append(UInt32(stream.count))
    }
  }

  private func contains(_ term: UInt32, from begin: Int) -> Bool {
    var place = begin
    while place < stream.count {
      if stream[place] == term { return true }
      place += 1
    }
    return false
  }

  /// The postings of the slice, term by term in the order of their bytes.
  consuming func postings() -> SlicePostings {
    let count = terms.count
    var lists = SlicePostings(
      terms: terms.keys, order: TextSlice.order(terms.keys),
      firsts: [UInt32](repeating: 0, count: count), lasts: [UInt32](repeating: 0, count: count),
      counts: [UInt32](repeating: 0, count: count),
      starts: [UInt32](repeating: 0, count: count + 1), bytes: [], lengths: lengths)
    measure(&lists)
    var places = lists.starts
    var previous = lists.firsts
    var bytes = [UInt8](repeating: 0, count: Int(lists.starts[count]))
    eachPosting { term, document in
      guard previous[term] != document else { return }
      var difference = document - previous[term]
      previous[term] = document
      var place = Int(places[term])
      while difference >= 0x80 {
        bytes[place] = UInt8(truncatingIfNeeded: difference) | 0x80
        difference >>= 7
        place += 1
      }
      bytes[place] = UInt8(difference)
      places[term] = UInt32(place + 1)
    }
    lists.bytes = bytes
    return lists
  }

  /// Counts, bounds and the bytes that the differences after the first document will take.
  private func measure(_ lists: inout SlicePostings) {
    var counts = lists.counts
    var firsts = lists.firsts
    var lasts = lists.lasts
    var sizes = [UInt32](repeating: 0, count: counts.count)
    eachPosting { term, document in
      if counts[term] == 0 {
        firsts[term] = document
      } else {
        sizes[term] += UInt32(TextSlice.byteCount(document - lasts[term]))
      }
      counts[term] += 1
      lasts[term] = document
    }
    var total: UInt32 = 0
    for term in sizes.indices {
      lists.starts[term] = total
      total += sizes[term]
    }
    lists.starts[sizes.count] = total
    lists.counts = counts
    lists.firsts = firsts
    lists.lasts = lasts
  }

  @inline(__always)
  private func eachPosting(_ body: (Int, UInt32) -> Void) {
    let stream = stream.span
    var place = 0
    for row in ends.indices {
      let end = Int(ends[row])
      let document = UInt32(first + row)
      while place < end {
        body(Int(stream[place]), document)
        place += 1
      }
    }
  }

  @inline(__always)
  static func byteCount(_ number: UInt32) -> Int {
    number < 0x80 ? 1 : number < 0x4000 ? 2 : number < 0x20_0000 ? 3 : number < 0x1000_0000 ? 4 : 5
  }

  /// The terms in the order of their bytes: compared by their first eight, then whole.
  private static func order(_ terms: TextArray) -> [UInt32] {
    var keys: [(head: UInt64, term: UInt32)] = []
    keys.reserveCapacity(terms.count)
    for term in 0..<terms.count {
      let bytes = terms.span(term)
      var head: UInt64 = 0
      for index in 0..<8 { head = head << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0) }
      keys.append((head, UInt32(term)))
    }
    keys.sort { left, right in
      left.head != right.head
        ? left.head < right.head : terms.order(Int(left.term), terms, Int(right.term)) < 0
    }
    return keys.map(\.term)
  }
}

/// The postings of a slice: of each term its first document, and the differences after it as bytes.
struct SlicePostings: Sendable {
  var terms: TextArray
  /// The numbers of the terms in the order of their bytes.
  var order: [UInt32]
  var firsts: [UInt32]
  var lasts: [UInt32]
  var counts: [UInt32]
  var starts: [UInt32]
  var bytes: [UInt8]
  var lengths: [UInt8]
}
