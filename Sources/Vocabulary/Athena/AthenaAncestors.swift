import Columnar

/// Reads CONCEPT_ANCESTOR.csv: which drugs contain which ingredients, and all other rows if wanted.
struct AthenaAncestors: AthenaSink {
  let columns: [String]

  /// From the position of a drug, in the high half, to that of an ingredient that it contains.
  private(set) var ingredients: [UInt64] = []
  /// From a concept to an ancestor with the levels between them, the least in the low byte.
  private(set) var edges: EdgeBuckets?
  /// Rows that have an end outside CONCEPT.csv.
  private(set) var dangling = 0
  private let ids: ConceptIDs
  /// For each position whether the concept is an ingredient of drugs.
  private let isIngredient: [Bool]

  init(ids: ConceptIDs, isIngredient: [Bool], isWhole: Bool) {
    self.ids = ids
    self.isIngredient = isIngredient
    columns =
      ["ancestor_concept_id", "descendant_concept_id"]
      + (isWhole ? ["min_levels_of_separation", "max_levels_of_separation"] : [])
    edges =
      isWhole ? EdgeBuckets(concepts: isIngredient.count, middle: .target, low: .bits(16)) : nil
  }

  mutating func take(
    _ rows: borrowing AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    let ids = ids
    let pages = ids.pages.span
    let words = ids.words.span
    let ranks = ids.ranks.span
    for row in 0..<rows.count {
      guard let ancestor = AthenaValue.id(bytes, rows.range(row, places[0])),
        let descendant = AthenaValue.id(bytes, rows.range(row, places[1]))
      else {
        throw AthenaFault(
          code: "bad-concept-id",
          message:
            "ancestor_concept_id or descendant_concept_id is no whole number from 0 to 2147483647",
          line: Int(rows.lines[row]))
      }
      let high = ConceptIDs.position(of: Int64(ancestor), pages, words, ranks)
      let low = ConceptIDs.position(of: Int64(descendant), pages, words, ranks)
      guard high >= 0, low >= 0 else {
        dangling += 1
        continue
      }
      if isIngredient[high] { ingredients.append(UInt64(low) << 32 | UInt64(high)) }
      guard edges != nil else { continue }
      guard let least = AthenaValue.id(bytes, rows.range(row, places[2])),
        let most = AthenaValue.id(bytes, rows.range(row, places[3])), least <= most, most < 256
      else {
        throw AthenaFault(
          code: "bad-levels",
          message: "the levels of separation are no whole numbers, the least before the most",
          line: Int(rows.lines[row]))
      }
      edges?.add(source: low, middle: high, low: Int(most << 8 | least))
    }
  }
}
