import Columnar

/// A text index: the terms of names and synonyms, and the documents in which they stand.
package struct TextIndex: Sendable {
  /// Where a part lies in the file, in bytes.
  struct Place: Hashable, Sendable {
    var offset: Int
    var byteCount: Int
  }

  private let file: MappedFile
  /// In the order of `TextPart`.
  private let places: [Place]
  /// The number of concepts, whose names are the first documents.
  package let conceptCount: Int

  /// Reads parts that lie in a file, whose integrity others have checked.
  init(_ file: MappedFile, places: [Place], conceptCount: Int) {
    precondition(places.count == TextPart.allCases.count, "a place for each part")
    self.file = file
    self.places = places
    self.conceptCount = conceptCount
  }

  /// An index in memory.
  package init(_ tables: TextTables, conceptCount: Int) throws {
    let joined = tables.joined()
    try self.init(
      MappedFile(copying: joined.bytes), places: joined.places, conceptCount: conceptCount)
  }

  /// The numbers of a part that has numbers, borrowed.
  @inline(__always)
  @_lifetime(borrow self)
  func numbers(_ part: TextPart) -> Span<UInt32> {
    let place = places[part.rawValue]
    return file.values(UInt32.self, at: place.offset, count: place.byteCount / 4)
  }

  /// The bytes of a part that has bytes, borrowed.
  @inline(__always)
  @_lifetime(borrow self)
  func bytes(_ part: TextPart) -> Span<UInt8> {
    let place = places[part.rawValue]
    return file.values(UInt8.self, at: place.offset, count: place.byteCount)
  }

  /// The number of names and synonyms.
  package var documentCount: Int { bytes(.documentLengths).count }

  /// The number of distinct terms.
  package var termCount: Int { numbers(.termDocuments).count }

  /// The position of the concept that a document names.
  func concept(_ document: Int) -> Int {
    document < conceptCount
      ? document : Int(numbers(.synonymConcepts)[document - conceptCount])
  }

  /// In how many documents a term stands.
  package func documentCount(ofTerm term: Int) -> Int {
    Int(numbers(.termDocuments)[term])
  }

  /// The number of a term by its bytes.
  ///
  /// - Complexity: O(log *t*) in the terms.
  package func term(_ key: Span<UInt8>) -> Int? {
    let starts = numbers(.termStarts)
    let bytes = self.bytes(.termBytes)
    let place = lowerBound(key, 0)
    guard place < termCount, Int(starts[place + 1] - starts[place]) == key.count,
      ByteWords.stands(key, in: bytes, at: Int(starts[place]))
    else { return nil }
    return place
  }

  /// A term as text: for tests and messages.
  package func text(ofTerm term: Int) -> String {
    let starts = numbers(.termStarts)
    let bytes = self.bytes(.termBytes)
    let range = Int(starts[term])..<Int(starts[term + 1])
    return String(
      decoding: [UInt8](capacity: range.count) { out in
        for index in range { out.append(bytes[index]) }
      }, as: UTF8.self)
  }

  /// The terms that begin with some bytes.
  package func terms(beginningWith prefix: [UInt8]) -> Range<Int> {
    let first = lowerBound(prefix.span, 0)
    // What comes after all of them: no byte of UTF-8 is 0xFF.
    let after = prefix + [0xFF]
    return first..<lowerBound(after.span, first)
  }

  /// The first term from a place on that is not before a key.
  func lowerBound(_ key: Span<UInt8>, _ from: Int) -> Int {
    let starts = numbers(.termStarts)
    let bytes = self.bytes(.termBytes)
    // Doubling steps first: the next term is often near.
    var low = from
    var step = 1
    var high = termCount
    while low + step < high {
      if precedes(starts, bytes, low + step, key) {
        low += step
        step *= 2
      } else {
        high = low + step
      }
    }
    while low < high {
      let middle = (low + high) / 2
      if precedes(starts, bytes, middle, key) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @inline(__always)
  private func precedes(
    _ starts: Span<UInt32>, _ bytes: Span<UInt8>, _ term: Int, _ key: Span<UInt8>
  ) -> Bool {
    let start = Int(starts[term])
    let length = Int(starts[term + 1]) - start
    let shared = min(length, key.count)
    var index = 0
    while index < shared {
      let byte = bytes[start + index]
      if byte != key[index] { return byte < key[index] }
      index += 1
    }
    return length < key.count
  }

  /// Calls the body with the documents of a term, in ascending order.
  @inline(__always)
  func eachDocument(ofTerm term: Int, _ body: (Int) -> Void) {
    let starts = numbers(.postingStarts)
    var postings = Postings(
      bytes(.postingBytes), Int(starts[term])..<Int(starts[term + 1]))
    while let document = postings.next() { body(document) }
  }

  /// The documents of a term, ascending.
  package func documents(ofTerm term: Int) -> [Int] {
    var found: [Int] = []
    eachDocument(ofTerm: term) { found.append($0) }
    return found
  }

  /// How much a term that stands in a number of documents says: rare ones say most.
  ///
  /// It is the square of the logarithm that TF-IDF has, as in the product of two such vectors.
  package func weight(documents: Int) -> Double {
    let rarity = logarithm(1 + Double(documentCount) / (Double(documents) + 0.5))
    return rarity * rarity
  }
}
