import Columnar

/// The way in which a source writes dates or timestamps: `dd/MM/yyyy HH:mm`.
///
/// Letters stand for digits (`yyyy`, `yy`, `MM`, `dd`, `HH`, `mm`, `ss`, `SSS`), each as many as
/// there are letters; other characters stand for themselves.
struct DatePattern: Sendable {
  private enum Field: Int, Sendable, CaseIterable {
    case year, shortYear, month, day, hour, minute, second, millisecond

    var letters: String {
      ["yyyy", "yy", "MM", "dd", "HH", "mm", "ss", "SSS"][rawValue]
    }
  }

  private enum Part: Sendable {
    case field(Field, digits: Int)
    case byte(UInt8)
  }

  private let parts: [Part]
  private let lastYear: Int64

  /// `nil` when a field is missing, occurs twice or is of another length.
  ///
  /// - Parameters:
  ///   - pattern: the pattern as it is written.
  ///   - needsTime: whether it must have an hour, or may have none.
  ///   - lastYear: the last year that `yy` may mean.
  init?(_ pattern: String, needsTime: Bool, lastYear: Int64) {
    guard let (parts, seen) = DatePattern.parts(pattern) else { return nil }
    func has(_ field: Field) -> Bool { seen.contains(field.rawValue) }
    guard has(.year) != has(.shortYear), has(.month), has(.day),
      needsTime == has(.hour), !has(.minute) || has(.hour), !has(.second) || has(.minute),
      !has(.millisecond) || has(.second)
    else { return nil }
    self.parts = parts
    self.lastYear = lastYear
  }

  /// A pattern in which dates or timestamps are written; `nil` when a field occurs twice, is of
  /// another length, or is not there to write, or when there is none.
  init?(writing pattern: String, hasTime: Bool) {
    guard let (parts, seen) = DatePattern.parts(pattern), let last = seen.max(),
      hasTime || last <= Field.day.rawValue
    else { return nil }
    self.parts = parts
    lastYear = 0
  }

  private static func parts(_ pattern: String) -> (parts: [Part], seen: Set<Int>)? {
    var parts: [Part] = []
    var seen: Set<Int> = []
    var rest = Substring(pattern)
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      if first.isASCII, first.isLetter {
        guard let field = Field.allCases.first(where: { $0.letters == run }),
          seen.insert(field.rawValue).inserted
        else { return nil }
        parts.append(.field(field, digits: run.count))
      } else {
        parts += run.utf8.map { .byte($0) }
      }
      rest = rest.dropFirst(run.count)
    }
    return (parts, seen)
  }

  /// The microseconds of a text that follows the pattern, white space around it left out.
  func microseconds(_ text: Span<UInt8>) -> Int64? {
    var values: [8 of Int64] = [0, 0, 0, 0, 0, 0, 0, 0]
    let range = Bytes.trimmed(text)
    var index = range.lowerBound
    for part in parts {
      switch part {
      case .byte(let byte):
        guard index < range.upperBound, text[index] == byte else { return nil }
        index += 1
      case .field(let field, let digits):
        guard index + digits <= range.upperBound,
          let value = IsoFormat.digits(text, index, digits)
        else { return nil }
        values[field.rawValue] = field == .shortYear ? fullYear(value) : value
        index += digits
      }
    }
    let year = values[0] + values[1]
    guard index == range.upperBound, year > 0,
      CivilCalendar.isDate(year: year, month: values[2], day: values[3]),
      CivilCalendar.isTime(hour: values[4], minute: values[5], second: values[6])
    else { return nil }
    let date = CivilDate(year: year, month: values[2], day: values[3])
    return CivilCalendar.microseconds(
      CivilTimestamp(
        date, hour: values[4], minute: values[5], second: values[6],
        microsecond: values[7] * 1000))
  }

  /// Writes microseconds that lie within the years of `IsoFormat`.
  func write(_ microseconds: Int64, to writer: inout TextWriter) {
    let moment = CivilCalendar.timestamp(microseconds: microseconds)
    let values: [8 of Int64] = [
      moment.date.year, moment.date.year % 100, moment.date.month, moment.date.day, moment.hour,
      moment.minute, moment.second, moment.microsecond / 1000,
    ]
    for part in parts {
      switch part {
      case .byte(let byte): writer.append(byte: byte)
      case .field(let field, let digits):
        writer.append(digits: UInt64(values[field.rawValue]), width: digits)
      }
    }
  }

  /// The latest year, up to the last one allowed, that ends in two digits.
  private func fullYear(_ short: Int64) -> Int64 {
    let year = lastYear / 100 * 100 + short
    return year > lastYear ? year - 100 : year
  }
}
