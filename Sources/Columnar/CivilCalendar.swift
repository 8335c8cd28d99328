/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Hashable, Comparable, BitwiseCopyable, Sendable {
  /// The astronomical year: 0 is 1 BC.
  package var year: Int64
  /// The month, 1 to 12.
  package var month: Int64
  /// The day of the month, from 1.
  package var day: Int64

  @inlinable
  package init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

/// A moment of the proleptic Gregorian calendar, without a time zone.
package struct CivilTimestamp: Hashable, BitwiseCopyable, Sendable {
  package var date: CivilDate
  /// The hour, 0 to 23.
  package var hour: Int64
  /// The minute, 0 to 59.
  package var minute: Int64
  /// The second, 0 to 59.
  package var second: Int64
  /// The microsecond within the second, 0 to 999,999.
  package var microsecond: Int64

  @inlinable
  package init(
    _ date: CivilDate, hour: Int64 = 0, minute: Int64 = 0, second: Int64 = 0,
    microsecond: Int64 = 0
  ) {
    self.date = date
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }
}

/// Calendar arithmetic on the lanes of dates and timestamps: days and microseconds since
/// 1970-01-01T00:00:00, in civil time.
///
/// The conversions are those of Howard Hinnant's "chrono-compatible low-level date algorithms":
/// exact for every year whose lanes fit, with no table and no loop.
package enum CivilCalendar {
  @inlinable package static var microsecondsPerDay: Int64 { 86_400_000_000 }

  @inlinable
  package static func isLeapYear(_ year: Int64) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The number of days of a month, or 0 when the month is not 1 to 12.
  @inlinable
  package static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: isLeapYear(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    case 1...12: 31
    default: 0
    }
  }

  /// Whether the calendar has the day.
  @inlinable
  package static func isDate(year: Int64, month: Int64, day: Int64) -> Bool {
    day >= 1 && (day <= 28 && month >= 1 && month <= 12 || day <= daysInMonth(month, of: year))
  }

  /// Whether a clock shows the time of day; a 60th second is not shown.
  @inlinable
  package static func isTime(hour: Int64, minute: Int64, second: Int64) -> Bool {
    hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
  }

  /// Days since 1970-01-01 of a day that the calendar has (see `isDate`).
  @inlinable
  package static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    // Years begin in March, so that the leap day is the last of its year.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  @inlinable
  package static func days(_ date: CivilDate) -> Int64 {
    days(year: date.year, month: date.month, day: date.day)
  }

  /// The day of a number of days since 1970-01-01.
  @inlinable
  package static func date(days: Int64) -> CivilDate {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return CivilDate(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * part + 2) / 5 + 1)
  }

  /// Microseconds since 1970-01-01T00:00:00 of a moment.
  @inlinable
  package static func microseconds(_ moment: CivilTimestamp) -> Int64 {
    let seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return days(moment.date) * microsecondsPerDay + seconds * 1_000_000 + moment.microsecond
  }

  /// The moment of a number of microseconds since 1970-01-01T00:00:00.
  @inlinable
  package static func timestamp(microseconds: Int64) -> CivilTimestamp {
    let days = days(ofMicroseconds: microseconds)
    let rest = microseconds - days * microsecondsPerDay
    return CivilTimestamp(
      date(days: days), hour: rest / 3_600_000_000, minute: rest / 60_000_000 % 60,
      second: rest / 1_000_000 % 60, microsecond: rest % 1_000_000)
  }

  /// The day in which a timestamp lies: its microseconds divided by a day's, rounded down.
  @inlinable
  package static func days(ofMicroseconds microseconds: Int64) -> Int64 {
    let quotient = microseconds / microsecondsPerDay
    return microseconds % microsecondsPerDay < 0 ? quotient - 1 : quotient
  }

  /// The weekday of a day, from 1 (Monday) to 7 (Sunday), as in ISO 8601.
  @inlinable
  package static func weekday(days: Int64) -> Int64 {
    let remainder = (days + 3) % 7
    return (remainder < 0 ? remainder + 7 : remainder) + 1
  }
}
