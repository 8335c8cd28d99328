import Columnar

/// Mappings that the author has approved, found again by their names.
struct Memory: Sendable {
  let terms: [KnownTerm]
  let names: TextList
  let text: TextIndex
  /// For each code the positions of its concepts.
  private var codes: [String: [Int]] = [:]
  private var scratch: RetrievalScratch
  private var measure: LikenessMeasure

  /// Takes approved mappings; those without a name are of no use.
  init(_ known: [KnownTerm]) throws {
    terms = known.filter { !$0.term.name.isEmpty && !$0.targets.isEmpty }
    names = TextList(names: TextArray(terms.map(\.term.name)))
    text = try TextIndex(
      TextIndexBuilder.build(names, workers: 1), conceptCount: terms.count)
    scratch = RetrievalScratch(documentCount: text.documentCount)
    measure = LikenessMeasure(text)
    for known in terms where !known.term.code.isEmpty {
      codes[known.term.code] = Set((codes[known.term.code] ?? []) + known.targets).sorted()
    }
  }

  /// The positions of the concepts to which a code was mapped.
  func targets(ofCode code: String) -> [Int] { codes[code] ?? [] }

  /// The terms most like a name.
  mutating func find(_ folded: FoldedText, limit: Int) -> [(number: Int, likeness: Double)] {
    let query = text.query(folded)
    let documents = text.retrieve(query, limit: limit, effort: .max, &scratch) { _ in true }
    return documents.map { ($0, measure.compare(query, names, $0).mutual) }
  }
}
