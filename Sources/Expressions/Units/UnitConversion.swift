/// How values in one unit become values in another.
struct UnitConversion: Sendable {
  /// What is added before and taken away after, in hundredths; 0 but for temperatures.
  private let before: Int64
  private let after: Int64
  /// Factor of the lanes, as a fraction.
  private let numerator: UInt128
  private let denominator: UInt128
  private let scale: Int
  private let resultScale: Int
  private let double: Double

  /// The conversion of decimals of a scale into those of another, or `nil` when units are not of one
  /// kind or lie too far apart.
  init?(from: Unit, to: Unit, scale: Int = 0, resultScale: Int = 0) {
    guard from.kind == to.kind, let ratio = from.factor.times(to.factor.inverse),
      let lanes = ratio.times(UnitFactor(1, exponent: resultScale - scale))?.fraction,
      let plain = ratio.fraction
    else { return nil }
    before = from.offset
    after = to.offset
    (numerator, denominator) = lanes
    self.scale = scale
    self.resultScale = resultScale
    double = Double(plain.numerator) / Double(plain.denominator)
  }

  /// The fraction digits that decimals of a scale need so that none is lost, if some count suffices.
  static func digits(from: Unit, to: Unit, scale: Int) -> Int? {
    guard from.kind == to.kind, from.offset == 0, to.offset == 0,
      let ratio = from.factor.times(to.factor.inverse)
    else { return nil }
    var rest = ratio.denominator
    var digits = 0
    while rest % 2 == 0 || rest % 5 == 0 {
      rest /= rest % 10 == 0 ? 10 : rest % 5 == 0 ? 5 : 2
      digits += 1
    }
    return rest == 1 ? max(0, scale - ratio.exponent + digits) : nil
  }

  /// A lane converted and rounded, halves away from zero; `nil` when it does not fit, or when a value
  /// other than 0 would round to 0.
  @inline(__always)
  func lane(_ value: Int64) -> Int64? {
    if before != 0 || after != 0 { return shifted(value) }
    let magnitude = UInt128(value.magnitude)
    let (product, overflow) = magnitude.multipliedReportingOverflow(by: numerator)
    var quotient: UInt128
    let rest: UInt128
    if overflow {
      let wide = magnitude.multipliedFullWidth(by: numerator)
      if wide.high >= denominator { return nil }
      (quotient, rest) = denominator.dividingFullWidth(wide)
    } else {
      (quotient, rest) = product.quotientAndRemainder(dividingBy: denominator)
    }
    if rest >= denominator - rest { quotient += 1 }
    guard quotient <= UInt128(Int64.max), quotient > 0 || value == 0 else { return nil }
    return value < 0 ? -Int64(quotient) : Int64(quotient)
  }

  /// A lane of a temperature converted and rounded.
  private func shifted(_ value: Int64) -> Int64? {
    // ((v + b) · n − a · d) / d, all in hundredths so that every part is whole.
    guard let above = Int128(exactly: numerator), let below = Int128(exactly: denominator) else {
      return nil
    }
    let start = Int128(value) * 100 + Int128(before) * PowersOfTen.wide[scale]
    let (product, tooLarge) = start.multipliedReportingOverflow(by: above)
    let (shift, tooFar) = (Int128(after) * PowersOfTen.wide[resultScale])
      .multipliedReportingOverflow(by: below)
    let (difference, overflow) = product.subtractingReportingOverflow(shift)
    let (divisor, tooWide) = below.multipliedReportingOverflow(by: 100)
    if tooLarge || tooFar || overflow || tooWide { return nil }
    return Int64(exactly: PowersOfTen.divide(difference, by: divisor))
  }

  @inline(__always)
  func double(_ value: Double) -> Double {
    (value + Double(before) / 100) * double - Double(after) / 100
  }
}
