/// A decimal number: `mantissa` divided by ten to the power of `scale`.
struct SampleDecimal {
  let mantissa: Int
  let scale: Int

  init(_ mantissa: Int, scale: Int = 0) {
    self.mantissa = mantissa
    self.scale = scale
  }

  /// As the hospital writes it, with a comma and all its decimals: 5,40.
  var french: String { written(mark: ",", mantissa: mantissa, scale: scale) }

  /// As the truth is written, with a point and no zero at the end: 5.4.
  var plain: String {
    var (mantissa, scale) = (mantissa, scale)
    while scale > 0, mantissa % 10 == 0 {
      mantissa /= 10
      scale -= 1
    }
    return written(mark: ".", mantissa: mantissa, scale: scale)
  }

  private func written(mark: String, mantissa: Int, scale: Int) -> String {
    guard scale > 0 else { return String(mantissa) }
    let digits = padded(mantissa, scale + 1)
    return "\(digits.dropLast(scale))\(mark)\(digits.suffix(scale))"
  }
}
