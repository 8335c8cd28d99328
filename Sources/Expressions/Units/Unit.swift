/// A unit of measure of UCUM (the Unified Code for Units of Measure): how many base units it is, and
/// of which.
///
/// Departures from UCUM, all on the side of caution: the mole, the equivalent and the osmole are
/// kinds of their own (UCUM has them as pure numbers, so that `mol` and `%` would convert), as are
/// arbitrary units, logarithmic ones and those that count fields of a microscope.
struct Unit: Sendable {
  var factor: UnitFactor
  /// The exponent of each base unit, by its code; none is 0.
  var kind: [String: Int]
  /// What is added to a value before it is multiplied, in hundredths of the unit: 27315 of `Cel`.
  var offset: Int64 = 0
  /// Whether its zero is not that of its base, so that it cannot be part of a product.
  var isScale: Bool { offset != 0 }

  static let one = Unit(factor: .one, kind: [:])

  init(factor: UnitFactor, kind: [String: Int], offset: Int64 = 0) {
    self.factor = factor
    self.kind = kind
    self.offset = offset
  }

  /// The product with the power of another unit, or `nil` when 128 bits do not hold its factor.
  func times(_ other: Unit, power: Int) -> Unit? {
    guard let raised = other.factor.power(power), let factor = factor.times(raised) else {
      return nil
    }
    var kind = kind
    for (code, exponent) in other.kind {
      let sum = kind[code, default: 0] + exponent * power
      kind[code] = sum == 0 ? nil : sum
    }
    return Unit(factor: factor, kind: kind)
  }

  /// Its base units as UCUM writes them: `g.m-3`.
  var base: String {
    if kind.isEmpty { return "1" }
    return kind.sorted { $0.key < $1.key }
      .map { $0.value == 1 ? $0.key : "\($0.key)\($0.value)" }.joined(separator: ".")
  }
}
