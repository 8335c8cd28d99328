import Diagnostics

/// Whether the rows of a mapping file are used on a day: by invalid_reason, valid_start_date and
/// valid_end_date, as far as the file has them.
struct MappingValidity {
  private let start: Int?
  private let end: Int?
  private let reason: Int?
  private let asOf: Int32?

  /// Without a day, in days since 1970-01-01, dates are read and not compared.
  init(_ columns: MappingColumns, asOf: Int32?) {
    start = columns.place("valid_start_date")
    end = columns.place("valid_end_date")
    reason = columns.place("invalid_reason")
    self.asOf = asOf
  }

  func isUsed(
    _ row: [MappingTable.Cell], _ table: MappingTable, _ list: inout DiagnosticList
  ) -> Bool {
    let first = start.flatMap { row[$0].date(table, &list) }
    let last = end.flatMap { row[$0].date(table, &list) }
    if let reason, !row[reason].trimmed.isEmpty { return false }
    guard let asOf else { return true }
    return (first ?? asOf) <= asOf && (last ?? asOf) >= asOf
  }
}
