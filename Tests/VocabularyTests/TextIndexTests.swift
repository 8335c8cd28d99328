import Columnar
import TestSupport
import Testing

@testable import Vocabulary

/// The text index against obvious ways to the same answers.
struct TextIndexTests {
  /// Texts of few letters, so that terms meet often.
  static func texts(_ names: Int, _ synonyms: Int, seed: UInt64) -> TextList {
    var random = SeededGenerator(seed: seed)
    func text() -> String {
      (0..<Int.random(in: 0...6, using: &random)).map { _ in
        String(
          (0..<Int.random(in: 1...7, using: &random)).map { _ in
            "abcé1".randomElement(using: &random) ?? "a"
          })
      }.joined(separator: " ")
    }
    let concepts = (0..<synonyms).map { _ in
      UInt32.random(in: 0..<UInt32(max(1, names)), using: &random)
    }
    return TextList(
      names: TextArray((0..<names).map { _ in text() }),
      synonyms: TextArray((0..<synonyms).map { _ in text() }), synonymConcepts: concepts.sorted())
  }

  /// The least number of edits, by the whole table of the distances of beginnings.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var table = [[Int]](
      repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    for row in 0...left.count {
      for column in 0...right.count {
        guard row > 0, column > 0 else {
          table[row][column] = row + column
          continue
        }
        var best = min(
          table[row - 1][column] + 1, table[row][column - 1] + 1,
          table[row - 1][column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          best = min(best, table[row - 2][column - 2] + 1)
        }
        table[row][column] = best
      }
    }
    return table[left.count][right.count]
  }

  @Test(arguments: [(0, 0), (1, 0), (40, 0), (40, 25), (3_000, 900)])
  func `every term has the documents in which it stands`(names: Int, synonyms: Int) throws {
    let texts = Self.texts(names, synonyms, seed: UInt64(names))
    var expected: [[UInt8]: [Int]] = [:]
    var lengths: [UInt8] = []
    for document in 0..<names + synonyms {
      let terms = Set(FoldedText(texts.string(document)).terms)
      lengths.append(UInt8(terms.count))
      for term in terms { expected[Array(term.utf8), default: []].append(document) }
    }
    let tables = try TextIndexBuilder.build(texts, workers: 1)
    for workers in [2, 3, 7] {
      #expect(try TextIndexBuilder.build(texts, workers: workers) == tables)
    }
    let index = try TextIndex(tables, conceptCount: names)
    #expect(index.termCount == expected.count)
    #expect(tables.documentLengths == lengths)
    let order = expected.keys.sorted { $0.lexicographicallyPrecedes($1) }
    for (term, key) in order.enumerated() {
      #expect(index.term(key.span) == term)
      #expect(index.documents(ofTerm: term) == expected[key])
      #expect(index.documentCount(ofTerm: term) == expected[key]?.count)
    }
    #expect(index.term(Array("zzz".utf8).span) == nil)
    #expect(index.term([UInt8]().span) == nil)
    for synonym in 0..<synonyms {
      #expect(index.concept(names + synonym) == texts.concept(ofSynonym: synonym))
    }
  }

  @Test func `the walk finds the terms within a distance and no others`() throws {
    let texts = Self.texts(100, 0, seed: 9)
    let index = try TextIndex(
      try TextIndexBuilder.build(texts, workers: 1), conceptCount: 100)
    var random = SeededGenerator(seed: 10)
    for _ in 0..<Effort.rounds(10) {
      let word = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        Array("abce1".utf8).randomElement(using: &random) ?? 0
      }
      for limit in 0...2 {
        let expected = (0..<index.termCount).compactMap { term in
          let distance = Self.distance(Array(index.text(ofTerm: term).utf8), word)
          return distance <= limit ? NearTerm(term: term, distance: distance) : nil
        }
        #expect(index.terms(within: limit, of: word.span) == expected)
      }
      let beginning = (0..<index.termCount).filter {
        index.text(ofTerm: $0).utf8.starts(with: word)
      }
      #expect(Array(index.terms(beginningWith: word)) == beginning)
    }
  }

  @Test func `what shares most with a query comes first, whatever was asked before`() throws {
    let texts = Self.texts(2_000, 300, seed: 4)
    let index = try TextIndex(
      try TextIndexBuilder.build(texts, workers: 2), conceptCount: 2_000)
    var scratch = RetrievalScratch(documentCount: index.documentCount)
    for document in stride(from: 0, to: 2_300, by: 23) {
      let query = index.query(FoldedText(texts.string(document)))
      let found = index.retrieve(query, limit: 50, effort: .max, &scratch) { _ in true }
      var fresh = RetrievalScratch(documentCount: index.documentCount)
      let again = index.retrieve(query, limit: 50, effort: .max, &fresh) { _ in true }
      #expect(found == again)
      #expect(Set(found).count == found.count && found.count <= 50)
      guard !query.words.isEmpty else {
        #expect(found.isEmpty)
        continue
      }
      var measure = LikenessMeasure(index)
      let best = found.map { measure.compare(query, texts, $0).total }.max() ?? 0
      let own = measure.compare(query, texts, document).total
      #expect(abs(best - own) < 1e-9)
      let even = index.retrieve(query, limit: 50, effort: .max, &fresh) { $0 % 2 == 0 }
      #expect(even.allSatisfy { index.concept($0) % 2 == 0 })
    }
  }

  @Test func `likeness is 1 for equal words and less for everything else`() throws {
    let texts = TextList(
      names: TextArray([
        "Type 2 diabetes mellitus", "diabetes mellitus type 2", "Type 1 diabetes mellitus",
        "Diabetes", "Hip fracture",
      ]))
    let index = try TextIndex(
      try TextIndexBuilder.build(texts, workers: 1), conceptCount: 5)
    var measure = LikenessMeasure(index)
    let query = index.query(FoldedText("Diabetes mellitus, type 2"))
    let totals = (0..<5).map { measure.compare(query, texts, $0).total }
    #expect(totals[1] == 1)
    #expect(totals[0] > 0.9 && totals[0] <= 1)
    #expect(totals[0] > totals[2] && totals[2] > totals[3] && totals[3] > totals[4])
    #expect(totals[4] == 0)
    let (other, none) = (measure.compare(query, texts, 2), measure.compare(query, texts, 3))
    #expect(other.numbersDiffer && !none.numbersDiffer)
  }
}
