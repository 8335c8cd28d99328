import Testing

@testable import Vocabulary

@Suite struct TargetOracleTests {
  /// Reads the rules word for word, one concept at a time.
  struct Oracle {
    var concepts: [Int64: Concept]
    var mapsTo: [(Int64, Int64)]
    var values: [(Int64, Int64)]
    var replaced: [(Int64, Int64)]

    func isTarget(_ id: Int64) -> Bool {
      concepts[id].map { $0.isValid && $0.isStandard } ?? false
    }

    func edges(_ list: [(Int64, Int64)], _ id: Int64) -> [Int64] {
      list.filter { $0.0 == id && concepts[$0.1] != nil }.map(\.1)
    }

    func standard(_ id: Int64, _ path: Set<Int64> = []) -> Set<Int64> {
      guard let concept = concepts[id], !path.contains(id) else { return [] }
      let path = path.union([id])
      let own = edges(mapsTo, id).filter { $0 != id || isTarget(id) }
      if !own.isEmpty { return Set(own.flatMap { land($0, path) }) }
      if isTarget(id) { return [id] }
      guard !concept.isValid else { return [] }
      return Set(edges(replaced, id).flatMap { standard($0, path) })
    }

    func land(_ id: Int64, _ path: Set<Int64>) -> Set<Int64> {
      if isTarget(id) { return [id] }
      return concepts[id]?.isValid == false ? standard(id, path) : []
    }

    func value(_ id: Int64, _ path: Set<Int64> = []) -> Set<Int64> {
      guard let concept = concepts[id], !path.contains(id) else { return [] }
      let own = edges(values, id)
      if !own.isEmpty { return Set(own.flatMap { land($0, []) }) }
      guard !concept.isValid && edges(mapsTo, id).isEmpty else { return [] }
      return Set(edges(replaced, id).flatMap { value($0, path.union([id])) })
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `targets are those of a slow reading of the rules`(seed: UInt64) throws {
    var random = Splitter(seed)
    let count = Int.random(in: 1...12, using: &random)
    let concepts = (1...count).map { number in
      Concept(
        id: Int64(number * 37 % 101), code: "c\(number)", vocabulary: "V", domain: "D",
        standard: ["S", "", "", "C"].randomElement(using: &random) ?? "",
        invalidReason: ["", "", "U", "D"].randomElement(using: &random) ?? "")
    }
    func pairs(_ most: Int) -> [(Int64, Int64)] {
      (0..<Int.random(in: 0...most, using: &random)).map { _ in
        // Now and then an end that is no concept.
        let ids = concepts.map(\.id) + [5_000]
        return (ids.randomElement(using: &random) ?? 0, ids.randomElement(using: &random) ?? 0)
      }
    }
    let oracle = Oracle(
      concepts: Dictionary(uniqueKeysWithValues: concepts.map { ($0.id, $0) }),
      mapsTo: pairs(14), values: pairs(8), replaced: pairs(14))
    let index = try VocabularyIndex(
      concepts: concepts, mapsTo: oracle.mapsTo, mapsToValue: oracle.values,
      replacedBy: oracle.replaced)
    for concept in concepts {
      #expect(index.standardTargets(ofConcept: concept.id) == oracle.standard(concept.id).sorted())
      #expect(index.valueTargets(ofConcept: concept.id) == oracle.value(concept.id).sorted())
    }
  }
}
