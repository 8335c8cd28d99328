import Diagnostics

/// The rules about the validity of rows.
extension MappingExaminer {
  private static let years = Int32(-25_567)...Concept.openEnd  // 1900-01-01 to 2099-12-31

  /// Looks at the dates of a row.
  ///
  /// - Returns: whether the row is used on the day of the run.
  mutating func examineDates(_ row: [MappingTable.Cell]) -> Bool {
    let start = places.start.flatMap { day(row[$0]) }
    let end = places.end.flatMap { day(row[$0]) }
    let reason = places.reason.map { String(row[$0].trimmed) } ?? ""
    if let start, let end, end < start, let place = places.end {
      tell(
        .endBeforeStart, "the row ends before it begins", at: row[place],
        hint: "its valid_start_date is \(DateSpelling.spelled(Int64(start)))")
      return false
    }
    guard reason.isEmpty else {
      examineReason(reason, row, end)
      return false
    }
    guard let asOf = check.asOf else { return true }
    if let end, end < asOf, let place = places.end {
      tell(
        .expiredRow, "the row is not used since \(DateSpelling.spelled(Int64(end)))",
        at: row[place])
      return false
    }
    if let start, start > asOf, let place = places.start {
      tell(
        .futureRow, "the row is not used before \(DateSpelling.spelled(Int64(start)))",
        at: row[place])
      return false
    }
    return true
  }

  private mutating func day(_ cell: MappingTable.Cell) -> Int32? {
    let text = cell.trimmed
    guard !text.isEmpty else { return nil }
    guard let day = DateSpelling.days(text) else {
      if let meant = DateSpelling.respelled(cell.text) { fix(cell, meant) }
      return nil
    }
    if !MappingExaminer.years.contains(day) {
      tell(
        .implausibleDate, "\(text) lies before 1900 or after 2099", at: cell,
        hint: day > 0 ? "write 2099-12-31 for what has no end" : nil)
    }
    return day
  }

  private mutating func examineReason(
    _ reason: String, _ row: [MappingTable.Cell], _ end: Int32?
  ) {
    guard let place = places.reason else { return }
    guard reason == "D" || reason == "U" else {
      let meant = row[place].text.cleaned.uppercased()
      let isCase = meant == "D" || meant == "U"
      if isCase { fix(row[place], meant) }
      tell(
        .unknownReason, "`\(reason)` is no invalid_reason", at: row[place],
        hint: isCase
          ? "write `\(meant)`" : "write D, U or nothing: a row with any reason is not used")
      return
    }
    guard let asOf = check.asOf, end ?? .max > asOf else { return }
    let cell = places.end.map { row[$0] } ?? row[place]
    tell(
      .reasonWithoutEnd, "the row is marked \(reason) and its validity does not end", at: cell,
      hint: "write the day on which it ceased to hold as valid_end_date")
  }
}
