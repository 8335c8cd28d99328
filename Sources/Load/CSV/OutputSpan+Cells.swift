import Columnar

extension OutputSpan<UInt8> {
  /// Appends a whole number.
  mutating func append(number: Int64) {
    if number < 0 { append(45) }
    append(digits: number.magnitude, width: 1)
  }

  /// Appends a decimal without needless zeros; the divisor is 10 to the power of the scale.
  mutating func append(decimal: Int64, scale: Int, divisor: UInt64) {
    if decimal < 0 { append(45) }
    append(digits: decimal.magnitude / divisor, width: 1)
    var fraction = decimal.magnitude % divisor
    if fraction == 0 { return }
    var width = scale
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    append(46)
    append(digits: fraction, width: width)
  }

  /// Appends a date given in days since 1970-01-01, as `DateText` writes it.
  mutating func append(days: Int64) {
    let date = CivilCalendar.date(days: days)
    guard 0...9999 ~= date.year else {
      var text = DateText()
      text.write(days: days)
      return append(text.span)
    }
    append(date)
  }

  /// Appends a timestamp given in microseconds since 1970-01-01T00:00:00, as `DateText` writes it.
  mutating func append(microseconds: Int64) {
    let moment = CivilCalendar.timestamp(microseconds: microseconds)
    guard 0...9999 ~= moment.date.year, moment.microsecond == 0 else {
      var text = DateText()
      text.write(microseconds: microseconds)
      return append(text.span)
    }
    append(moment.date)
    append(32)
    append(twoDigits: moment.hour)
    append(58)
    append(twoDigits: moment.minute)
    append(58)
    append(twoDigits: moment.second)
  }

  private mutating func append(_ date: CivilDate) {
    append(twoDigits: date.year / 100)
    append(twoDigits: date.year % 100)
    append(45)
    append(twoDigits: date.month)
    append(45)
    append(twoDigits: date.day)
  }

  private mutating func append(_ bytes: Span<UInt8>) {
    for index in bytes.indices { append(bytes[index]) }
  }

  @inline(__always)
  private mutating func append(twoDigits number: Int64) {
    append(48 + UInt8(truncatingIfNeeded: number / 10))
    append(48 + UInt8(truncatingIfNeeded: number % 10))
  }

  /// Appends a number with at least so many digits.
  @inline(__always)
  private mutating func append(digits value: UInt64, width: Int) {
    if value < 10, width == 1 {
      append(48 + UInt8(truncatingIfNeeded: value))
      return
    }
    var digits = [20 of UInt8](repeating: 48)
    var rest = value
    var first = 20
    while rest != 0 || 20 - first < width {
      first -= 1
      digits[first] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    for index in first..<20 { append(digits[index]) }
  }
}
