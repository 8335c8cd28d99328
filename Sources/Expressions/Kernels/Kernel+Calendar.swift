import Columnar

extension Kernel {
  /// A number of the day of dates or timestamps.
  static func number(_ number: DayNumber, _ type: ExpressionType) -> Kernel {
    let isTimestamp = type == .timestamp
    let range = IsoFormat.days
    return Kernel { frame in
      frame.mapLanes { lane in
        let days = isTimestamp ? CivilCalendar.days(ofMicroseconds: lane) : lane
        return number.value(min(max(days, range.lowerBound), range.upperBound))
      }
    }
  }

  /// The beginning of the unit in which dates or timestamps lie.
  static func truncate(to unit: DateUnit, _ type: ExpressionType) -> Kernel {
    if unit.isTimeOfDay {
      let length = unit.microseconds
      return Kernel(canFail: true) { frame in
        frame.mapLanes(failing: .overflow) { lane in
          guard IsoFormat.microseconds.contains(lane) else { return (0, true) }
          let rest = lane % length
          return (lane - (rest < 0 ? rest + length : rest), false)
        }
      }
    }
    if type == .date {
      return Kernel(canFail: true) { frame in
        frame.mapLanes(failing: .overflow) { days in
          IsoFormat.days.contains(days) ? (start(of: unit, days), false) : (0, true)
        }
      }
    }
    return Kernel(canFail: true) { frame in
      frame.mapLanes(failing: .overflow) { lane in
        guard IsoFormat.microseconds.contains(lane) else { return (0, true) }
        let days = start(of: unit, CivilCalendar.days(ofMicroseconds: lane))
        return (days * CivilCalendar.microsecondsPerDay, false)
      }
    }
  }

  /// The first day of the unit in which a day lies.
  @inline(__always)
  private static func start(of unit: DateUnit, _ days: Int64) -> Int64 {
    if unit == .week { return days - CivilCalendar.weekday(days: days) + 1 }
    guard let months = unit.months else { return days }
    let date = CivilCalendar.date(days: days)
    let month = (date.month - 1) / months * months + 1
    return CivilCalendar.days(year: date.year, month: month, day: 1)
  }

  /// The last day of the month in which dates or timestamps lie.
  static func endOfMonth(_ type: ExpressionType) -> Kernel {
    let isTimestamp = type == .timestamp
    return Kernel(canFail: true) { frame in
      frame.mapLanes(failing: .overflow) { lane in
        let days = isTimestamp ? CivilCalendar.days(ofMicroseconds: lane) : lane
        guard IsoFormat.days.contains(days) else { return (0, true) }
        let date = CivilCalendar.date(days: days)
        return (days - date.day + CivilCalendar.daysInMonth(date.month, of: date.year), false)
      }
    }
  }

  /// Dates or timestamps (the first operand) shifted by a count of units (the second).
  static func add(_ unit: DateUnit, _ type: ExpressionType) -> Kernel {
    let isDate = type == .date
    guard let months = unit.months else {
      let length = isDate ? unit.microseconds / CivilCalendar.microsecondsPerDay : unit.microseconds
      let range = isDate ? IsoFormat.days : IsoFormat.microseconds
      return Kernel(canFail: true) { frame in
        frame.zipLanes(failing: .overflow) { lane, count in
          let (amount, tooLong) = count.multipliedReportingOverflow(by: length)
          let (sum, overflow) = lane.addingReportingOverflow(amount)
          return (sum, tooLong || overflow || !range.contains(sum))
        }
      }
    }
    return Kernel(canFail: true) { frame in
      frame.zipLanes(failing: .overflow) { lane, count in
        let (amount, tooLong) = count.multipliedReportingOverflow(by: months)
        if tooLong { return (0, true) }
        if isDate { return addMonths(amount, to: lane) }
        guard IsoFormat.microseconds.contains(lane) else { return (0, true) }
        let days = CivilCalendar.days(ofMicroseconds: lane)
        let time = lane - days * CivilCalendar.microsecondsPerDay
        let (shifted, overflow) = addMonths(amount, to: days)
        return (overflow ? 0 : shifted * CivilCalendar.microsecondsPerDay + time, overflow)
      }
    }
  }

  /// The whole units from dates or timestamps to others.
  static func difference(_ unit: DateUnit, _ type: ExpressionType) -> Kernel {
    let isDate = type == .date
    let range = isDate ? IsoFormat.days : IsoFormat.microseconds
    let perDay = isDate ? 1 : CivilCalendar.microsecondsPerDay
    let length = isDate ? unit.microseconds / CivilCalendar.microsecondsPerDay : unit.microseconds
    let months = unit.months
    return Kernel(canFail: true) { frame in
      frame.zipLanes(failing: .overflow) { from, to in
        guard range.contains(from), range.contains(to) else { return (0, true) }
        guard let months else { return ((to - from) / length, false) }
        let whole =
          to < from ? -wholeMonths(to, from, perDay) : wholeMonths(from, to, perDay)
        return (whole / months, false)
      }
    }
  }

  /// The months from a lane to a later one; one is whole when the calendar shows the same day of the
  /// month, and the clock the same time, or later ones.
  @inline(__always)
  private static func wholeMonths(_ from: Int64, _ to: Int64, _ perDay: Int64) -> Int64 {
    let days = (perDay == 1 ? from : CivilCalendar.days(ofMicroseconds: from))
    let laterDays = (perDay == 1 ? to : CivilCalendar.days(ofMicroseconds: to))
    let first = CivilCalendar.date(days: days)
    let second = CivilCalendar.date(days: laterDays)
    let time = from - days * perDay
    let laterTime = to - laterDays * perDay
    let months = (second.year - first.year) * 12 + second.month - first.month
    return (second.day, laterTime) < (first.day, time) ? months - 1 : months
  }

  /// `make_timestamp`: from a date or from year, month and day, then hour, minute and, if given,
  /// second.
  static func makeTimestamp(fromDate: Bool) -> Kernel {
    Kernel(canFail: true) { frame in
      let lanes = frame.operands.indices.map { frame.lanes($0) }
      let strides = frame.operands.map(\.stride)
      let time = fromDate ? 1 : 3
      var result = [Int64](repeating: 0, count: frame.count)
      for row in 0..<frame.count {
        func lane(_ index: Int) -> Int64 {
          index < lanes.count ? lanes[index][row &* strides[index]] : 0
        }
        let (hour, minute, second) = (lane(time), lane(time + 1), lane(time + 2))
        let days = fromDate ? lane(0) : day(year: lane(0), month: lane(1), day: lane(2))
        if let days, IsoFormat.days.contains(days),
          CivilCalendar.isTime(hour: hour, minute: minute, second: second)
        {
          result[row] =
            days * CivilCalendar.microsecondsPerDay
            + ((hour * 60 + minute) * 60 + second) * 1_000_000
        } else {
          frame.fail(row, .notATimestamp)
        }
      }
      return .lanes(result)
    }
  }

  private static func day(year: Int64, month: Int64, day: Int64) -> Int64? {
    guard year >= 1, year <= 9999, CivilCalendar.isDate(year: year, month: month, day: day) else {
      return nil
    }
    return CivilCalendar.days(year: year, month: month, day: day)
  }

  /// Seconds since 1970-01-01 00:00:00, those that have begun not counted.
  static let toEpoch = Kernel { frame in
    frame.mapLanes { lane in
      let quotient = lane / 1_000_000
      return lane % 1_000_000 < 0 ? quotient - 1 : quotient
    }
  }

  static let fromEpoch = Kernel(canFail: true) { frame in
    frame.mapLanes(failing: .overflow) { seconds in
      let (lane, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
      return (lane, overflow || !IsoFormat.microseconds.contains(lane))
    }
  }

  /// Dates or timestamps written in a pattern.
  static func write(_ pattern: DatePattern, _ type: ExpressionType) -> Kernel {
    let perLane = type == .date ? CivilCalendar.microsecondsPerDay : 1
    let range = type == .date ? IsoFormat.days : IsoFormat.microseconds
    return Kernel { frame in
      frame.writeLanes { writer, lane in
        let lane = min(max(lane, range.lowerBound), range.upperBound)
        pattern.write(lane * perLane, to: &writer)
      }
    }
  }
}
