/// The natural logarithm and the exponential, which the standard library leaves to others.
///
/// Both are made of additions and multiplications alone, so that they give the same bits on every
/// machine: ranks and scores must not depend on a C library.
func logarithm(_ value: Double) -> Double {
  guard value > 0 else { return -.infinity }
  var exponent = Double(value.exponent)
  var part = value.significand
  if part > 1.4142135623730951 {
    part /= 2
    exponent += 1
  }
  // ln m = 2 artanh((m − 1) / (m + 1)), whose series converges fast here.
  let ratio = (part - 1) / (part + 1)
  let square = ratio * ratio
  var sum = 0.0
  var power = ratio
  for term in stride(from: 1.0, through: 25, by: 2) {
    sum += power / term
    power *= square
  }
  return 2 * sum + exponent * 0.6931471805599453
}

func exponential(_ value: Double) -> Double {
  guard value > -700 else { return 0 }
  let bounded = min(value, 700)
  let whole = (bounded / 0.6931471805599453).rounded()
  let rest = bounded - whole * 0.6931471805599453
  var sum = 1.0
  var term = 1.0
  for step in 1...18 {
    term *= rest / Double(step)
    sum += term
  }
  return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
}
