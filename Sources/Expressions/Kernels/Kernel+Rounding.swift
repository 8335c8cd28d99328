import Columnar

extension Kernel {
  enum Rounding: Sendable {
    case nearest, down, up, towardZero
  }

  /// A decimal without some of its last digits.
  static func round(_ direction: Rounding, dropping digits: Int) -> Kernel {
    if direction == .nearest { return rescale(dropping: digits) }
    let divisor = PowersOfTen.narrow[digits]
    if direction == .towardZero { return Kernel { frame in frame.mapLanes { $0 / divisor } } }
    let isUp = direction == .up
    return Kernel { frame in
      frame.mapLanes { value in
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        if isUp { return remainder > 0 ? quotient + 1 : quotient }
        return remainder < 0 ? quotient - 1 : quotient
      }
    }
  }

  /// A double as an integer.
  static func roundDouble(_ direction: Rounding) -> Kernel {
    Kernel(canFail: true) { frame in
      let doubles = frame.operands[0].column.doubles
      var result = [Int64](repeating: 0, count: frame.count)
      for row in 0..<frame.count {
        let value = doubles[row]
        guard let nearest = NumberFormat.rounded(value) else {
          frame.fail(row, .overflow)
          continue
        }
        switch direction {
        case .nearest: result[row] = nearest
        case .down: result[row] = Double(nearest) > value ? nearest - 1 : nearest
        case .up: result[row] = Double(nearest) < value ? nearest + 1 : nearest
        case .towardZero: result[row] = Int64(value)
        }
      }
      return .lanes(result)
    }
  }

  static func absolute(_ type: ExpressionType) -> Kernel {
    if type == .double {
      return Kernel { frame in .doubles(frame.operands[0].column.doubles.map { abs($0) }) }
    }
    return Kernel(canFail: true) { frame in
      frame.mapLanes(failing: .overflow) { value in
        value < 0 ? Int64(0).subtractingReportingOverflow(value) : (value, false)
      }
    }
  }

  static func sign(_ type: ExpressionType) -> Kernel {
    if type == .double {
      return Kernel { frame in
        .lanes(frame.operands[0].column.doubles.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 })
      }
    }
    return Kernel { frame in frame.mapLanes { $0.signum() } }
  }

  /// The quotient of integers, cut towards zero.
  static let integerQuotient = Kernel(canFail: true) { frame in
    let divisors = frame.lanes(1)
    for row in 0..<frame.count where divisors[row &* frame.operands[1].stride] == 0 {
      frame.fail(row, .divisionByZero)
    }
    return frame.zipLanes(failing: .overflow) { dividend, divisor in
      divisor == 0 ? (0, false) : dividend.dividedReportingOverflow(by: divisor)
    }
  }
}
