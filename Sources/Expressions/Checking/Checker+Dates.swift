extension Checker {
  /// A date or timestamp plus or minus an interval; hours, minutes and seconds make a date a
  /// timestamp.
  mutating func shift(
    _ operand: Syntax, _ amount: String, _ unit: Word, _ interval: Syntax, negative: Bool,
    _ range: Range<Int>
  ) -> Node? {
    let checked = check(operand)
    guard let calendarUnit = CalendarUnit(word: unit.text) else {
      error(
        "unknown-unit", "there is no interval of “\(unit.text)”", unit.range,
        hint: "year, month, day, hour, minute or second")
      return nil
    }
    let bytes = Array(amount.utf8)
    guard let count = NumberFormat.integer(bytes.span), count.magnitude <= 1_000_000_000 else {
      error("bad-literal", "an interval counts whole units, up to a billion", interval.range)
      return nil
    }
    guard var node = checked else { return nil }
    if node.type == .null { return null(.date) }
    guard node.type == .date || node.type == .timestamp else {
      if node.type.isKey {
        leak(node.type, "be computed with", operand.range)
      } else {
        mismatch("an interval shifts a date or a timestamp, not \(node.type)", operand.range)
      }
      return nil
    }
    let signed = negative ? -count : count
    if calendarUnit.isTimeOfDay {
      guard let wider = widen(node, .timestamp, operand.range) else { return nil }
      node = wider
    }
    let kernel: Kernel
    switch calendarUnit {
    case .year: kernel = .shift(months: signed * 12, node.type)
    case .month: kernel = .shift(months: signed, node.type)
    case .day where node.type == .date: kernel = .shift(by: signed, .date)
    default:
      let (amount, overflow) = signed.multipliedReportingOverflow(
        by: calendarUnit.microseconds ?? 0)
      guard !overflow else {
        error("bad-literal", "the interval is longer than time", interval.range)
        return nil
      }
      kernel = .shift(by: amount, .timestamp)
    }
    return call(node.type, kernel, [node], range)
  }

  mutating func extract(_ unit: Word, _ operand: Syntax, _ range: Range<Int>) -> Node? {
    let checked = check(operand)
    guard let calendarUnit = CalendarUnit(rawValue: unit.text) else {
      error(
        "unknown-unit", "“\(unit.text)” cannot be extracted", unit.range,
        hint: "year, month, day, hour, minute or second")
      return nil
    }
    guard let node = checked else { return nil }
    return part(calendarUnit, of: node, operand, range)
  }

  /// A part of a date, a timestamp or a partial date.
  mutating func part(
    _ unit: CalendarUnit, of node: Node, _ operand: Syntax, _ range: Range<Int>
  ) -> Node? {
    switch node.type {
    case .null: return null(.integer)
    case .timestamp: break
    case .date where !unit.isTimeOfDay, .partialDate where !unit.isTimeOfDay: break
    default:
      if node.type.isKey {
        leak(node.type, "be taken apart", operand.range)
      } else {
        mismatch("\(node.type) has no \(unit)", operand.range)
      }
      return nil
    }
    return call(.integer, .extract(unit, node.type), [node], range)
  }
}
