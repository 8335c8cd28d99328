import Columnar

/// A unit by which dates and timestamps are cut, counted and shifted.
enum DateUnit: String, Sendable, CaseIterable {
  case year, quarter, month, week, day, hour, minute, second

  /// The unit of a word, in the singular or the plural, in capitals or small letters.
  init?(word: String) {
    let small = word.lowercased()
    self.init(rawValue: small.hasSuffix("s") ? String(small.dropLast()) : small)
  }

  var isTimeOfDay: Bool { self == .hour || self == .minute || self == .second }

  /// The months of a unit that has no fixed length.
  var months: Int64? {
    switch self {
    case .year: 12
    case .quarter: 3
    case .month: 1
    default: nil
    }
  }

  /// The microseconds of a unit of fixed length, 0 for the others.
  var microseconds: Int64 {
    switch self {
    case .week: 7 * CivilCalendar.microsecondsPerDay
    case .day: CivilCalendar.microsecondsPerDay
    case .hour: 3_600_000_000
    case .minute: 60_000_000
    case .second: 1_000_000
    case .year, .quarter, .month: 0
    }
  }
}

/// A number that a day has in its year or week.
enum DayNumber: Sendable {
  case quarter, dayOfWeek, dayOfYear, isoWeek, isoYear

  @inline(__always)
  func value(_ days: Int64) -> Int64 {
    switch self {
    case .dayOfWeek: return CivilCalendar.weekday(days: days)
    case .quarter: return (CivilCalendar.date(days: days).month + 2) / 3
    case .dayOfYear:
      let year = CivilCalendar.date(days: days).year
      return days - CivilCalendar.days(year: year, month: 1, day: 1) + 1
    case .isoWeek, .isoYear:
      // A week belongs to the year of its Thursday.
      let thursday = days - CivilCalendar.weekday(days: days) + 4
      let year = CivilCalendar.date(days: thursday).year
      if self == .isoYear { return year }
      return (thursday - CivilCalendar.days(year: year, month: 1, day: 1)) / 7 + 1
    }
  }
}
