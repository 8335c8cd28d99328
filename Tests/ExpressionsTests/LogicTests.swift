import Columnar
import Testing

@testable import Expressions

struct LogicTests {
  /// The nine pairs of true, false and unknown.
  private static let pairs: [Sample] = [
    Sample("a", .boolean, lanes: [1, 1, 1, 0, 0, 0, nil, nil, nil]),
    Sample("b", .boolean, lanes: [1, 0, nil, 1, 0, nil, 1, 0, nil]),
  ]

  @Test(arguments: [
    ("a and b", "t f ? f f f ? f ?"),
    ("a or b", "t t t t f ? t ? ?"),
    ("not a", "f f f t t t ? ? ?"),
    ("a = b", "t f ? f t ? ? ? ?"),
    ("a <> b", "f t ? t f ? ? ? ?"),
    ("a is null", "f f f f f f t t t"),
    ("a is not null", "t t t t t t f f f"),
    ("a is true", "t t t f f f f f f"),
    ("a is not true", "f f f t t t t t t"),
    ("a is false", "f f f t t t f f f"),
    ("a is not false", "t t t f f f t t t"),
    ("a is distinct from b", "f t t t f t t t f"),
    ("a is not distinct from b", "t f f f t f f f t"),
    ("a in (b, null)", "t ? ? ? t ? ? ? ?"),
    ("a in (true)", "t t t f f f ? ? ?"),
    ("a not in (true)", "f f f t t t ? ? ?"),
    ("a in (true, null)", "t t t ? ? ? ? ? ?"),
    ("a not in (true, null)", "f f f ? ? ? ? ? ?"),
    ("coalesce(a, b)", "t t t f f f t f ?"),
    ("nullif(a, b)", "? t t f ? f ? ? ?"),
    ("case when a then b else true end", "t f ? t t t t t t"),
    ("case a when b then true end", "t ? ? ? t ? ? ? ?"),
    ("a and null", "? ? ? f f f ? ? ?"),
    ("null or a", "t t t ? ? ? ? ? ?"),
    ("a between b and true", "t t ? f t ? ? ? ?"),
  ])
  func `three-valued logic is that of SQL`(_ expression: String, _ expected: String) throws {
    let letters = try results(expression, LogicTests.pairs).values.map {
      $0 == "true" ? "t" : $0 == "false" ? "f" : "?"
    }
    #expect(letters.joined(separator: " ") == expected)
  }

  @Test(arguments: [
    "b <> 0 and a / b > 1", "b = 0 or a / b > 1", "case when b <> 0 then a / b end > 1",
    "coalesce(a, 1 / b) > 0", "case b when 0 then 0 else a / b end > 1",
  ])
  func `a part that is not needed on a row cannot fail there`(_ expression: String) throws {
    let samples = [Sample("a", lanes: [4, 4, 4]), Sample("b", lanes: [2, 0, nil])]
    #expect(try results(expression, samples).failures == [])
  }

  @Test func `a failure makes the whole row null, whatever stands around it`() throws {
    let samples = [Sample("a", lanes: [4, 4, nil]), Sample("b", lanes: [2, 0, 0])]
    let (values, failures) = try results("coalesce(a / b, 7)", samples)
    #expect(values == ["2.000000", "null", "7.000000"])
    #expect(failures == [EvaluationFailure(row: 1, reason: .divisionByZero)])
  }

  @Test func `a row that fails twice is told once, with the first reason`() throws {
    let samples = [Sample("a", texts: ["x", "3"])]
    let (_, failures) = try results("to_integer(a) + 1 / cast(a as integer)", samples)
    #expect(failures == [EvaluationFailure(row: 0, reason: .notAnInteger)])
  }

  @Test func `a batch without rows gives a column without rows`() throws {
    let samples = [Sample("a", texts: [])]
    #expect(try results("case when a = 'x' then upper(a) else a || 'y' end", samples).values == [])
    #expect(try results("3", samples).values == [])
  }
}
