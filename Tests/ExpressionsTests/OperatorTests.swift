import Columnar
import Testing

@testable import Expressions

struct OperatorTests {
  @Test(arguments: [
    ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("-2 * -3", "6"), ("10 - 2 - 3", "5"),
    ("7 / 2", "3.500000"), ("1 / 3", "0.333333"), ("2 / 3", "0.666667"), ("-2 / 3", "-0.666667"),
    ("-7 % 3", "-1"), ("7.5 % 2", "1.5"), ("1.5 + 2", "3.5"), ("1.50 + 2.125", "3.625"),
    ("1.5 * 1.5", "2.25"), ("0.00001 * 0.00005", "0.000000001"), ("1e3 + 1", "1001.0"),
    ("1e0 / 8", "0.125"), ("-9223372036854775808", "-9223372036854775808"),
    ("1.0 = 1", "true"), ("1.01 > 1", "true"), ("9223372036854775807 > 1.5", "true"),
    ("1 < 1e0", "false"), ("2 between 1 and 3", "true"), ("2 not between 1 and 3", "false"),
    ("2 in (1, 2.0)", "true"), ("'b' in ('a', 'b')", "true"), ("1 not in (2, 3)", "true"),
    ("'a' || 'b' || 'c'", "abc"), ("'it''s'", "it's"), ("'a' < 'b'", "true"),
    ("'é' > 'z'", "true"), ("'ab' > 'a'", "true"), ("null is null", "true"),
    ("not true or true", "true"), ("not 1 = 2", "true"), ("- - 3", "3"), ("+3", "3"),
    ("date '2024-01-31' + 1", "2024-02-01"), ("date '2024-03-01' - date '2024-02-01'", "29"),
    ("date '2024-03-31' - interval '1' month", "2024-02-29"),
    ("timestamp '2024-03-31 10:00:00' + interval '1' month", "2024-04-30 10:00:00"),
    ("date '2024-03-31' + interval '90' minute", "2024-03-31 01:30:00"),
    ("timestamp '2024-03-31' - interval '1' day", "2024-03-30 00:00:00"),
    ("interval '2' years + date '2024-02-29'", "2026-02-28"),
    ("date '2024-03-31' < timestamp '2024-03-31 00:00:01'", "true"),
    ("extract(hour from timestamp '1969-12-31 23:59:58')", "23"),
    ("extract(second from timestamp '1969-12-31 23:59:58')", "58"),
    ("extract(year from date '0001-01-01')", "1"),
    ("case when 1 > 2 then 'a' else 'b' end", "b"), ("case 2 when 1 then 'a' end", "null"),
    ("cast('12.345' as decimal(2))", "12.35"), ("cast(12.5 as integer)", "13"),
    ("cast(-12.5 as integer)", "-13"), ("cast(1.005 as text)", "1.005"),
    ("cast('true' as boolean)", "true"), ("cast(true as integer)", "1"),
    ("cast('2024-02-29T10:11:12.5' as timestamp)", "2024-02-29 10:11:12.500000"),
    ("cast(timestamp '2024-02-29 10:11' as date)", "2024-02-29"),
    ("cast(date '2024-02-29' as text)", "2024-02-29"), ("cast(' 42 ' as integer)", "42"),
    ("cast('1e2' as double)", "100.0"), ("cast(1.25 as double)", "1.25"),
    ("cast(2.5e0 as integer)", "3"), ("cast(0.1e0 as decimal(3))", "0.100"),
    ("try_cast('x' as integer)", "null"), ("coalesce(try_cast('x' as integer), 0)", "0"),
    ("cast(null as date)", "null"), ("cast(1 as decimal)", "1.000000"),
    ("null + 1", "null"), ("null || 'a'", "null"), ("null = null", "null"),
    ("CASE WHEN TRUE THEN 1 END", "1"), ("nullif(1, 1.0)", "null"),
    ("coalesce(null, null)", "null"), ("greatest('a', 'c', 'b')", "c"),
  ])
  func `an expression of constants gives`(_ expression: String, _ expected: String) throws {
    let (values, failures) = try results(expression)
    #expect(values == [expected])
    #expect(failures == [])
    #expect(try compiled(expression).isConstant)
  }

  @Test(arguments: [
    ("'abc' like 'abc'", true), ("'abc' like 'a%'", true), ("'abc' like '%c'", true),
    ("'abc' like '%b%'", true), ("'abc' like 'a_c'", true), ("'abc' like 'a_'", false),
    ("'été' like '_t_'", true), ("'' like '%'", true), ("'' like '_'", false),
    ("'abab' like '%ab'", true), ("'a%c' like 'a!%c' escape '!'", true),
    ("'abc' like 'a!%c' escape '!'", false), ("'ABC' like 'abc'", false),
    ("'abc' not like 'b%'", true), ("'aXbXc' like 'a%b%c'", true), ("'ab' like '%b%b%'", false),
    ("'aé' like '%_'", true), ("'abc' like '%%'", true),
  ])
  func `like takes percent for any characters and underscore for one`(
    _ expression: String, _ expected: Bool
  ) throws {
    #expect(try results(expression).values == ["\(expected)"])
  }

  @Test(arguments: [
    ("a + 1", "overflow"), ("-b", "overflow"), ("a * 2", "overflow"), ("b - 1", "overflow"),
    ("1 / z", "division_by_zero"), ("a % z", "division_by_zero"), ("1e0 / z", "division_by_zero"),
    ("cast(s as integer)", "cast_failed"), ("cast(s as date)", "cast_failed"),
    ("to_integer(s)", "not_an_integer"), ("to_decimal(s)", "not_a_decimal"),
    ("to_date(s, 'dd/MM/yyyy')", "not_a_date"),
    ("to_timestamp(s, 'dd/MM/yyyy HH:mm')", "not_a_timestamp"),
    ("make_date(2023, 2, 29 + z)", "not_a_date"), ("date '9999-12-31' + (1 + z)", "overflow"),
    ("date '2024-01-01' + a", "overflow"), ("abs(b)", "overflow"), ("a + 0.5", "overflow"),
    ("a / 0.1", "overflow"), ("div(b, z - 1)", "overflow"), ("lpad(s, a)", "overflow"),
    ("d * 1e1", "overflow"),
  ])
  func `what cannot be computed is a failure with a reason`(
    _ expression: String, _ reason: String
  ) throws {
    // A constant that always fails is a mistake of the expression; here each reads a row.
    let samples = [
      Sample("a", lanes: [.max]), Sample("b", lanes: [.min]), Sample("z", lanes: [0]),
      Sample("s", texts: ["abc"]), Sample("d", doubles: [1e308]),
    ]
    let (values, failures) = try results(expression, samples)
    #expect(values == ["null"])
    #expect(failures.map(\.reason.rawValue) == [reason])
  }

  @Test func `the least integer has a remainder by minus one`() throws {
    #expect(try results("b % -1", [Sample("b", lanes: [.min])]).values == ["0"])
  }

  @Test func `a null row does not fail`() throws {
    let samples = [Sample("a", lanes: [nil, nil]), Sample("s", texts: [nil, "3"])]
    let (values, failures) = try results("cast(s as integer) / a", samples)
    #expect(values == ["null", "null"])
    #expect(failures == [])
  }

  @Test func `case and coalesce put the rows of their branches together`() throws {
    let samples = [
      Sample("k", lanes: [1, 2, 3, nil, 2]), Sample("s", texts: ["a", "é", nil, "d", "e"]),
    ]
    let text = "case k when 1 then upper(s) when 2 then s || '!' else coalesce(s, 'none') end"
    #expect(try results(text, samples).values == ["A", "é!", "none", "d", "e!"])
  }
}
