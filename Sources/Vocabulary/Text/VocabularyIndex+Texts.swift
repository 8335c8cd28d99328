import Columnar

/// The names and synonyms of the concepts as documents.
extension VocabularyIndex: ConceptTexts {
  package var conceptCount: Int { count }

  package var synonymCount: Int { part(.synonymLanguages, UInt32.self).count }

  /// - Complexity: O(log *n*) in the concepts.
  package func concept(ofSynonym synonym: Int) -> Int {
    let starts = part(.synonymStarts, UInt32.self)
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if Int(starts[middle + 1]) <= synonym { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @_lifetime(borrow self)
  package func text(_ document: Int) -> Span<UInt8> {
    let isName = document < count
    let place = isName ? document : document - count
    let starts = part(isName ? .nameStarts : .synonymTextStarts, UInt32.self)
    let range = Int(starts[place])..<Int(starts[place + 1])
    let section: IndexSection = isName ? .nameBytes : .synonymTextBytes
    let bytes = header.parts[section.rawValue]
    precondition(range.upperBound <= bytes.byteCount, "a text outside its part")
    return file.values(UInt8.self, at: bytes.offset + range.lowerBound, count: range.count)
  }
}

extension VocabularyIndex {
  /// The words of the names and synonyms: those of the index, or made in memory where it has none.
  ///
  /// - Complexity: O(1), or O(*n*) in the bytes of the texts: some three seconds for each million.
  package func textIndex(workers: Int) throws -> TextIndex {
    guard contents.contains(.text) else {
      return try TextIndex(TextIndexBuilder.build(self, workers: workers), conceptCount: count)
    }
    let places = TextPart.allCases.map { text in
      let part = header.parts[IndexSection.textTermStarts.rawValue + text.rawValue]
      return TextIndex.Place(offset: part.offset, byteCount: part.byteCount)
    }
    return TextIndex(file, places: places, conceptCount: count)
  }
}
