internal import Columnar
internal import CommonDataModel
internal import Engine

/// What stands in a field for which a row has no value; each default has a name and is counted.
enum RowDefaults {
  /// The fields that a default may fill although the CDM does not require them, or that need more
  /// than a constant.
  static func fields(of table: CDMTable) -> Set<String> {
    switch table.name {
    case "visit_occurrence": ["visit_end_date", "discharged_to_concept_id"]
    case "visit_detail": ["visit_detail_end_date", "discharged_to_concept_id"]
    case "drug_exposure": ["drug_exposure_end_date"]
    default: []
    }
  }

  /// The concept 'Still patient': https://ohdsi.github.io/CommonDataModel/cdm54.html#visit_occurrence.
  private static let stillPatient: Int64 = 32_220

  /// A hundred years: a supply of more days is a mistake of the source, and not an exposure.
  private static let longestSupply: Int64 = 36_525

  /// Fills the columns of a table's rows.
  ///
  /// - A required concept without a value is concept 0.
  /// - A visit without an end is still open: it ends with the delivery, and not before it began; the
  ///   person is discharged to 'still patient' unless the row says otherwise.
  /// - A drug exposure without an end lasts its days of supply, where there are 1 to 36,525, else one
  ///   day.
  ///
  /// - Parameters:
  ///   - columns: the columns of the table's fields, by name.
  ///   - table: the table.
  ///   - delivered: the day of the delivery, in days since 1970-01-01.
  /// - Returns: how often each default was used.
  static func apply(
    _ columns: inout [String: Column], table: CDMTable, delivered: Int64?
  ) -> [String: Int] {
    var used: [String: Int] = [:]
    for field in table.fields where field.isRequired && field.isConcept {
      guard let column = columns[field.name], column.nullCount > 0 else { continue }
      used["concept_0:\(field.name)"] = column.nullCount
      columns[field.name] = filling(column) { _ in 0 }
    }
    for (start, end) in [
      ("visit_start_date", "visit_end_date"), ("visit_detail_start_date", "visit_detail_end_date"),
    ] {
      guard let starts = columns[start], let ends = columns[end], ends.nullCount > 0 else {
        continue
      }
      used["open_visit"] = ends.nullCount
      columns[end] = filling(ends) { row in
        starts.isValid(row) ? max(starts.lanes[row], delivered ?? starts.lanes[row]) : nil
      }
      if let discharged = columns["discharged_to_concept_id"], discharged.nullCount > 0 {
        columns["discharged_to_concept_id"] = filling(discharged) { row in
          ends.isValid(row) ? nil : stillPatient
        }
      }
    }
    if let starts = columns["drug_exposure_start_date"],
      let ends = columns["drug_exposure_end_date"],
      ends.nullCount > 0
    {
      used["drug_end_from_supply"] = ends.nullCount
      let supply = columns["days_supply"]
      columns["drug_exposure_end_date"] = filling(ends) { row in
        guard starts.isValid(row) else { return nil }
        guard let supply, supply.isValid(row), 1...longestSupply ~= supply.lanes[row] else {
          return starts.lanes[row]
        }
        return starts.lanes[row] + supply.lanes[row] - 1
      }
    }
    return used
  }

  /// A column whose nulls are replaced where the body has a value for them.
  private static func filling(_ column: Column, _ value: (Int) -> Int64?) -> Column {
    var lanes = column.lanes
    var validity = column.validity ?? []
    for row in lanes.indices where !column.isValid(row) {
      guard let filled = value(row) else { continue }
      lanes[row] = filled
      validity[row] = true
    }
    return Column(
      column.type, .lanes(lanes), validity: validity.contains(false) ? validity : nil)
  }
}
