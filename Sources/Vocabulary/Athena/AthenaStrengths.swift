import Columnar

/// Reads DRUG_STRENGTH.csv: its valid rows.
struct AthenaStrengths: AthenaSink {
  static let columns = [
    "drug_concept_id", "ingredient_concept_id", "amount_unit_concept_id",
    "numerator_unit_concept_id", "denominator_unit_concept_id", "amount_value", "numerator_value",
    "denominator_value", "invalid_reason",
  ]

  var strengths: [ConceptStrength] = []

  init() {}

  mutating func take(
    _ rows: AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    for row in 0..<rows.count where rows.range(row, places[8]).isEmpty {
      func fault(_ code: String, _ message: String) -> AthenaFault {
        AthenaFault(code: code, message: message, line: Int(rows.lines[row]))
      }
      var ids: [Int64] = []
      for column in 0..<ConceptStrength.idCount {
        let range = rows.range(row, places[column])
        // The units of what is not said are empty.
        guard let id = range.isEmpty && column > 1 ? 0 : AthenaValue.id(bytes, range) else {
          throw fault(
            "bad-concept-id",
            "\(AthenaStrengths.columns[column]) is no whole number from 0 to 2147483647")
        }
        ids.append(Int64(id))
      }
      var values: [Double] = []
      for column in 5..<5 + ConceptStrength.valueCount {
        let range = rows.range(row, places[column])
        guard let value = range.isEmpty ? .nan : AthenaValue.number(bytes, range) else {
          throw fault("bad-number", "\(AthenaStrengths.columns[column]) is no number")
        }
        values.append(value)
      }
      strengths.append(ConceptStrength(ids: ids, values: values))
    }
  }

  mutating func append(_ other: AthenaStrengths, after line: Int) {
    strengths += other.strengths
  }
}
