import Columnar

/// How much two texts are alike, by what their words say.
struct Likeness: Hashable, Sendable {
  /// The share of what the query says that the document says too, from 0 to 1.
  var query = 0.0
  /// The share of what the document says that the query says too.
  var document = 0.0
  /// The share of runs of three letters that both have.
  var letters = 0.0
  /// Whether each has a number that the other does not have.
  var numbersDiffer = false

  /// One number for all, 1 for texts of equal words: what search results are ordered by.
  var total: Double {
    let words = 0.65 * query + 0.35 * document
    return (0.85 * words + 0.15 * letters) * (numbersDiffer ? 0.9 : 1)
  }

  /// One number that takes neither text for the shorter one: the cosine of their words, and letters.
  var mutual: Double {
    (0.85 * (query * document).squareRoot() + 0.15 * letters) * (numbersDiffer ? 0.95 : 1)
  }
}

/// Compares documents with queries, remembering the terms it has looked up.
struct LikenessMeasure: Sendable {
  private let index: TextIndex
  private var known = KeyIndex()
  private var terms: [Int32] = []
  private var weights: [Double] = []
  private var folded = FoldedText()

  init(_ index: TextIndex) { self.index = index }

  /// The likeness of a query and the text of a document.
  mutating func compare(
    _ query: TextQuery, _ texts: some ConceptTexts, _ document: Int
  ) -> Likeness {
    self.folded.fold(texts.text(document))
    let folded = self.folded
    var likeness = Likeness()
    var best = [Double](repeating: 0, count: query.words.count)
    var total = 0.0
    var shared = 0.0
    var others = false
    var numbers = 0
    for place in 0..<folded.count {
      let number = look(folded.term(place))
      let term = Int(terms[number])
      var fit = 0.0
      for word in query.words.indices {
        let own = query.words[word].fit(term)
        fit = max(fit, own)
        best[word] = max(best[word], own)
      }
      total += weights[number]
      shared += weights[number] * fit
      if folded.isNumber(place) {
        numbers += 1
        if fit == 0 { others = true }
      }
    }
    likeness.document = total > 0 ? shared / total : 0
    var found = 0.0
    var misses = false
    for word in query.words.indices {
      found += best[word] * query.words[word].weight
      if query.words[word].isNumber && best[word] == 0 { misses = true }
    }
    let weight = query.weight
    likeness.query = weight > 0 ? found / weight : 0
    likeness.letters = LikenessMeasure.letters(query.folded, folded)
    likeness.numbersDiffer = others && misses
    return likeness
  }

  /// Whether the text that was compared last has the words of a query in their order.
  func isSame(_ query: TextQuery) -> Bool { folded == query.folded }

  /// The number in `terms` and `weights` of a term of the text.
  private mutating func look(_ term: Span<UInt8>) -> Int {
    // The memory stays small: it begins anew where it has grown large.
    if known.count > 1 << 20 {
      known = KeyIndex()
      terms = []
      weights = []
    }
    let number = known.insert(term)
    if number == terms.count {
      let found = index.term(term)
      terms.append(Int32(found ?? -1))
      weights.append(index.weight(documents: found.map(index.documentCount(ofTerm:)) ?? 0))
    }
    return number
  }

  /// Twice the runs of three bytes that both have, as a share of those of both (Dice).
  static func letters(_ left: FoldedText, _ right: FoldedText) -> Double {
    let first = runs(left)
    let second = runs(right)
    guard !first.isEmpty || !second.isEmpty else { return 0 }
    var places = (0, 0)
    var shared = 0
    while places.0 < first.count, places.1 < second.count {
      let runs = (first[places.0], second[places.1])
      if runs.0 == runs.1 { shared += 1 }
      if runs.0 <= runs.1 { places.0 += 1 }
      if runs.1 <= runs.0 { places.1 += 1 }
    }
    return 2 * Double(shared) / Double(first.count + second.count)
  }

  /// The runs of three bytes of all terms, each term between blanks, sorted.
  private static func runs(_ text: FoldedText) -> [UInt32] {
    var runs: [UInt32] = []
    var start = 0
    for end in text.ends {
      var run: UInt32 = 0x20
      for index in start..<end {
        run = (run << 8 | UInt32(text.bytes[index])) & 0xFF_FFFF
        if index > start || end - start == 1 { runs.append(run) }
      }
      runs.append((run << 8 | 0x20) & 0xFF_FFFF)
      start = end
    }
    runs.sort()
    return runs
  }
}
