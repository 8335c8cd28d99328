import Columnar

/// The formats in which a date of less than full precision may be written.
///
/// Besides the full format, in which unknown parts are zeros (`00/05/2020`), these are the format
/// without its day (`05/2020`) and the year alone (`2020`); what stands between two parts goes with
/// the one left out.
struct PartialDate: Sendable {
  let full: DateFormat
  private let month: DateFormat?
  private let year: DateFormat?

  init(_ format: DateFormat) {
    full = format
    let byMonth = format.isFullDate ? PartialDate.without("dd", in: format.text) : format.text
    month = format.isFullDate ? PartialDate.compiled(byMonth) : nil
    let byYear = PartialDate.without("MM", in: byMonth)
    year = byYear == byMonth ? nil : PartialDate.compiled(byYear)
  }

  private static func compiled(_ text: String) -> DateFormat? { try? DateFormat(text) }

  /// A format without one of its parts and the literals up to its neighbour.
  private static func without(_ part: String, in text: String) -> String {
    let letters = Array(text.utf8)
    let wanted = Array(part.utf8)
    guard let start = letters.indices.first(where: { letters[$0...].starts(with: wanted) })
    else { return text }
    func isPart(_ index: Int) -> Bool { Array("yMdHmsS".utf8).contains(letters[index]) }
    var first = start
    var end = start + wanted.count
    if start == 0 || !letters[..<start].indices.contains(where: isPart) {
      while end < letters.count, !isPart(end) { end += 1 }
    } else {
      while first > 0, !isPart(first - 1) { first -= 1 }
    }
    return String(decoding: letters[..<first] + letters[end...], as: UTF8.self)
  }

  /// The date as `yyyymmdd`, with 00 for unknown parts.
  func packed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    let read =
      full.read(bytes, start, end) ?? month?.read(bytes, start, end)
      ?? year?.read(bytes, start, end)
    guard let date = read?.date, date.year > 0, date.month <= 12 else { return nil }
    if date.month == 0 && date.day != 0 { return nil }
    if date.day != 0, !CivilCalendar.isDate(year: date.year, month: date.month, day: date.day) {
      return nil
    }
    return date.year * 10_000 + date.month * 100 + date.day
  }
}
