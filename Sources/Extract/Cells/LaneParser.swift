import Columnar

/// Turns the text of a cell, blanks taken off, into the lane of a column.
///
/// Kernels are generic over the parser, so that a column's loop has no dispatch in it.
protocol LaneParser: Sendable {
  func parse(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ lane: inout Int64)
    -> CellRejection.Reason?
}

/// Digits after an optional sign, within 64 bits.
struct IntegerParser: LaneParser {
  @inline(__always)
  func parse(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ lane: inout Int64
  ) -> CellRejection.Reason? {
    var position = start
    var isNegative = false
    if position < end, bytes[position] == 45 || bytes[position] == 43 {
      isNegative = bytes[position] == 45
      position += 1
    }
    guard position < end else { return .notAnInteger }
    var value: Int64 = 0
    let isShort = end - position <= 18
    while position < end {
      let digit = bytes[position] &- 48
      guard digit <= 9 else { return .notAnInteger }
      if isShort {
        value = value &* 10 &+ Int64(digit)
      } else {
        // Below zero there is one value more.
        let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
        let (next, carry) = tens.subtractingReportingOverflow(Int64(digit))
        if overflow || carry { return .notAnInteger }
        value = next
      }
      position += 1
    }
    if isShort {
      lane = isNegative ? -value : value
    } else if isNegative {
      lane = value
    } else {
      guard value != .min else { return .notAnInteger }
      lane = -value
    }
    return nil
  }
}

/// Digits with a mark, scaled to a whole number.
struct DecimalParser: LaneParser {
  let scale: Int
  let mark: UInt8

  @inline(__always)
  func parse(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ lane: inout Int64
  ) -> CellRejection.Reason? {
    var position = start
    var isNegative = false
    if position < end, bytes[position] == 45 || bytes[position] == 43 {
      isNegative = bytes[position] == 45
      position += 1
    }
    var value: Int64 = 0
    var digits = 0
    // Decimals read, −1 before the mark.
    var decimals = -1
    var isTooLong = false
    while position < end {
      let byte = bytes[position]
      let digit = byte &- 48
      position += 1
      if digit <= 9 {
        digits += 1
        if decimals >= 0 {
          if decimals == scale {
            if digit != 0 { isTooLong = true }
            continue
          }
          decimals += 1
        }
        let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
        let (next, carry) = tens.addingReportingOverflow(Int64(digit))
        if overflow || carry { isTooLong = true }
        value = next
      } else if byte == mark, decimals < 0 {
        decimals = 0
      } else {
        return .notADecimal
      }
    }
    guard digits > 0 else { return .notADecimal }
    for _ in max(0, decimals)..<scale {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { isTooLong = true }
      value = tens
    }
    if isTooLong { return .decimalOverflow }
    lane = isNegative ? -value : value
    return nil
  }
}

struct DateParser: LaneParser {
  let format: DateFormat

  @inline(__always)
  func parse(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ lane: inout Int64
  ) -> CellRejection.Reason? {
    guard let moment = format.moment(bytes, start, end) else { return .notADate }
    lane = CivilCalendar.days(moment.date)
    return nil
  }
}

struct TimestampParser: LaneParser {
  let format: DateFormat

  @inline(__always)
  func parse(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ lane: inout Int64
  ) -> CellRejection.Reason? {
    guard let moment = format.moment(bytes, start, end) else { return .notATimestamp }
    lane = CivilCalendar.microseconds(moment)
    return nil
  }
}

struct PartialDateParser: LaneParser {
  let format: PartialDate

  @inline(__always)
  func parse(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ lane: inout Int64
  ) -> CellRejection.Reason? {
    guard let packed = format.packed(bytes, start, end) else { return .notADate }
    lane = packed
    return nil
  }
}

struct BooleanParser: LaneParser {
  let truths: CellTokens
  let falsehoods: CellTokens

  @inline(__always)
  func parse(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ lane: inout Int64
  ) -> CellRejection.Reason? {
    if truths.contains(bytes, start, end) {
      lane = 1
    } else if falsehoods.contains(bytes, start, end) {
      lane = 0
    } else {
      return .notABoolean
    }
    return nil
  }
}
