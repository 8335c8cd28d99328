import Columnar

extension Kernel {
  /// `+`, `-` and `%` on two exact numbers of one scale; dates subtract as integers do.
  static func arithmetic(_ operation: Arithmetic, _ type: ExpressionType) -> Kernel {
    switch operation {
    case .add:
      Kernel(canFail: true) { frame in
        frame.zipLanes(failing: .overflow) { $0.addingReportingOverflow($1) }
      }
    case .subtract:
      Kernel(canFail: true) { frame in
        frame.zipLanes(failing: .overflow) { $0.subtractingReportingOverflow($1) }
      }
    case .multiply, .divide, .remainder:
      Kernel(canFail: true) { frame in
        frame.zipLanes(failing: .divisionByZero) { dividend, divisor in
          // −1 is set apart: the least integer divided by it overflows, though 0 remains.
          if divisor == 0 { return (0, true) }
          return (divisor == -1 ? 0 : dividend % divisor, false)
        }
      }
    }
  }

  /// The product of two exact numbers, cut by some digits of its scale (halves away from zero).
  static func multiply(dropping digits: Int) -> Kernel {
    if digits == 0 {
      return Kernel(canFail: true) { frame in
        frame.zipLanes(failing: .overflow) { $0.multipliedReportingOverflow(by: $1) }
      }
    }
    let divisor = PowersOfTen.wide[digits]
    return Kernel(canFail: true) { frame in
      frame.zipLanes(failing: .overflow) { left, right in
        let product = PowersOfTen.divide(Int128(left) * Int128(right), by: divisor)
        return Kernel.narrow(product)
      }
    }
  }

  /// The quotient of two exact numbers: the dividend is multiplied by 10^`shift`, the result
  /// rounded, halves away from zero.
  static func divide(shift: Int) -> Kernel {
    let factor = PowersOfTen.wide[min(shift, PowersOfTen.wide.count - 1)]
    return Kernel(canFail: true) { frame in
      let divisors = frame.lanes(1)
      let stride = frame.operands[1].stride
      for row in 0..<frame.count where divisors[row &* stride] == 0 {
        frame.fail(row, .divisionByZero)
      }
      return frame.zipLanes(failing: .overflow) { left, right in
        if right == 0 { return (0, false) }
        let (dividend, overflow) = Int128(left).multipliedReportingOverflow(by: factor)
        if overflow { return (0, true) }
        return Kernel.narrow(PowersOfTen.divide(dividend, by: Int128(right)))
      }
    }
  }

  /// A wide number as a lane, and whether it does not fit.
  @inline(__always)
  static func narrow(_ wide: Int128) -> (partialValue: Int64, overflow: Bool) {
    let lane = Int64(truncatingIfNeeded: wide)
    return (lane, Int128(lane) != wide)
  }

  /// Arithmetic on doubles; a result that is not finite is a failure.
  static func arithmetic(_ operation: Arithmetic) -> Kernel {
    Kernel(canFail: true) { frame in
      if operation == .divide || operation == .remainder {
        let divisors = frame.operands[1].column.doubles
        let stride = frame.operands[1].stride
        for row in 0..<frame.count where divisors[row &* stride] == 0 {
          frame.fail(row, .divisionByZero)
        }
      }
      switch operation {
      case .add: return frame.zipDoubles { $0 + $1 }
      case .subtract: return frame.zipDoubles { $0 - $1 }
      case .multiply: return frame.zipDoubles { $0 * $1 }
      case .divide: return frame.zipDoubles { $1 == 0 ? 0 : $0 / $1 }
      case .remainder:
        return frame.zipDoubles { $1 == 0 ? 0 : $0.truncatingRemainder(dividingBy: $1) }
      }
    }
  }

  static func negate(_ type: ExpressionType) -> Kernel {
    if type == .double {
      return Kernel { frame in .doubles(frame.operands[0].column.doubles.map { -$0 }) }
    }
    return Kernel(canFail: true) { frame in
      frame.mapLanes(failing: .overflow) { Int64(0).subtractingReportingOverflow($0) }
    }
  }
}
