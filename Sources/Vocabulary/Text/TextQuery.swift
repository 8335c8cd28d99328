import Columnar

/// A term of the index that stands for a word of a query, and how well: 1 for the word itself.
struct TermVariant: Hashable, Sendable {
  var term: Int
  var fit: Double
}

/// A word of a query with what it may stand for.
struct QueryWord: Sendable {
  /// Its folded bytes.
  var bytes: [UInt8]
  /// What finding it says; that of its best variant where the index does not have it.
  var weight: Double
  /// Best first, each term once.
  var variants: [TermVariant]
  var isNumber: Bool

  /// How well a term of the index stands for the word; 0 for not at all.
  func fit(_ term: Int) -> Double {
    for variant in variants where variant.term == term { return variant.fit }
    return 0
  }
}

/// A query: the words of a text as the index may have them.
struct TextQuery: Sendable {
  var folded: FoldedText
  /// Each word once.
  var words: [QueryWord]

  /// What all words say together.
  var weight: Double { words.reduce(0) { $0 + $1.weight } }
}

/// How far the words of a query may be from what is found.
struct QueryTolerance: Sendable {
  /// Whether mistyped words are found.
  var mistyped = true
  /// Whether the last word, or every word that the index does not have, may be the beginning of one.
  var beginnings = true
}

extension TextIndex {
  /// The most terms that one word of a query may stand for.
  private static var variantLimit: Int { 24 }

  /// Prepares a query; `related` gives other terms for one.
  func query(
    _ folded: FoldedText, tolerance: QueryTolerance = QueryTolerance(),
    related: (Span<UInt8>) -> [TermVariant] = { _ in [] }
  ) -> TextQuery {
    var words: [QueryWord] = []
    for place in 0..<folded.count {
      let bytes = folded.term(place)
      let key = [UInt8](capacity: bytes.count) { out in
        for index in bytes.indices { out.append(bytes[index]) }
      }
      if words.contains(where: { $0.bytes == key }) { continue }
      words.append(
        word(
          key, isNumber: folded.isNumber(place), isLast: place == folded.count - 1, tolerance,
          related(bytes)))
    }
    return TextQuery(folded: folded, words: words)
  }

  private func word(
    _ key: [UInt8], isNumber: Bool, isLast: Bool, _ tolerance: QueryTolerance,
    _ related: [TermVariant]
  ) -> QueryWord {
    var variants: [TermVariant] = []
    func add(_ variant: TermVariant) {
      if let place = variants.firstIndex(where: { $0.term == variant.term }) {
        variants[place].fit = max(variants[place].fit, variant.fit)
      } else {
        variants.append(variant)
      }
    }
    let own = term(key.span)
    let ownDocuments = own.map(documentCount(ofTerm:)) ?? 0
    if let own { add(TermVariant(term: own, fit: 1)) }
    for variant in related { add(variant) }
    // A rare word may be a common one mistyped in the vocabulary as well.
    if tolerance.mistyped, !isNumber, ownDocuments < 20, let limit = Self.allowance(key.count) {
      for near in terms(within: limit, of: key.span) where near.distance > 0 {
        add(TermVariant(term: near.term, fit: near.distance == 1 ? 0.8 : 0.6))
      }
    }
    if tolerance.beginnings, !isNumber, key.count >= 3, isLast || own == nil {
      let starts = numbers(.termStarts)
      for longer in terms(beginningWith: key).prefix(2_000) where longer != own {
        let length = Int(starts[longer + 1] - starts[longer])
        add(TermVariant(term: longer, fit: 0.4 + 0.4 * Double(key.count) / Double(length)))
      }
    }
    variants.sort { left, right in
      if left.fit != right.fit { return left.fit > right.fit }
      let counts = (documentCount(ofTerm: left.term), documentCount(ofTerm: right.term))
      return counts.0 != counts.1 ? counts.0 > counts.1 : left.term < right.term
    }
    if variants.count > Self.variantLimit { variants.removeSubrange(Self.variantLimit...) }
    let known = own ?? variants.first?.term
    return QueryWord(
      bytes: key, weight: weight(documents: known.map(documentCount(ofTerm:)) ?? 0),
      variants: variants, isNumber: isNumber)
  }

  /// How many edits a word of a length may be away; `nil` for none.
  static func allowance(_ length: Int) -> Int? { length < 4 ? nil : length < 8 ? 1 : 2 }
}
