import Columnar

/// A part of a date or a time.
enum CalendarUnit: String, Sendable, CaseIterable {
  case year, month, day, hour, minute, second

  /// The unit of a word, in the singular or the plural.
  init?(word: String) {
    self.init(rawValue: word.hasSuffix("s") ? String(word.dropLast()) : word)
  }

  var isTimeOfDay: Bool { self == .hour || self == .minute || self == .second }

  var microseconds: Int64? {
    switch self {
    case .day: CivilCalendar.microsecondsPerDay
    case .hour: 3_600_000_000
    case .minute: 60_000_000
    case .second: 1_000_000
    case .year, .month: nil
    }
  }
}

extension Kernel {
  /// A date some days later, or earlier.
  static func addDays(negative: Bool) -> Kernel {
    Kernel(canFail: true) { frame in
      frame.zipLanes(failing: .overflow) { date, days in
        let (sum, overflow) =
          negative
          ? date.subtractingReportingOverflow(days) : date.addingReportingOverflow(days)
        return (sum, overflow || !IsoFormat.days.contains(sum))
      }
    }
  }

  /// Dates or timestamps shifted by a number of lanes.
  static func shift(by amount: Int64, _ type: ExpressionType) -> Kernel {
    let range = type == .date ? IsoFormat.days : IsoFormat.microseconds
    return Kernel(canFail: true) { frame in
      frame.mapLanes(failing: .overflow) { lane in
        let (sum, overflow) = lane.addingReportingOverflow(amount)
        return (sum, overflow || !range.contains(sum))
      }
    }
  }

  /// Dates or timestamps shifted by months; a day that the month lacks becomes its last.
  static func shift(months: Int64, _ type: ExpressionType) -> Kernel {
    Kernel(canFail: true) { frame in
      if type == .date {
        return frame.mapLanes(failing: .overflow) { addMonths(months, to: $0) }
      }
      return frame.mapLanes(failing: .overflow) { lane in
        guard IsoFormat.microseconds.contains(lane) else { return (0, true) }
        let days = CivilCalendar.days(ofMicroseconds: lane)
        let time = lane - days * CivilCalendar.microsecondsPerDay
        let (shifted, overflow) = addMonths(months, to: days)
        return (overflow ? 0 : shifted * CivilCalendar.microsecondsPerDay + time, overflow)
      }
    }
  }

  static func addMonths(
    _ months: Int64, to days: Int64
  ) -> (partialValue: Int64, overflow: Bool) {
    guard IsoFormat.days.contains(days) else { return (0, true) }
    let date = CivilCalendar.date(days: days)
    let (total, overflow) = (date.year * 12 + date.month - 1).addingReportingOverflow(months)
    guard !overflow, total >= 12, total < 120_000 else { return (0, true) }
    let year = total / 12
    let month = total % 12 + 1
    let day = min(date.day, CivilCalendar.daysInMonth(month, of: year))
    return (CivilCalendar.days(year: year, month: month, day: day), false)
  }

  /// A part of dates, timestamps or partial dates; an unknown part is null.
  static func extract(_ unit: CalendarUnit, _ type: ExpressionType) -> Kernel {
    if type == .partialDate {
      return Kernel { frame in
        let divisor: Int64 = unit == .year ? 10_000 : unit == .month ? 100 : 1
        let modulus: Int64 = unit == .year ? 10_000 : 100
        let lanes = frame.lanes(0)
        for row in 0..<frame.count where lanes[row] / divisor % modulus <= 0 {
          frame.setNull(row)
        }
        return frame.mapLanes { $0 / divisor % modulus }
      }
    }
    if unit.isTimeOfDay {
      let divisor = unit.microseconds ?? 1
      let modulus: Int64 = unit == .hour ? 24 : 60
      return Kernel { frame in
        frame.mapLanes { lane in
          let days = CivilCalendar.days(ofMicroseconds: lane)
          return (lane &- days &* CivilCalendar.microsecondsPerDay) / divisor % modulus
        }
      }
    }
    let isTimestamp = type == .timestamp
    return Kernel { frame in
      frame.mapLanes { lane in
        let days = isTimestamp ? CivilCalendar.days(ofMicroseconds: lane) : lane
        let range = IsoFormat.days
        let date = CivilCalendar.date(days: min(max(days, range.lowerBound), range.upperBound))
        return unit == .year ? date.year : unit == .month ? date.month : date.day
      }
    }
  }

  /// `make_date(year, month, day)`.
  static let makeDate = Kernel(canFail: true) { frame in
    let (years, months, days) = (frame.lanes(0), frame.lanes(1), frame.lanes(2))
    let strides = frame.operands.map(\.stride)
    var result = [Int64](repeating: 0, count: frame.count)
    for row in 0..<frame.count {
      let year = years[row &* strides[0]]
      let month = months[row &* strides[1]]
      let day = days[row &* strides[2]]
      if year >= 1, year <= 9999, CivilCalendar.isDate(year: year, month: month, day: day) {
        result[row] = CivilCalendar.days(year: year, month: month, day: day)
      } else {
        frame.fail(row, .notADate)
      }
    }
    return .lanes(result)
  }
}
