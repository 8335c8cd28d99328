import Columnar

/// A day written as `yyyy-MM-dd`.
struct CalendarDay {
  /// Days since 1970-01-01.
  let days: Int64

  /// Reads a day that the calendar has.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int64(parts[0]), let month = Int64(parts[1]), let day = Int64(parts[2]),
      CivilCalendar.isDate(year: year, month: month, day: day)
    else { return nil }
    days = CivilCalendar.days(year: year, month: month, day: day)
  }
}
