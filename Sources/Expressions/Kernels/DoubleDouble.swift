/// A number held as the unevaluated sum of two doubles: about 31 decimal digits.
///
/// Only operations that IEEE 754 defines to the last bit are used (sum, product, quotient, fused
/// multiplication and addition), so that every machine gives the same result; a mathematical
/// library would not. After T. J. Dekker and D. E. Knuth.
struct DoubleDouble: Sendable {
  var high: Double
  var low: Double

  @inline(__always)
  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// The sum of two doubles and what its rounding left out.
  @inline(__always)
  private static func twoSum(_ left: Double, _ right: Double) -> (Double, Double) {
    let sum = left + right
    let part = sum - left
    return (sum, (left - (sum - part)) + (right - part))
  }

  /// As `twoSum`, where the first is the greater one.
  @inline(__always)
  private static func quickTwoSum(_ left: Double, _ right: Double) -> (Double, Double) {
    let sum = left + right
    return (sum, right - (sum - left))
  }

  @inline(__always)
  static func + (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    var (high, low) = twoSum(left.high, right.high)
    let (next, rest) = twoSum(left.low, right.low)
    (high, low) = quickTwoSum(high, low + next)
    (high, low) = quickTwoSum(high, low + rest)
    return DoubleDouble(high, low)
  }

  static prefix func - (value: DoubleDouble) -> DoubleDouble {
    DoubleDouble(-value.high, -value.low)
  }

  @inline(__always)
  static func * (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let product = left.high * right.high
    var low = (-product).addingProduct(left.high, right.high)
    low += left.high * right.low + left.low * right.high
    let (high, rest) = quickTwoSum(product, low)
    return DoubleDouble(high, rest)
  }

  @inline(__always)
  static func / (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let first = left.high / right.high
    var rest = left + -(right * DoubleDouble(first))
    let second = rest.high / right.high
    rest = rest + -(right * DoubleDouble(second))
    let (high, low) = quickTwoSum(first, second)
    return DoubleDouble(high, low) + DoubleDouble(rest.high / right.high)
  }
}

extension DoubleDouble {
  static let ln2 = DoubleDouble(0.6931471805599453, 2.3190468138462996e-17)
  static let ln10 = DoubleDouble(2.302585092994046, -2.1707562233822494e-16)

  /// The reciprocals of 1, 3, 5 and so on.
  private static let oddReciprocals = (0..<24).map {
    DoubleDouble(1) / DoubleDouble(Double(2 * $0 + 1))
  }

  /// The reciprocals of the factorials of 0, 1, 2 and so on.
  private static let factorialReciprocals: [DoubleDouble] = {
    var reciprocals = [DoubleDouble(1)]
    for number in 1..<26 {
      reciprocals.append(reciprocals[number - 1] / DoubleDouble(Double(number)))
    }
    return reciprocals
  }()

  /// The natural logarithm of a finite number above 0.
  static func logarithm(_ value: Double) -> DoubleDouble {
    var mantissa = value.significand
    var exponent = Double(value.exponent)
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    // ln m = 2 artanh ((m − 1) / (m + 1)), whose argument is at most 0.172.
    let (sum, rest) = twoSum(mantissa, 1)
    let argument = DoubleDouble(mantissa - 1) / DoubleDouble(sum, rest)
    let square = argument * argument
    var series = DoubleDouble(0)
    for coefficient in oddReciprocals.reversed() { series = series * square + coefficient }
    return DoubleDouble(exponent) * ln2 + DoubleDouble(2) * argument * series
  }

  /// The number e to the power of a value, rounded to a double; infinite without room.
  static func exponential(_ value: DoubleDouble) -> Double {
    if value.high > 710 { return .infinity }
    if value.high < -746 { return 0 }
    let exponent = (value.high / ln2.high).rounded()
    let rest = value + -(DoubleDouble(exponent) * ln2)
    var series = DoubleDouble(0)
    for coefficient in factorialReciprocals.reversed() { series = series * rest + coefficient }
    return Double(sign: .plus, exponent: Int(exponent), significand: series.high)
  }
}
