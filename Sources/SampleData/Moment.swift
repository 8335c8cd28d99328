/// A minute of civil time, counted from 1970-01-01 00:00 in the hospital's own time.
struct Moment: Hashable, Comparable {
  var minutes: Int

  init(minutes: Int) { self.minutes = minutes }

  init(day: Day, hour: Int, minute: Int) { minutes = day.number * 1440 + hour * 60 + minute }

  /// The day that the minute belongs to; moments before 1970 do not occur in a sample.
  var day: Day { Day(number: minutes / 1440) }

  static func < (left: Moment, right: Moment) -> Bool { left.minutes < right.minutes }

  /// As the hospital writes it: dd/MM/yyyy HH:mm.
  var french: String { "\(day.french) \(clock)" }

  /// As the truth is written: yyyy-MM-dd HH:mm:ss.
  var iso: String { "\(day.iso) \(clock):00" }

  private var clock: String {
    "\(padded(minutes % 1440 / 60, 2)):\(padded(minutes % 60, 2))"
  }
}

/// A day of the Gregorian calendar, counted from 1970-01-01.
struct Day: Hashable, Comparable {
  var number: Int

  init(number: Int) { self.number = number }

  /// Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
  init(_ year: Int, _ month: Int, _ day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// Year, month and day; the inverse of `init(_:_:_:)`.
  var civil: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let calendarMonth = month < 10 ? month + 3 : month - 9
    return (yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0), calendarMonth, day)
  }

  var year: Int { civil.year }

  static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }

  /// As the hospital writes it: dd/MM/yyyy.
  var french: String {
    let (year, month, day) = civil
    return "\(padded(day, 2))/\(padded(month, 2))/\(year)"
  }

  /// As the truth is written: yyyy-MM-dd.
  var iso: String {
    let (year, month, day) = civil
    return "\(year)-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// A date known to the day, the month or the year only.
struct PartialDay {
  let year: Int
  var month: Int?
  var day: Int?

  /// The last day that it may be.
  var last: Day {
    guard let month else { return Day(year, 12, 31) }
    if let day { return Day(year, month, day) }
    return (month == 12 ? Day(year + 1, 1, 1) : Day(year, month + 1, 1)) + -1
  }

  /// As the hospital writes it: 17/05/2020, 00/05/2020 or 2020.
  var french: String {
    guard let month else { return "\(year)" }
    return "\(padded(day ?? 0, 2))/\(padded(month, 2))/\(year)"
  }
}

/// A number with zeros in front, at least `width` characters.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  guard digits.utf8.count < width else { return digits }
  return String(repeating: "0", count: width - digits.utf8.count) + digits
}
