/// Reads CONCEPT_ANCESTOR.csv: which drugs contain which ingredients, and nothing else of its many rows.
struct AthenaAncestors: AthenaSink {
  static let columns = ["ancestor_concept_id", "descendant_concept_id"]

  /// Edges between concept ids: the drug in the high half, its ingredient in the low half.
  var ingredients: [UInt64] = []
  /// The ids of all ingredients.
  private let wanted: Set<UInt32>

  init(ingredients: Set<UInt32>) { wanted = ingredients }

  mutating func take(
    _ rows: AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
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
      if wanted.contains(ancestor) {
        ingredients.append(UInt64(descendant) << 32 | UInt64(ancestor))
      }
    }
  }

  mutating func append(_ other: AthenaAncestors, after line: Int) {
    ingredients += other.ingredients
  }
}
