import Columnar

/// Suggestions by the cosine of words weighted by how rare they are: the method of Usagi.
///
/// It compares the term with the names and synonyms of standard concepts and takes the nearest. Words
/// are folded as everywhere here, so that what differs is the method and not the spelling.
///
/// Source: https://github.com/OHDSI/Usagi (Lucene's term vectors, TF-IDF)
struct CosineBaseline {
  private let index: VocabularyIndex
  private let text: TextIndex
  private let filter: ConceptFilter
  /// Whether the names of concepts that map to a standard one count as names of it.
  private let takesSources: Bool
  /// The length of each document's vector.
  private let lengths: [Float]

  init(
    _ index: VocabularyIndex, _ text: TextIndex, filter: ConceptFilter, takesSources: Bool
  ) {
    self.index = index
    self.text = text
    self.filter = filter
    self.takesSources = takesSources
    var squares = [Float](repeating: 0, count: text.documentCount)
    for term in 0..<text.termCount {
      let weight = Float(text.weight(documents: text.documentCount(ofTerm: term)))
      text.eachDocument(ofTerm: term) { squares[$0] += weight }
    }
    lengths = squares.map { $0.squareRoot() }
  }

  /// The nearest concepts, best first; of equal ones the lower id first.
  func suggest(_ term: SourceTerm, limit: Int, hidden: Int? = nil) -> [Int] {
    let folded = FoldedText(term.name)
    var dots: [Int: Float] = [:]
    var seen: Set<Int> = []
    for place in 0..<folded.count {
      guard let number = text.term(folded.term(place)), seen.insert(number).inserted else {
        continue
      }
      let weight = Float(text.weight(documents: text.documentCount(ofTerm: number)))
      text.eachDocument(ofTerm: number) { dots[$0, default: 0] += weight }
    }
    var best: [Int: Float] = [:]
    for (document, dot) in dots {
      let concept = text.concept(document)
      let cosine = dot / lengths[document]
      if index.isTarget(concept) {
        best[concept] = max(best[concept] ?? 0, cosine)
      } else if takesSources, concept != hidden, index.hasTargets(concept),
        hidden == nil || cosine < 0.999 || FoldedText(index.string(document)) != folded
      {
        for target in index.standardTargets(of: [Int32(concept)]).concepts {
          best[Int(target)] = max(best[Int(target)] ?? 0, cosine)
        }
      }
    }
    return best.filter { filter.admits($0.key, of: index) }.sorted { left, right in
      left.value != right.value ? left.value > right.value : left.key < right.key
    }.prefix(limit).map(\.key)
  }
}
