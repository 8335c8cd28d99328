import Columnar

/// A concept that a search found.
package struct SearchHit: Codable, Hashable, Sendable {
  /// What the words of a search were found in.
  package enum Place: String, Codable, Sendable {
    case code, name, synonym
  }

  package var id: Int64
  package var name: String
  package var vocabulary: String
  package var code: String
  package var domain: String
  package var conceptClass: String
  /// `S`, `C`, or empty.
  package var standard: String
  package var isValid: Bool
  /// From 0 to 1: 1 for a text of the same words.
  package var score: Double
  package var found: Place
  /// The synonym, when it was found in one.
  package var synonym: String?
}

extension SearchHit {
  /// A concept that was named by its id or its code.
  package init(_ concept: Concept) {
    self.init(
      id: concept.id, name: concept.name, vocabulary: concept.vocabulary, code: concept.code,
      domain: concept.domain, conceptClass: concept.conceptClass, standard: concept.standard,
      isValid: concept.isValid, score: 1, found: .code)
  }
}

/// Finds concepts by their names, synonyms and codes.
///
/// The order is total: first what is exactly the code or the words looked for; then by likeness, a
/// little less for what is not standard and for what is not valid; then by id.
package struct ConceptSearch: Sendable {
  private let index: VocabularyIndex
  private let text: TextIndex
  private var scratch: RetrievalScratch
  private var measure: LikenessMeasure

  /// Postings read for a query: some 50 ms.
  private static var effort: Int { 8_000_000 }

  private struct Found {
    var likeness: Double
    var isExact: Bool
    var document: Int?
  }

  /// Searches an index by means of a text index that was made of its texts.
  package init(_ index: VocabularyIndex, _ text: TextIndex) {
    self.index = index
    self.text = text
    scratch = RetrievalScratch(documentCount: text.documentCount)
    measure = LikenessMeasure(text)
  }

  /// The concepts that are most like a text, best first.
  ///
  /// Words may be mistyped by one letter (from four letters on) or two (from eight on), and the last
  /// one may be a beginning.
  package mutating func find(
    _ wanted: String, _ filter: ConceptFilter, limit: Int
  ) -> [SearchHit] {
    var found = codes(wanted, filter)
    let query = text.query(FoldedText(wanted))
    let index = index
    let documents = text.retrieve(
      query, limit: max(200, limit * 4), effort: Self.effort, &scratch
    ) { filter.admits($0, of: index) }
    for document in documents {
      let likeness = measure.compare(query, index, document).total
      let one = Found(
        likeness: likeness, isExact: measure.isSame(query), document: document)
      let concept = text.concept(document)
      guard let other = found[concept] else {
        found[concept] = one
        continue
      }
      let isBetter =
        one.isExact != other.isExact ? one.isExact : one.likeness > other.likeness
      if isBetter { found[concept] = one }
    }
    let order = found.sorted { left, right in
      if left.value.isExact != right.value.isExact { return left.value.isExact }
      let ranks = (rank(left.key, left.value), rank(right.key, right.value))
      return ranks.0 != ranks.1 ? ranks.0 > ranks.1 : left.key < right.key
    }
    return order.prefix(limit).map { hit($0.key, $0.value) }
  }

  /// The concepts that have the text as their code, as written or in capitals.
  private func codes(_ wanted: String, _ filter: ConceptFilter) -> [Int: Found] {
    let code = wanted.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !code.isEmpty else { return [:] }
    var found: [Int: Found] = [:]
    for vocabulary in filter.vocabularies(of: index) {
      for spelling in Set([code, code.uppercased()]) {
        guard let position = index.lookup(vocabulary: vocabulary, code: spelling),
          filter.admits(position, of: index)
        else { continue }
        found[position] = Found(likeness: 1, isExact: true, document: nil)
      }
    }
    return found
  }

  private func rank(_ position: Int, _ found: Found) -> Double {
    let standing =
      index.isValid(position) ? (index.isStandard(position) ? 1 : 0.95) : 0.85
    return found.likeness * standing
  }

  private func hit(_ position: Int, _ found: Found) -> SearchHit {
    let concept = index.concept(at: position)
    let isSynonym = found.document.map { $0 >= text.conceptCount } ?? false
    return SearchHit(
      id: concept.id, name: concept.name, vocabulary: concept.vocabulary, code: concept.code,
      domain: concept.domain, conceptClass: concept.conceptClass, standard: concept.standard,
      isValid: concept.isValid, score: (found.likeness * 1_000).rounded() / 1_000,
      found: found.document == nil ? .code : isSynonym ? .synonym : .name,
      synonym: isSynonym ? found.document.map { index.string($0) } : nil)
  }
}

extension ConceptTexts {
  /// A document as text: for edges.
  func string(_ document: Int) -> String {
    let bytes = text(document)
    return String(
      decoding: [UInt8](capacity: bytes.count) { out in
        for index in bytes.indices { out.append(bytes[index]) }
      }, as: UTF8.self)
  }
}
