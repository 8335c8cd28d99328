import Columnar

/// Reads CONCEPT_SYNONYM.csv.
struct AthenaSynonyms: AthenaSink {
  let columns = ["concept_id", "concept_synonym_name", "language_concept_id"]

  /// For each synonym the position of its concept, in the high half, and its language.
  private(set) var keys: [UInt64] = []
  private(set) var texts = TextArray()
  private let ids: ConceptIDs

  init(ids: ConceptIDs) { self.ids = ids }

  mutating func take(
    _ rows: borrowing AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    for row in 0..<rows.count {
      guard let id = AthenaValue.id(bytes, rows.range(row, places[0])),
        let language = AthenaValue.id(bytes, rows.range(row, places[2]))
      else {
        throw AthenaFault(
          code: "bad-concept-id",
          message: "concept_id or language_concept_id is no whole number from 0 to 2147483647",
          line: Int(rows.lines[row]))
      }
      let position = ConceptIDs.position(
        of: Int64(id), ids.pages.span, ids.words.span, ids.ranks.span)
      guard position >= 0 else { continue }
      keys.append(UInt64(position) << 32 | UInt64(language))
      texts.append(bytes.extracting(rows.range(row, places[1])))
    }
    guard texts.bytes.count < ConceptTable.mostBytes else {
      throw AthenaFault(code: "too-large", message: "the file has too many synonyms", line: 0)
    }
  }
}
