import Columnar
import CommonDataModel
import Engine
import TestSupport
import Testing

@testable import Transform

struct CodeTallyTests {
  /// Every value is told to less than 1/128, towards zero.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `quantiles are those of the sorted values`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var tally = ValueTally()
    var values: [Double] = []
    for number in 0..<5_000 {
      let magnitude = Double.random(in: 0..<1, using: &random)
      let value =
        number % 7 == 0
        ? -magnitude * 1_000 : number % 11 == 0 ? 0 : magnitude * magnitude * 400
      values.append(value)
      tally.count(value, code: 9, unit: 3, stamp: UInt64(number / 10 + 1))
    }
    values.sort()
    let found = try #require(tally.counts(units: [3: "mg/L"])[9]?.first)
    #expect(found.records == 5_000)
    #expect(found.persons == 500)
    for (share, quantile) in zip(ValueCount.shares, found.quantiles) {
      let exact = values[(5_000 * share + 99) / 100 - 1]
      #expect(quantile.magnitude <= exact.magnitude)
      #expect(exact.magnitude - quantile.magnitude <= exact.magnitude * tally.precision)
      #expect(exact == 0 || quantile.sign == exact.sign)
    }
    #expect(tally.precision == 1.0 / 128)
  }

  @Test func `small whole numbers and eighths are told exactly`() throws {
    for value in [0, 1, -3, 7, 100, 255, 0.125, 37.5] {
      var tally = ValueTally()
      tally.count(value, code: 1, unit: 0, stamp: 1)
      #expect(tally.counts(units: [0: ""])[1]?.first?.quantiles[2] == value)
    }
  }

  /// More values than there are buckets, shared out among workers in three ways.
  @Test func `sums are the same however the values were shared out`() throws {
    func quantiles(workers: Int) -> ([Int: [ValueCount]], Double) {
      var random = SeededGenerator(seed: 5)
      var tallies = [ValueTally](repeating: ValueTally(), count: workers)
      for number in 0..<(ValueTally.limit + ValueTally.limit / 8) {
        let value = Double(
          sign: .plus, exponent: Int.random(in: 0..<60, using: &random),
          significand: Double.random(in: 1..<2, using: &random))
        tallies[number % workers].count(
          value, code: number / 200, unit: 0, stamp: UInt64(number + 1))
      }
      var sum = ValueTally()
      for tally in tallies.reversed() { sum.add(tally) }
      return (sum.counts(units: [0: ""]), sum.precision)
    }
    let one = quantiles(workers: 1)
    #expect(one.1 > 1.0 / 128)
    let other = quantiles(workers: 3)
    #expect(one.1 == other.1)
    #expect(one.0 == other.0)
  }

  @Test func `the codes that are kept do not depend on their order`() {
    let codes = (0..<2_000).map { "code \($0)" }
    func kept(_ codes: [String]) -> [String] {
      let numbering = Numbering()
      var numbers = CodeNumbers(limit: 100)
      for code in codes {
        let bytes = Array(code.utf8)
        _ = numbers.number(bytes.span, isMapped: false, numbering)
      }
      numbers.shrink()
      return numbers.kept.map(\.code).sorted()
    }
    let some = kept(codes)
    #expect(some.count == 100)
    #expect(kept(codes.reversed()) == some)
    var random = SeededGenerator(seed: 8)
    #expect(kept((codes + codes).shuffled(using: &random)) == some)
  }

  @Test func `a text that is too long is no code`() {
    var numbers = CodeNumbers(limit: 10)
    let numbering = Numbering()
    let long = [UInt8](repeating: 65, count: CodeNumbers.longest + 1)
    let tooLong = numbers.number(long.span, isMapped: true, numbering)
    let shorter = Array(long.dropFirst())
    let longest = numbers.number(shorter.span, isMapped: true, numbering)
    #expect(tooLong == nil)
    #expect(longest == 1)
  }

  @Test func `persons are counted once, in each partition anew`() {
    var tally = CodeTally()
    let codes = Column(
      .integer, .lanes([4, 5, 4, 4, 0, 5]), validity: [true, true, true, true, false, true])
    for partition in 1...2 {
      tally.partition = UInt64(partition)
      tally.count(
        [RowHeader.code + "condition_concept_id": codes], of: .conditionOccurrence,
        persons: [0, 0, 0, 1, 1, 2]
      ) { _, _ in 0 }
    }
    #expect([tally.records(4), tally.persons(4)] == [6, 4])
    #expect([tally.records(5), tally.persons(5)] == [4, 4])
    #expect([tally.records(0), tally.persons(900)] == [0, 0])
    var sum = CodeTally()
    sum.add(tally)
    sum.add(tally)
    #expect([sum.records(4), sum.persons(5)] == [12, 8])
  }
}
