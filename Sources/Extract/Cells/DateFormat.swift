import Columnar

/// A date format that cannot be used, in the words of the person who wrote it.
package struct DateFormatError: Error, Hashable, CustomStringConvertible, Sendable {
  package let format: String
  package let message: String

  package var description: String { "date format `\(format)`: \(message)" }
}

/// A compiled format of dates or timestamps: `yyyy`, `yy`, `MM`, `dd`, `HH`, `mm`, `ss`, `SSS` and
/// literal characters.
///
/// Every part has as many digits as letters, so that every part stands at a fixed place. `yy` means
/// 1969 to 2068, as POSIX has it. A time that is not written is midnight.
package struct DateFormat: Hashable, Sendable {
  private struct Literal: Sendable {
    let place: Int
    let byte: UInt8
  }

  private enum Part: Int {
    case year, shortYear, month, day, hour, minute, second, millisecond
  }

  /// The format as written.
  package let text: String
  /// The number of bytes of a text in this format.
  package let length: Int
  private let literals: [Literal]
  /// Where each part begins, by its number; −1 when it is not written.
  private let places: [8 of Int]

  /// Compiles a format; a part is an unbroken run of one of the letters y, M, d, H, m, s and S.
  package init(_ text: String) throws(DateFormatError) {
    let bytes = Array(text.utf8)
    var literals: [Literal] = []
    var places: [8 of Int] = .init(repeating: -1)
    var start = 0
    while start < bytes.count {
      var end = start + 1
      while end < bytes.count, bytes[end] == bytes[start] { end += 1 }
      let run = String(decoding: bytes[start..<end], as: UTF8.self)
      if let part = DateFormat.parts[run] {
        guard places[part.rawValue] < 0 else {
          throw DateFormatError(format: text, message: "`\(run)` is written twice")
        }
        places[part.rawValue] = start
      } else if DateFormat.isLetter(bytes[start]) {
        throw DateFormatError(
          format: text,
          message: "`\(run)` is none of yyyy, yy, MM, dd, HH, mm, ss, SSS")
      } else {
        for place in start..<end { literals.append(Literal(place: place, byte: bytes[place])) }
      }
      start = end
    }
    self.text = text
    self.literals = literals
    self.places = places
    length = bytes.count
    if let message = DateFormat.problem(places) {
      throw DateFormatError(format: text, message: message)
    }
  }

  package static func == (left: DateFormat, right: DateFormat) -> Bool { left.text == right.text }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// Whether year, month and day are written, as a date or a timestamp needs.
  package var isFullDate: Bool { places[Part.day.rawValue] >= 0 }

  /// Whether a time of day is written.
  package var hasTime: Bool { places[Part.hour.rawValue] >= 0 }

  private static let parts: [String: Part] = [
    "yyyy": .year, "yy": .shortYear, "MM": .month, "dd": .day, "HH": .hour, "mm": .minute,
    "ss": .second, "SSS": .millisecond,
  ]

  /// Letters that are parts or could be meant as such; `T` and `Z` stand for themselves.
  private static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    let isLetter = lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    return isLetter && byte != UInt8(ascii: "T") && byte != UInt8(ascii: "Z")
  }

  private static func problem(_ places: [8 of Int]) -> String? {
    func has(_ part: Part) -> Bool { places[part.rawValue] >= 0 }
    if has(.year) == has(.shortYear) { return "one of yyyy and yy must be written" }
    if has(.day) && !has(.month) { return "dd needs MM" }
    if has(.hour) && !has(.day) { return "HH needs dd" }
    if has(.minute) && !has(.hour) { return "mm needs HH (months are MM)" }
    if has(.second) && !has(.minute) { return "ss needs mm" }
    if has(.millisecond) && !has(.second) { return "SSS needs ss" }
    return nil
  }
}

extension DateFormat {
  /// The parts of a text in this format, not yet checked against the calendar; `nil` when it is
  /// written otherwise.
  @inline(__always)
  func read(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> CivilTimestamp? {
    guard end - start == length else { return nil }
    let literals = literals.span
    for index in literals.indices {
      let literal = literals[index]
      if bytes[start + literal.place] != literal.byte { return nil }
    }
    var isWrong = false
    @inline(__always) func digit(_ place: Int) -> Int64 {
      let value = bytes[start + place] &- 48
      if value > 9 { isWrong = true }
      return Int64(value)
    }
    @inline(__always) func two(_ part: Part) -> Int64 {
      let place = places[part.rawValue]
      return place < 0 ? 0 : digit(place) * 10 + digit(place + 1)
    }
    var year: Int64
    let yearPlace = places[Part.year.rawValue]
    if yearPlace >= 0 {
      year = digit(yearPlace) * 1000 + digit(yearPlace + 1) * 100
      year += digit(yearPlace + 2) * 10 + digit(yearPlace + 3)
    } else {
      year = two(.shortYear)
      year += year < 69 ? 2000 : 1900
    }
    let date = CivilDate(year: year, month: two(.month), day: two(.day))
    var microsecond: Int64 = 0
    let fraction = places[Part.millisecond.rawValue]
    if fraction >= 0 {
      microsecond = digit(fraction) * 100_000 + digit(fraction + 1) * 10_000
      microsecond += digit(fraction + 2) * 1000
    }
    let moment = CivilTimestamp(
      date, hour: two(.hour), minute: two(.minute), second: two(.second),
      microsecond: microsecond)
    return isWrong ? nil : moment
  }

  /// The moment that a text means, if the calendar and the clock have it.
  @inline(__always)
  func moment(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> CivilTimestamp? {
    guard let moment = read(bytes, start, end), moment.date.year > 0,
      CivilCalendar.isDate(
        year: moment.date.year, month: moment.date.month, day: moment.date.day),
      CivilCalendar.isTime(hour: moment.hour, minute: moment.minute, second: moment.second)
    else { return nil }
    return moment
  }
}
