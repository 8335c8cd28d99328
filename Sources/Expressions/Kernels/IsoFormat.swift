import Columnar

/// Dates and timestamps as ISO 8601 writes them, and the years that they may have.
enum IsoFormat {
  /// 0001-01-01 to 9999-12-31 in days since 1970-01-01.
  static let days: ClosedRange<Int64> = -719_162...2_932_896
  /// The same in microseconds.
  static let microseconds: ClosedRange<Int64> =
    -719_162 * 86_400_000_000...2_932_897 * 86_400_000_000 - 1

  /// As many digits as asked for, at a position, as a number.
  @inline(__always)
  static func digits(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> Int64? {
    guard start + count <= text.count else { return nil }
    var value: Int64 = 0
    for index in start..<start + count {
      let digit = text[index] &- UInt8(ascii: "0")
      if digit > 9 { return nil }
      value = value * 10 + Int64(digit)
    }
    return value
  }

  /// The days of `yyyy-MM-dd`, with nothing around it.
  static func date(_ text: Span<UInt8>) -> Int64? {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let year = digits(text, 0, 4), let month = digits(text, 5, 2), let day = digits(text, 8, 2),
      year > 0, CivilCalendar.isDate(year: year, month: month, day: day)
    else { return nil }
    return CivilCalendar.days(year: year, month: month, day: day)
  }

  /// The microseconds of `yyyy-MM-dd`, alone or followed by a space or `T` and `HH:mm[:ss[.f…]]`
  /// with 1 to 6 digits of a second.
  static func timestamp(_ text: Span<UInt8>) -> Int64? {
    guard text.count >= 10, let days = date(text.extracting(0..<10)) else { return nil }
    let midnight = days * CivilCalendar.microsecondsPerDay
    if text.count == 10 { return midnight }
    guard text.count >= 16, text[10] == UInt8(ascii: " ") || text[10] == UInt8(ascii: "T"),
      text[13] == UInt8(ascii: ":"), let hour = digits(text, 11, 2),
      let minute = digits(text, 14, 2)
    else { return nil }
    var second: Int64 = 0
    var fraction: Int64 = 0
    if text.count > 16 {
      guard text.count >= 19, text[16] == UInt8(ascii: ":"), let value = digits(text, 17, 2) else {
        return nil
      }
      second = value
    }
    if text.count > 19 {
      let places = text.count - 20
      guard text[19] == UInt8(ascii: "."), places >= 1, places <= 6,
        let value = digits(text, 20, places)
      else { return nil }
      fraction = value * PowersOfTen.narrow[6 - places]
    }
    guard CivilCalendar.isTime(hour: hour, minute: minute, second: second) else { return nil }
    return midnight + ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
  }
}

extension TextWriter {
  mutating func append(date days: Int64) {
    let range = IsoFormat.days
    let date = CivilCalendar.date(days: min(max(days, range.lowerBound), range.upperBound))
    append(digits: UInt64(date.year), width: 4)
    append(byte: UInt8(ascii: "-"))
    append(digits: UInt64(date.month), width: 2)
    append(byte: UInt8(ascii: "-"))
    append(digits: UInt64(date.day), width: 2)
  }

  /// `yyyy-MM-dd HH:mm:ss`, with six digits of the second where they are not all zero.
  mutating func append(timestamp microseconds: Int64) {
    let range = IsoFormat.microseconds
    let lane = min(max(microseconds, range.lowerBound), range.upperBound)
    let moment = CivilCalendar.timestamp(microseconds: lane)
    append(date: CivilCalendar.days(ofMicroseconds: lane))
    append(byte: UInt8(ascii: " "))
    append(digits: UInt64(moment.hour), width: 2)
    append(byte: UInt8(ascii: ":"))
    append(digits: UInt64(moment.minute), width: 2)
    append(byte: UInt8(ascii: ":"))
    append(digits: UInt64(moment.second), width: 2)
    if moment.microsecond != 0 {
      append(byte: UInt8(ascii: "."))
      append(digits: UInt64(moment.microsecond), width: 6)
    }
  }

  /// `yyyy`, `yyyy-MM` or `yyyy-MM-dd`, as far as it is known.
  mutating func append(partialDate packed: Int64) {
    let value = packed.magnitude
    append(digits: value / 10_000, width: 4)
    guard value / 100 % 100 > 0 else { return }
    append(byte: UInt8(ascii: "-"))
    append(digits: value / 100 % 100, width: 2)
    guard value % 100 > 0 else { return }
    append(byte: UInt8(ascii: "-"))
    append(digits: value % 100, width: 2)
  }
}
