import Columnar

/// Dates of mapping files, and dates that are spelled otherwise.
enum DateSpelling {
  /// Days since 1970-01-01 of a date as the CDM's files spell it; `nil` otherwise.
  static func days(_ text: some StringProtocol) -> Int32? {
    let bytes = Array(text.utf8)
    return AthenaValue.date(bytes.span, 0..<bytes.count)
  }

  /// A date that can be read in one way only, as yyyy-MM-dd; `nil` where it cannot, or in two.
  ///
  /// Read are years first with any of `-/.` and without leading zeros, with a time of midnight
  /// behind them; days first where the second number cannot be a day of its own meaning: 31/12/2099
  /// is one date, 02/01/2024 may be two.
  static func respelled(_ text: String) -> String? {
    var rest = text.cleaned[...]
    for midnight in ["T00:00:00Z", "T00:00:00", " 00:00:00.000", " 00:00:00", " 00:00", " 0:00"]
    where rest.hasSuffix(midnight) {
      rest = rest.dropLast(midnight.count)
      break
    }
    let parts = rest.split(omittingEmptySubsequences: false) { "-/.".contains($0) }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { 48...57 ~= $0 } ? Int64(part) : nil
    }
    guard parts.count == 3, numbers.count == 3 else {
      return days(rest) != nil && rest != text[...] ? String(rest) : nil
    }
    if parts[0].utf8.count == 4 { return date(numbers[0], numbers[1], numbers[2]) }
    guard parts[2].utf8.count == 4 else { return nil }
    let readings = Set(
      [date(numbers[2], numbers[1], numbers[0]), date(numbers[2], numbers[0], numbers[1])]
        .compactMap(\.self))
    return readings.count == 1 ? readings.first : nil
  }

  private static func date(_ year: Int64, _ month: Int64, _ day: Int64) -> String? {
    guard CivilCalendar.isDate(year: year, month: month, day: day) else { return nil }
    return spelled(CivilCalendar.days(year: year, month: month, day: day))
  }

  /// A day as yyyy-MM-dd.
  static func spelled(_ days: Int64) -> String {
    let date = CivilCalendar.date(days: days)
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }
}
