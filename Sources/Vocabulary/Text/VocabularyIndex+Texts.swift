import Columnar

/// The names of the concepts as documents.
extension VocabularyIndex: ConceptTexts {
  package var conceptCount: Int { count }

  package var synonymCount: Int { 0 }

  package func concept(ofSynonym synonym: Int) -> Int {
    preconditionFailure("the index holds no synonyms")
  }

  @_lifetime(borrow self)
  package func text(_ document: Int) -> Span<UInt8> {
    let starts = part(.nameStarts, UInt32.self)
    let range = Int(starts[document])..<Int(starts[document + 1])
    let bytes = header.parts[IndexSection.nameBytes.rawValue]
    return file.values(UInt8.self, at: bytes.offset + range.lowerBound, count: range.count)
  }
}

extension VocabularyIndex {
  /// Makes a text index of the names and synonyms, in memory.
  ///
  /// - Complexity: O(*n*) in the bytes of the texts: some three seconds for each million.
  package func makeTextIndex(workers: Int) throws -> TextIndex {
    let tables = try TextIndexBuilder.build(self, workers: workers)
    return try TextIndex(tables, conceptCount: count)
  }
}
