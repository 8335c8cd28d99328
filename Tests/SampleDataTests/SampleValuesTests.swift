import Testing

@testable import SampleData

struct SampleValuesTests {
  /// Reference values of SplitMix64 with seed 0 and with seed 1234567.
  @Test func `random numbers are those of SplitMix64`() {
    var zero = SampleRandom(seed: 0)
    #expect(zero.next() == 0xE220_A839_7B1D_CDAF)
    #expect(zero.next() == 0x6E78_9E6A_A1B9_65F4)
    var other = SampleRandom(seed: 1_234_567)
    #expect(other.next() == 6_457_827_717_110_365_317)
    #expect(other.next() == 3_203_168_211_198_807_973)
  }

  @Test func `a shuffle keeps every element`() {
    var random = SampleRandom(seed: 7)
    var elements = Array(0..<100)
    random.shuffle(&elements)
    #expect(elements != Array(0..<100))
    #expect(elements.sorted() == Array(0..<100))
  }

  @Test(arguments: [
    (1970, 1, 1, 0), (2000, 2, 29, 11_016), (2024, 12, 31, 20_088), (1950, 3, 12, -7235),
  ])
  func `a day knows its calendar date`(year: Int, month: Int, day: Int, number: Int) {
    #expect(Day(year, month, day).number == number)
    #expect(Day(number: number).civil == (year, month, day))
  }

  @Test func `dates are written in both ways`() {
    let moment = Moment(day: Day(2024, 2, 3), hour: 8, minute: 5)
    #expect(moment.french == "03/02/2024 08:05")
    #expect(moment.iso == "2024-02-03 08:05:00")
  }

  @Test(arguments: [
    (2024, 2 as Int?, nil as Int?, "00/02/2024", "2024-02-29"),
    (2023, 12, nil, "00/12/2023", "2023-12-31"),
    (2020, nil, nil, "2020", "2020-12-31"),
    (2020, 5, 17, "17/05/2020", "2020-05-17"),
  ])
  func `an incomplete date ends with its month or year`(
    year: Int, month: Int?, day: Int?, french: String, last: String
  ) {
    let partial = PartialDay(year: year, month: month, day: day)
    #expect(partial.french == french)
    #expect(partial.last.iso == last)
  }

  @Test(arguments: [
    (540, 2, "5,40", "5.4"), (5, 1, "0,5", "0.5"), (1000, 0, "1000", "1000"), (0, 1, "0,0", "0"),
    (10, 3, "0,010", "0.01"), (4000, 3, "4,000", "4"),
  ])
  func `decimals are written in both ways`(
    mantissa: Int, scale: Int, french: String, plain: String
  ) {
    let decimal = SampleDecimal(mantissa, scale: scale)
    #expect(decimal.french == french)
    #expect(decimal.plain == plain)
  }

  @Test func `texts are written in windows-1252`() {
    var bytes: [UInt8] = []
    Windows1252.append("aé²µ°œŒ’–€Ω\(Windows1252.undefined)", to: &bytes)
    #expect(
      bytes == [0x61, 0xE9, 0xB2, 0xB5, 0xB0, 0x9C, 0x8C, 0x92, 0x96, 0x80, 0x3F, 0x81])
  }

  @Test(arguments: [
    ("Sérum", "Sérum"), ("a;b", "\"a;b\""), ("a\nb", "\"a\nb\""), ("5\" gauche", "5\" gauche"),
    ("\"mixte\"", "\"\"\"mixte\"\"\""), ("\"x\"; y", "\"\"\"x\"\"; y\""),
  ])
  func `a text is quoted where it has to be`(text: String, cell: String) {
    #expect(quoted(text) == cell)
  }

  @Test(arguments: [
    ("69003", "69"), ("01000", "01"), ("97400", "974"), ("ABCDE", nil), ("", nil), ("6900", nil),
  ])
  func `a postcode has a department`(postcode: String, department: String?) {
    #expect(Identity.department(postcode) == department)
  }

  @Test func `the longest remark fits the CDM by characters and not by bytes`() {
    let longest = PersonHistory.remarks.max { $0.unicodeScalars.count < $1.unicodeScalars.count }
    #expect(longest?.unicodeScalars.count == 50)
    #expect(longest.map { $0.utf8.count > 50 } == true)
  }
}
