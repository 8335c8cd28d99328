import Columnar

extension Kernel {
  static let squareRoot = ofDouble { $0 < 0 ? .failure(.invalidArgument) : .value($0.squareRoot()) }

  static let exponential = ofDouble { .value(DoubleDouble.exponential(DoubleDouble($0))) }

  static let logarithm = ofDouble {
    $0 > 0 ? .value(DoubleDouble.logarithm($0).high) : .failure(.invalidArgument)
  }

  static let commonLogarithm = ofDouble {
    $0 > 0
      ? .value((DoubleDouble.logarithm($0) / DoubleDouble.ln10).high) : .failure(.invalidArgument)
  }

  static let power = Kernel(canFail: true) { frame in
    let bases = frame.operands[0].column.doubles
    let exponents = frame.operands[1].column.doubles
    let strides = frame.operands.map(\.stride)
    var result = [Double](repeating: 0, count: frame.count)
    for row in 0..<frame.count {
      let base = bases[row &* strides[0]]
      let exponent = exponents[row &* strides[1]]
      frame.set(&result, row, power(base, exponent))
    }
    return .doubles(result)
  }

  private static func power(_ base: Double, _ exponent: Double) -> DoubleResult {
    guard base.isFinite, exponent.isFinite else { return .failure(.overflow) }
    if exponent == 0 || base == 1 { return .value(1) }
    if base == 0 { return exponent > 0 ? .value(0) : .failure(.divisionByZero) }
    let isWhole = exponent == exponent.rounded(.towardZero)
    if base < 0, !isWhole { return .failure(.invalidArgument) }
    let logarithm = DoubleDouble.logarithm(base.magnitude)
    let estimate = logarithm.high * exponent
    let isNegative = base < 0 && exponent.truncatingRemainder(dividingBy: 2) != 0
    // Outside of these bounds there is no room, and the product of the parts might overflow.
    if estimate > 710 { return .failure(.overflow) }
    if estimate < -746 { return .value(0) }
    let value = DoubleDouble.exponential(logarithm * DoubleDouble(exponent))
    return .value(isNegative ? -value : value)
  }

  fileprivate enum DoubleResult {
    case value(Double)
    case failure(FailureReason)
  }

  /// A kernel over one double.
  @inline(__always)
  private static func ofDouble(
    _ body: @escaping @Sendable (Double) -> DoubleResult
  ) -> Kernel {
    Kernel(canFail: true) { frame in
      let values = frame.operands[0].column.doubles
      var result = [Double](repeating: 0, count: frame.count)
      for row in 0..<frame.count {
        frame.set(&result, row, values[row].isFinite ? body(values[row]) : .failure(.overflow))
      }
      return .doubles(result)
    }
  }
}

extension KernelFrame {
  /// Sets the result of a row, or notes why there is none.
  fileprivate mutating func set(
    _ results: inout [Double], _ row: Int, _ result: Kernel.DoubleResult
  ) {
    switch result {
    case .value(let value) where value.isFinite: results[row] = value
    case .value: fail(row, .overflow)
    case .failure(let reason): fail(row, reason)
    }
  }
}
