import Columnar

extension Kernel {
  /// The day that stands for a partial date: of those that it may mean, the first, the last, or one
  /// near the middle (the 15th of its month, 1 July of its year).
  enum Completion: Sendable {
    case first, middle, last
  }

  static func complete(_ completion: Completion) -> Kernel {
    Kernel(canFail: true) { frame in
      frame.mapLanes(failing: .notADate) { packed in
        let year = packed / 10_000
        let month = packed / 100 % 100
        let day = packed % 100
        guard packed > 0, year >= 1, year <= 9999 else { return (0, true) }
        let wholeMonth: Int64
        if month != 0 {
          wholeMonth = month
        } else {
          wholeMonth = completion == .first ? 1 : completion == .middle ? 7 : 12
        }
        let wholeDay: Int64
        if month != 0, day != 0 {
          wholeDay = day
        } else {
          switch completion {
          case .first: wholeDay = 1
          case .middle: wholeDay = month == 0 ? 1 : 15
          case .last: wholeDay = CivilCalendar.daysInMonth(wholeMonth, of: year)
          }
        }
        guard CivilCalendar.isDate(year: year, month: wholeMonth, day: wholeDay) else {
          return (0, true)
        }
        return (CivilCalendar.days(year: year, month: wholeMonth, day: wholeDay), false)
      }
    }
  }

  /// `make_partial_date(year, month, day)`: a month or day that is null or 0 is unknown.
  static let makePartialDate = Kernel(strict: false, canFail: true) { frame in
    let lanes = frame.operands.indices.map { frame.lanes($0) }
    let operands = frame.operands
    var result = [Int64](repeating: 0, count: frame.count)
    for row in 0..<frame.count {
      func lane(_ index: Int) -> Int64 {
        guard index < lanes.count, operands[index].isValid(row) else { return 0 }
        return lanes[index][row &* operands[index].stride]
      }
      let (year, month, day) = (lane(0), lane(1), lane(2))
      if !operands[0].isValid(row) {
        frame.setNull(row)
      } else if year >= 1, year <= 9999, month >= 0, month <= 12,
        day == 0 || CivilCalendar.isDate(year: year, month: month, day: day)
      {
        result[row] = year * 10_000 + month * 100 + day
      } else {
        frame.fail(row, .notADate)
      }
    }
    return .lanes(result)
  }

  /// `precision(partial)`: `year`, `month` or `day`.
  static let precision = Kernel { frame in
    let names = ["year", "month", "day"].map { Array($0.utf8) }
    var writer = TextWriter(count: frame.count, bytes: frame.count * 5)
    for packed in frame.lanes(0) {
      writer.append(names[packed / 100 % 100 == 0 ? 0 : packed % 100 == 0 ? 1 : 2])
      writer.close()
    }
    return writer.values
  }
}
