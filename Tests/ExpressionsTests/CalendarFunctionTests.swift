import Columnar
import Diagnostics
import Testing

@testable import Expressions

struct CalendarFunctionTests {
  /// Days of all kinds: month ends, leap days, years that begin in a week of the year before.
  private static let days: [Int64] = {
    var random = Seeded(11)
    let known: [Int64] = [
      -719_162, 2_932_896, 0, -1, 19_782, 19_783, 11_016, 18_627, 18_628, 18_261,
    ]
    return known + (0..<400).map { _ in Int64(random.below(40_000)) - 10_000 }
  }()

  private static var samples: [Sample] { [Sample("d", .date, lanes: days)] }

  @Test(arguments: [
    ("2024-12-30", "1", "2025"), ("2021-01-03", "53", "2020"), ("2020-12-31", "53", "2020"),
    ("2023-01-01", "52", "2022"), ("2024-01-01", "1", "2024"), ("2026-12-31", "53", "2026"),
    ("0001-01-01", "1", "1"), ("9999-12-31", "52", "9999"),
  ])
  func `a week belongs to the year of its Thursday`(
    _ day: String, _ week: String, _ year: String
  ) throws {
    #expect(try results("iso_week(date '\(day)')").values == [week])
    #expect(try results("iso_year(date '\(day)')").values == [year])
  }

  @Test(arguments: ["year", "quarter", "month", "week", "day"])
  func `the beginning of a unit is the last one that is not later`(_ unit: String) throws {
    let begins = "date_trunc('\(unit)', d)"
    let samples = CalendarFunctionTests.samples
    #expect(try results("\(begins) <= d", samples).values.allSatisfy { $0 == "true" })
    #expect(
      try results("coalesce(try(date_add('\(unit)', 1, \(begins)) > d), true)", samples).values
        .allSatisfy { $0 == "true" })
    #expect(
      try results("date_trunc('\(unit)', \(begins)) = \(begins)", samples).values
        .allSatisfy { $0 == "true" })
    let midnight = "date_trunc('\(unit)', d + interval '23' hour) = \(begins)"
    #expect(try results(midnight, samples).values.allSatisfy { $0 == "true" })
  }

  @Test func `a week begins on Monday, and a quarter in January, April, July or October`() throws {
    let samples = CalendarFunctionTests.samples
    let monday = try results("day_of_week(date_trunc('week', d)) = 1", samples)
    #expect(monday.values.allSatisfy { $0 == "true" })
    let quarter = try results(
      "month(date_trunc('quarter', d)) = quarter(d) * 3 - 2 and day(date_trunc('quarter', d)) = 1",
      samples)
    #expect(quarter.values.allSatisfy { $0 == "true" })
    let days = try results("make_date(year(d), 1, 1) + (day_of_year(d) - 1) = d", samples)
    #expect(days.values.allSatisfy { $0 == "true" })
    let end = try results(
      "end_of_month(d) = date_trunc('month', d) + interval '1' month - 1", samples)
    #expect(end.values.dropFirst(2).allSatisfy { $0 == "true" })
  }

  @Test(arguments: ["year", "quarter", "month", "week", "day", "hour"])
  func `so many whole units added stay on this side, one more does not`(_ unit: String) throws {
    var random = Seeded(12)
    let from = (0..<500).map { _ in Int64(random.below(30_000)) }
    let samples = [
      Sample("a", .date, lanes: from),
      Sample("b", .date, lanes: from.map { $0 + Int64(random.below(20_000)) }),
    ]
    let count = "date_diff('\(unit)', a, b)"
    #expect(
      try results("date_add('\(unit)', \(count), a) <= b", samples).values
        .allSatisfy { $0 == "true" })
    // A month that ends early may seem to be reached by its last day, which is not the same day.
    let reached = try results(
      "date_add('\(unit)', \(count) + 1, a) > b or b = end_of_month(b)", samples)
    #expect(reached.values.allSatisfy { $0 == "true" })
    let reverse = try results("date_diff('\(unit)', b, a) = -\(count)", samples)
    #expect(reverse.values.allSatisfy { $0 == "true" })
  }

  @Test(arguments: [
    ("1960-02-29", "2024-02-28", 63), ("1960-02-29", "2024-02-29", 64),
    ("1960-02-29", "2023-02-28", 62), ("1960-02-29", "2023-03-01", 63),
    ("2024-01-01", "2024-12-31", 0), ("2024-05-01", "2023-05-02", 0),
    ("2024-05-01", "2023-05-01", -1),
  ])
  func `an age is counted by birthdays`(_ birth: String, _ day: String, _ age: Int) throws {
    #expect(
      try results("date_diff('year', date '\(birth)', date '\(day)')").values == ["\(age)"])
  }

  @Test(arguments: [
    ("make_timestamp(2024, 2, 30, 0, 0)", "2024-02-30"),
    ("make_timestamp(date '2024-01-31', 24, 0)", ""),
    ("make_timestamp(2024, 1, 31, 10, 60)", ""), ("make_timestamp(0, 1, 31, 10, 0)", ""),
  ])
  func `there is no timestamp of a day or a time that there is not`(
    _ text: String, _ note: String
  ) {
    #expect(mistakes(text).map(\.message) == ["this always fails: not_a_timestamp"], "\(note)")
  }

  @Test(arguments: [
    ("2020, 5, 12", "2020-05-12"), ("2020, 5, 0", "2020-05"), ("2020, 0, 0", "2020"),
    ("2020, null, null", "2020"), ("2020, 5", "2020-05"), ("null, 5, 12", "null"),
  ])
  func `a partial date is made of what is known`(_ parts: String, _ date: String) throws {
    #expect(try results("make_partial_date(\(parts))").values == [date])
  }

  @Test(arguments: [
    "2020, 13, 1", "2020, 2, 30", "2020, null, 3", "0, 1, 1", "2020, -1", "10000, 1",
  ])
  func `there is no partial date of parts that do not go together`(_ parts: String) {
    #expect(
      mistakes("make_partial_date(\(parts))").map(\.message) == ["this always fails: not_a_date"])
  }

  @Test(arguments: [
    (20_200_512, "2020-05-12", "2020-05-12", "2020-05-12"),
    (20_200_200, "2020-02-01", "2020-02-15", "2020-02-29"),
    (20_200_000, "2020-01-01", "2020-07-01", "2020-12-31"),
  ])
  func `a partial date is completed by its rule`(
    _ packed: Int, _ first: String, _ middle: String, _ last: String
  ) throws {
    let samples = [Sample("m", .partialDate, lanes: [Int64(packed)])]
    #expect(try results("first_day(m)", samples).values == [first])
    #expect(try results("middle_day(m)", samples).values == [middle])
    #expect(try results("last_day(m)", samples).values == [last])
  }

  @Test func `what a pattern writes it reads`() throws {
    let samples = CalendarFunctionTests.samples
    let values = try results("to_date(to_text(d, 'dd.MM.yyyy'), 'dd.MM.yyyy') = d", samples).values
    #expect(values.allSatisfy { $0 == "true" })
    let stamp =
      "to_timestamp(to_text(x, 'yyyyMMddHHmmss,SSS'), 'yyyyMMddHHmmss,SSS') = x"
    let lanes = CalendarFunctionTests.days.map { $0 * 86_400_000_000 + 3_723_004_000 }
    #expect(
      try results(stamp, [Sample("x", .timestamp, lanes: lanes)]).values
        .allSatisfy { $0 == "true" })
    let seconds = try results(
      "from_epoch(to_epoch(date_trunc('second', x))) = date_trunc('second', x)",
      [Sample("x", .timestamp, lanes: lanes)])
    #expect(seconds.values.allSatisfy { $0 == "true" })
  }
}
