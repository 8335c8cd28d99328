/// An exact number above 0: a fraction times a power of ten.
struct UnitFactor: Sendable {
  /// Lowest terms, without factors of ten, which are in the exponent.
  let numerator: UInt128
  let denominator: UInt128
  let exponent: Int

  static let one = UnitFactor(reduced: 1, 1, exponent: 0)

  private init(reduced numerator: UInt128, _ denominator: UInt128, exponent: Int) {
    var (numerator, denominator, exponent) = (numerator, denominator, exponent)
    while numerator % 10 == 0 {
      numerator /= 10
      exponent += 1
    }
    while denominator % 10 == 0 {
      denominator /= 10
      exponent -= 1
    }
    self.numerator = numerator
    self.denominator = denominator
    self.exponent = exponent
  }

  /// A whole number above 0 times a power of ten.
  init(_ value: UInt64, exponent: Int = 0) {
    self.init(reduced: UInt128(max(1, value)), 1, exponent: exponent)
  }

  /// A number as `453.59237` or `1e-24` writes it, or `nil`.
  init?(decimal text: some StringProtocol) {
    let parts = text.split(separator: "e", omittingEmptySubsequences: false)
    let digits = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, digits.count <= 2, let value = UInt64(digits.joined()), value > 0,
      let exponent = parts.count == 2 ? Int(parts[1]) : 0
    else { return nil }
    self.init(value, exponent: exponent - (digits.count == 2 ? digits[1].count : 0))
  }

  var inverse: UnitFactor {
    UnitFactor(reduced: denominator, numerator, exponent: -exponent)
  }

  /// The product, or `nil` when 128 bits do not hold it.
  func times(_ other: UnitFactor) -> UnitFactor? {
    let first = UnitFactor.divisor(numerator, other.denominator)
    let second = UnitFactor.divisor(other.numerator, denominator)
    let (above, tooLarge) = (numerator / first).multipliedReportingOverflow(
      by: other.numerator / second)
    let (below, tooSmall) = (denominator / second).multipliedReportingOverflow(
      by: other.denominator / first)
    if tooLarge || tooSmall { return nil }
    return UnitFactor(reduced: above, below, exponent: exponent + other.exponent)
  }

  /// The power with a whole exponent, or `nil` when 128 bits do not hold it.
  func power(_ exponent: Int) -> UnitFactor? {
    var result = UnitFactor.one
    for _ in 0..<Int(exponent.magnitude) {
      guard let next = result.times(self) else { return nil }
      result = next
    }
    return exponent < 0 ? result.inverse : result
  }

  /// The greatest common divisor.
  private static func divisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }

  /// The factor as a fraction of two whole numbers, or `nil` when one does not fit.
  var fraction: (numerator: UInt128, denominator: UInt128)? {
    guard exponent.magnitude < UInt(PowersOfTen.wide.count) else { return nil }
    let power = UInt128(PowersOfTen.wide[Int(exponent.magnitude)])
    if exponent >= 0 {
      let shared = UnitFactor.divisor(power, denominator)
      let (above, overflow) = numerator.multipliedReportingOverflow(by: power / shared)
      return overflow ? nil : (above, denominator / shared)
    }
    let shared = UnitFactor.divisor(power, numerator)
    let (below, overflow) = denominator.multipliedReportingOverflow(by: power / shared)
    return overflow ? nil : (numerator / shared, below)
  }
}
