import Columnar
import Testing

@testable import Load

@Suite struct `A value on its way into SQLite` {
  @Test(
    arguments: [
      (0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (-719_162, "0001-01-01"),
      (2_932_896, "9999-12-31"), (2_932_897, "+10000-01-01"), (-719_528, "0000-01-01"),
      (-719_529, "-0001-12-31"),
    ] as [(Int64, String)])
  func `is an ISO date`(days: Int64, text: String) {
    #expect(DateText.text(days: days) == text)
  }

  @Test(
    arguments: [
      (0, "1970-01-01 00:00:00"), (-1, "1969-12-31 23:59:59.999999"),
      (86_399_999_999, "1970-01-01 23:59:59.999999"), (500_000, "1970-01-01 00:00:00.500000"),
      (1_704_067_199_000_000, "2023-12-31 23:59:59"),
    ] as [(Int64, String)])
  func `is an ISO timestamp with a fraction only when there is one`(
    microseconds: Int64, text: String
  ) {
    #expect(DateText.text(microseconds: microseconds) == text)
  }

  @Test(
    arguments: [
      (1200, 2, 12, nil), (-1200, 2, -12, nil), (1205, 2, nil, 12.05), (-1, 3, nil, -0.001),
      (0, 6, 0, nil), (7, 0, 7, nil), (Int64.max, 18, nil, 9.223372036854775807),
      (9_007_199_254_740_993, 1, nil, 900_719_925_474_099.3), (Int64.min, 0, Int64.min, nil),
      (123_456_789_012_345_678, 17, nil, 1.2345678901234568),
    ] as [(Int64, Int, Int64?, Double?)])
  func `is an integer when whole, else the nearest double`(
    value: Int64, scale: Int, integer: Int64?, double: Double?
  ) {
    let number = DecimalNumber(scale: scale)
    #expect(number.integer(value) == integer)
    if let double { #expect(number.double(value) == double) }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `has the double that its digits spell`(seed: UInt64) {
    var state = seed
    for _ in 0..<2000 {
      // Knuth's multiplier; the high bits are good enough to vary digits and scale.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Int64(bitPattern: state) >> Int64(state >> 58)
      let scale = Int(state >> 40 % 19)
      let spelt = Double("\(value)e-\(scale)")
      #expect(DecimalNumber(scale: scale).double(value) == spelt, "\(value) at scale \(scale)")
    }
  }
}
