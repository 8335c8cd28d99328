/// An operator or other construct of the language: what it does, and examples that are tested.
package struct OperatorSpec: Sendable {
  /// How it is written.
  package let usage: String
  /// What it does, in one sentence without a full stop.
  package let summary: String
  package let examples: [FunctionSpec.Example]

  init(_ usage: String, _ summary: String, _ examples: [(String, String)]) {
    self.usage = usage
    self.summary = summary
    self.examples = examples.map { .init($0.0, $0.1) }
  }
}

extension ExpressionLanguage {
  /// All operators and constructs, those that bind tightest first.
  package static let operators: [OperatorSpec] = [
    OperatorSpec("-x, +x", "The number with the other sign, or as it is", [("-(2 - 3)", "1")]),
    OperatorSpec(
      "x * y",
      """
      The product; of decimals with the sum of their scales, at most \(maximumScale), rounded \
      half away from zero
      """,
      [("1.5 * 1.25", "1.875")]),
    OperatorSpec(
      "x / y",
      """
      The quotient, never cut to an integer: a decimal with at least \(defaultScale) fraction \
      digits, rounded half away from zero, or a double when one side is; fails \
      (`division_by_zero`) by 0
      """,
      [("7 / 2", "3.500000"), ("7 / 2e0", "3.5")]),
    OperatorSpec(
      "x % y", "The remainder, with the sign of `x`; fails (`division_by_zero`) by 0",
      [("-7 % 3", "-1")]),
    OperatorSpec(
      "x + y, x - y",
      """
      The sum or difference, of decimals with the greater scale; of dates a count of days is \
      added or subtracted, and a difference is a count of days
      """,
      [
        ("1.5 + 2", "3.5"), ("date '2024-02-28' + 2", "2024-03-01"),
        ("date '2024-03-01' - date '2024-02-28'", "2"),
      ]),
    OperatorSpec(
      "x + interval '3' month",
      """
      A date or timestamp shifted by whole years, months (a day that the month lacks becomes its \
      last), days, hours, minutes or seconds; hours and less make a date a timestamp
      """,
      [
        ("date '2024-01-31' + interval '1' month", "2024-02-29"),
        ("date '2024-01-31' - interval '90' minute", "2024-01-30 22:30:00"),
      ]),
    OperatorSpec("x || y", "Two texts one after the other", [("'E' || '11'", "E11")]),
    OperatorSpec(
      "x = y, x <> y, x < y, x <= y, x > y, x >= y",
      """
      Comparison, unknown (null) when a side is null; texts by their code points, numbers of any \
      type by value, a date as midnight with a timestamp; `!=` is `<>`
      """,
      [("1.0 = 1", "true"), ("'é' > 'z'", "true"), ("null = null", "null")]),
    OperatorSpec(
      "x is [not] null", "Whether there is a value; never unknown", [("null is null", "true")]),
    OperatorSpec(
      "x is [not] true, x is [not] false", "A condition of which unknown is not true and not false",
      [("(null = 1) is not true", "true")]),
    OperatorSpec(
      "x is [not] distinct from y", "Comparison in which null equals null and nothing else",
      [("null is distinct from 1", "true")]),
    OperatorSpec(
      "x [not] in (y, z)", "Whether a value is in a list; unknown when it is not and a null is",
      [("'DP' in ('DP', 'DR')", "true"), ("1 in (2, null)", "null")]),
    OperatorSpec(
      "x [not] between y and z", "The same as `x >= y and x <= z`",
      [("2 between 1 and 3", "true")]),
    OperatorSpec(
      "x [not] like 'pattern' [escape 'c']",
      """
      Whether the whole text matches: `%` stands for any characters, `_` for one; capitals matter
      """,
      [("'E119' like 'E11%'", "true"), ("'5%' like '5!%' escape '!'", "true")]),
    OperatorSpec("not x", "The opposite; unknown stays unknown", [("not 1 = 2", "true")]),
    OperatorSpec(
      "x and y",
      "Three-valued conjunction; `y` is not computed on rows where `x` is false",
      [("null and false", "false")]),
    OperatorSpec(
      "x or y", "Three-valued disjunction; `y` is not computed on rows where `x` is true",
      [("null or true", "true")]),
    OperatorSpec(
      "case when c then x … [else y] end",
      "The value of the first branch whose condition is true, else `y` or null",
      [("case when 1 > 2 then 'a' else 'b' end", "b")]),
    OperatorSpec(
      "case x when y then z … [else w] end", "The value of the first branch whose `y` equals `x`",
      [("case 'DP' when 'DP' then 32902 else 32908 end", "32902")]),
    OperatorSpec(
      "cast(x as type)",
      """
      The value as boolean, integer, decimal(scale), double, text, date or timestamp; texts are \
      read in ISO 8601; fails (`cast_failed`, `overflow`) when it cannot be
      """,
      [("cast('12.345' as decimal(2))", "12.35"), ("cast(2.5 as integer)", "3")]),
    OperatorSpec(
      "try_cast(x as type)", "As `cast`, with null instead of a failure",
      [("try_cast('x' as integer)", "null")]),
    OperatorSpec(
      "extract(unit from x)",
      """
      The year, month or day of a date, timestamp or partial date, the hour, minute or second of a \
      timestamp
      """,
      [("extract(hour from timestamp '2024-01-31 14:05:00')", "14")]),
  ]
}
