/// What a decimal of a scale is as a number of SQLite: an integer when it is whole, else the
/// nearest double.
struct DecimalNumber {
  private let scale: Int
  private let divisor: Int64

  /// The scale is 0 to 18, as 10^18 is the largest power of ten in 64 bits.
  init(scale: Int) {
    precondition(scale >= 0 && scale <= 18, "a scale is 0 to 18")
    self.scale = scale
    divisor = (0..<scale).reduce(1) { power, _ in power * 10 }
  }

  /// The value when it has no fraction.
  func integer(_ value: Int64) -> Int64? {
    value % divisor == 0 ? value / divisor : nil
  }

  /// The double nearest to the value.
  ///
  /// Up to 2^53 both the value and the power of ten are exact doubles, so that the division rounds
  /// once; beyond, the digits are read as a number.
  func double(_ value: Int64) -> Double {
    if value.magnitude <= 1 << 53 { return Double(value) / Double(divisor) }
    return Double("\(value)e-\(scale)") ?? Double(value) / Double(divisor)
  }
}
