/// Values of vocabulary files, read from bytes.
enum AthenaValue {
  /// A whole number from 0 to 2^31 − 1 in decimal digits, or `nil`.
  @inline(__always)
  static func id(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
    guard !range.isEmpty, range.count <= 10 else { return nil }
    var value: UInt64 = 0
    for index in range {
      let digit = bytes[index] &- 48
      guard digit < 10 else { return nil }
      value = value &* 10 &+ UInt64(digit)
    }
    return value <= UInt64(Int32.max) ? UInt32(value) : nil
  }

  /// Days since 1970-01-01 of a date written yyyyMMdd or yyyy-MM-dd, or `nil`.
  static func date(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int32? {
    let start = range.lowerBound
    let dashed = range.count == 10
    guard dashed || range.count == 8 else { return nil }
    let dash = UInt8(ascii: "-")
    if dashed && (bytes[start + 4] != dash || bytes[start + 7] != dash) { return nil }
    let monthStart = start + (dashed ? 5 : 4)
    let dayStart = start + (dashed ? 8 : 6)
    guard let year = id(bytes, start..<start + 4),
      let month = id(bytes, monthStart..<monthStart + 2),
      let day = id(bytes, dayStart..<dayStart + 2)
    else { return nil }
    return days(Int(year), Int(month), Int(day))
  }

  /// Days since 1970-01-01 in the Gregorian calendar, or `nil` when there is no such day.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int32? {
    guard (1...12).contains(month), day >= 1 else { return nil }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    // Years begin in March, so that the leap day is the last of its year.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }
}
