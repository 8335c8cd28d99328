import Columnar

/// Dates and timestamps as ISO 8601 text, written into a buffer that is used again for each cell.
///
/// It is what CSV files hold too: the form is the one that SQLite's functions and its readers in R and Python understand:
/// `YYYY-MM-DD` and `YYYY-MM-DD HH:MM:SS`, with `.ffffff` only when the fraction is not zero
/// (https://www.sqlite.org/lang_datefunc.html). Years before 0 or after 9999 get a sign, as
/// ISO 8601 has it.
struct DateText {
  /// Long enough for the year of any 64-bit date.
  static let longest = 48

  private var bytes = [UInt8](repeating: 0, count: longest)
  private var count = 0

  init() {}

  /// The text written last.
  var span: Span<UInt8> {
    @_lifetime(borrow self) get { bytes.span.extracting(0..<count) }
  }

  /// Writes a date given in days since 1970-01-01.
  mutating func write(days: Int64) {
    count = 0
    append(CivilCalendar.date(days: days))
  }

  /// Writes a timestamp given in microseconds since 1970-01-01T00:00:00.
  mutating func write(microseconds: Int64) {
    count = 0
    let moment = CivilCalendar.timestamp(microseconds: microseconds)
    append(moment.date)
    append(UInt8(ascii: " "))
    append(twoDigits: moment.hour)
    append(UInt8(ascii: ":"))
    append(twoDigits: moment.minute)
    append(UInt8(ascii: ":"))
    append(twoDigits: moment.second)
    guard moment.microsecond != 0 else { return }
    append(UInt8(ascii: "."))
    append(twoDigits: moment.microsecond / 10_000)
    append(twoDigits: moment.microsecond / 100 % 100)
    append(twoDigits: moment.microsecond % 100)
  }

  @inline(__always)
  private mutating func append(_ date: CivilDate) {
    if date.year >= 0, date.year <= 9999 {
      append(twoDigits: date.year / 100)
      append(twoDigits: date.year % 100)
    } else {
      append(distantYear: date.year)
    }
    append(UInt8(ascii: "-"))
    append(twoDigits: date.month)
    append(UInt8(ascii: "-"))
    append(twoDigits: date.day)
  }

  /// Appends the sign and at least four digits of a year that has a sign.
  private mutating func append(distantYear year: Int64) {
    append(year < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    let digits = String(year.magnitude).utf8
    for _ in digits.count..<max(4, digits.count) { append(UInt8(ascii: "0")) }
    for digit in digits { append(digit) }
  }

  @inline(__always)
  private mutating func append(twoDigits number: Int64) {
    let number = UInt8(truncatingIfNeeded: number)
    append(UInt8(ascii: "0") + number / 10)
    append(UInt8(ascii: "0") + number % 10)
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }
}
