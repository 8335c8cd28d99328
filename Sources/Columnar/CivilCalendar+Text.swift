extension CivilCalendar {
  /// A day as yyyy-mm-dd (ISO 8601).
  ///
  /// - Parameter day: the days since 1970-01-01.
  /// - Returns: the text; years beyond 9999 have more digits.
  package static func text(day: Int32) -> String {
    let date = date(days: Int64(day))
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }
}
