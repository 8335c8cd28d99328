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
    let finder = CodeFinder(
      buckets: part(.codeBuckets, UInt64.self), entries: part(.codeEntries, UInt64.self),
      starts: part(.codeStarts, UInt32.self), bytes: part(.codeBytes, UInt8.self),
      header: header)
    return finder.find(codes, validity, UInt16(vocabulary))
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
