/// Powers of ten and what decimals need of them.
enum PowersOfTen {
  /// 10^0 to 10^38, the greatest that 128 bits hold.
  static let wide: [Int128] = (0..<38).reduce(into: [1]) { powers, _ in
    powers.append((powers.last ?? 1) * 10)
  }

  /// 10^0 to 10^18, the greatest that 64 bits hold.
  static let narrow: [Int64] = wide.prefix(19).map { Int64($0) }

  /// A quotient rounded to the nearest, halves away from zero; the divisor is not 0.
  @inline(__always)
  static func divide(_ dividend: Int128, by divisor: Int128) -> Int128 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    let twice = remainder.magnitude &* 2
    if twice < divisor.magnitude { return quotient }
    return quotient &+ ((dividend < 0) == (divisor < 0) ? 1 : -1)
  }

  /// As above for 64 bits; the divisor is positive.
  @inline(__always)
  static func divide(_ dividend: Int64, by divisor: Int64) -> Int64 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    // The remainder is compared with what it lacks to the divisor, which cannot overflow.
    if remainder.magnitude < divisor.magnitude - remainder.magnitude { return quotient }
    return dividend < 0 ? quotient - 1 : quotient + 1
  }
}
