import Columnar

/// Reads DRUG_STRENGTH.csv: its valid rows, or all of them with their dates.
struct AthenaStrengths: AthenaSink {
  let columns: [String]

  private(set) var strengths: [ConceptStrength] = []
  private let isWhole: Bool

  init(isWhole: Bool) {
    self.isWhole = isWhole
    columns =
      [
        "drug_concept_id", "ingredient_concept_id", "amount_unit_concept_id",
        "numerator_unit_concept_id", "denominator_unit_concept_id", "amount_value",
        "numerator_value", "denominator_value", "invalid_reason",
      ] + (isWhole ? ["box_size", "valid_start_date", "valid_end_date"] : [])
  }

  mutating func take(
    _ rows: borrowing AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    for row in 0..<rows.count where isWhole || rows.range(row, places[8]).isEmpty {
      let line = Int(rows.lines[row])
      var ids: [Int64] = []
      for column in 0..<ConceptStrength.idCount {
        let range = rows.range(row, places[column])
        // The units of what is not said are empty.
        guard let id = range.isEmpty && column > 1 ? 0 : AthenaValue.id(bytes, range) else {
          throw fault("bad-concept-id", column, "is no whole number from 0 to 2147483647", line)
        }
        ids.append(Int64(id))
      }
      var values: [Double] = []
      for column in 5..<5 + ConceptStrength.valueCount {
        let range = rows.range(row, places[column])
        guard let value = range.isEmpty ? .nan : AthenaValue.number(bytes, range) else {
          throw fault("bad-number", column, "is no number", line)
        }
        values.append(value)
      }
      var strength = ConceptStrength(ids: ids, values: values)
      if isWhole {
        let reason = rows.range(row, places[8])
        strength.invalidReason = reason.isEmpty ? "" : bytes.text(reason)
        let box = rows.range(row, places[9])
        if !box.isEmpty {
          guard let size = AthenaValue.id(bytes, box) else {
            throw fault("bad-number", 9, "is no whole number", line)
          }
          strength.boxSize = Int32(size)
        }
        guard let start = AthenaValue.date(bytes, rows.range(row, places[10])) else {
          throw fault("bad-date", 10, "is no date yyyyMMdd or yyyy-MM-dd", line)
        }
        guard let end = AthenaValue.date(bytes, rows.range(row, places[11])) else {
          throw fault("bad-date", 11, "is no date yyyyMMdd or yyyy-MM-dd", line)
        }
        strength.validStart = start
        strength.validEnd = end
      }
      strengths.append(strength)
    }
  }

  private func fault(_ code: String, _ column: Int, _ problem: String, _ line: Int) -> AthenaFault {
    AthenaFault(code: code, message: "\(columns[column]) \(problem)", line: line)
  }
}
