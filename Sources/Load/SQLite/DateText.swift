import Columnar

/// Dates and timestamps as ISO 8601 text, written into a buffer that is used again for each cell.
///
/// The form is the one that SQLite's functions and its readers in R and Python understand:
/// `YYYY-MM-DD` and `YYYY-MM-DD HH:MM:SS`, with `.ffffff` only when the fraction is not zero
/// (https://www.sqlite.org/lang_datefunc.html). Years before 0 or after 9999 get a sign, as
/// ISO 8601 has it.
struct DateText {
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(40) }

  /// The text written last.
  var span: Span<UInt8> {
    @_lifetime(borrow self) get { bytes.span }
  }

  /// Writes a date given in days since 1970-01-01.
  mutating func write(days: Int64) {
    bytes.removeAll(keepingCapacity: true)
    append(CivilCalendar.date(days: days))
  }

  /// Writes a timestamp given in microseconds since 1970-01-01T00:00:00.
  mutating func write(microseconds: Int64) {
    bytes.removeAll(keepingCapacity: true)
    let moment = CivilCalendar.timestamp(microseconds: microseconds)
    append(moment.date)
    bytes.append(UInt8(ascii: " "))
    append(moment.hour, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    append(moment.minute, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    append(moment.second, digits: 2)
    guard moment.microsecond != 0 else { return }
    bytes.append(UInt8(ascii: "."))
    append(moment.microsecond, digits: 6)
  }

  private mutating func append(_ date: CivilDate) {
    if date.year < 0 {
      bytes.append(UInt8(ascii: "-"))
    } else if date.year > 9999 {
      bytes.append(UInt8(ascii: "+"))
    }
    append(abs(date.year), digits: 4)
    bytes.append(UInt8(ascii: "-"))
    append(date.month, digits: 2)
    bytes.append(UInt8(ascii: "-"))
    append(date.day, digits: 2)
  }

  /// Appends a number that is not negative, with at least so many digits.
  private mutating func append(_ number: Int64, digits: Int) {
    var divisor: Int64 = 1
    for _ in 1..<digits { divisor *= 10 }
    while number / divisor > 9 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
