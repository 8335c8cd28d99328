internal import Columnar

extension Column {
  /// The value of a row as a test writes it; `nil` is NULL.
  ///
  /// Dates are `yyyy-MM-dd`, timestamps `yyyy-MM-dd HH:mm:ss`, numbers without needless zeros.
  func text(_ row: Int) -> String? {
    guard isValid(row) else { return nil }
    switch (type, values) {
    case (.text, .text(let texts)): return texts[row]
    case (.digest, .digests(let digests)): return digests[row].base64URL
    case (.double, .doubles(let doubles)):
      return doubles[row] == doubles[row].rounded() && abs(doubles[row]) < 1e15
        ? String(Int64(doubles[row])) : String(doubles[row])
    case (.decimal(let scale), .lanes(let lanes)): return decimal(lanes[row], scale: scale)
    case (.date, .lanes(let lanes)): return day(lanes[row])
    case (.timestamp, .lanes(let lanes)):
      let days = CivilCalendar.days(ofMicroseconds: lanes[row])
      let seconds = (lanes[row] - days * 86_400_000_000) / 1_000_000
      return day(days) + " "
        + [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
        .joined(separator: ":")
    case (_, .lanes(let lanes)): return String(lanes[row])
    default: return nil
    }
  }

  private func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private func day(_ days: Int64) -> String {
    let date = CivilCalendar.date(days: days)
    return "\(padded(Int64(date.year), 4))-\(padded(Int64(date.month), 2))"
      + "-\(padded(Int64(date.day), 2))"
  }

  private func decimal(_ value: Int64, scale: Int) -> String {
    var digits = padded(Int64(value.magnitude), scale + 1)
    let fraction = digits.suffix(scale)
    digits.removeLast(scale)
    let kept = String(fraction.reversed().drop { $0 == "0" }.reversed())
    return (value < 0 ? "-" : "") + digits + (kept.isEmpty ? "" : "." + kept)
  }
}
