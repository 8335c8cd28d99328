import Columnar
import Testing

@testable import Expressions

struct ExtremeTests {
  private static let lanes: [Int64?] = [
    .min, .min + 1, -1, 0, 1, .max - 1, .max, -719_163, 2_932_897, 20_201_399, 20_200_500, nil,
  ]

  private static let samples = [
    Sample("i", lanes: lanes), Sample("p", .decimal(scale: 9), lanes: lanes),
    Sample("d", .date, lanes: lanes), Sample("t", .timestamp, lanes: lanes),
    Sample("m", .partialDate, lanes: lanes), Sample("b", .boolean, lanes: lanes),
    Sample(
      "f",
      doubles: [0, -0.0, .infinity, -.infinity, .nan, 1e300, -1e300, 0.5, -0.5, 9.3e18, 1, nil]),
    Sample(
      "s",
      texts: ["", " ", "\u{a0}", "é", "+", "-.", "1.", ".5", "'", "9223372036854775808", "%", nil]),
  ]

  @Test(arguments: [
    "i + i", "i * i", "i / i", "i % i", "-i", "abs(i)", "div(i, i)", "i / 0.000000001", "p * p",
    "p / p", "p % p", "p + i", "p = i", "i between p and f", "round(p)", "round(p, 2)", "floor(p)",
    "ceil(p)", "cast(p as integer)", "cast(p as decimal(2))", "cast(i as decimal(9))",
    "cast(p as text)", "cast(i as double)", "f + f", "f / f", "f % 2e0", "round(f)", "floor(f)",
    "ceil(f)", "round(f, 9)", "cast(f as decimal)", "cast(f as text)", "f = p", "sign(f)",
    "d + i", "d - i", "d - d", "days_between(d, d)", "days_between(t, t)", "add_days(d, i)",
    "d + interval '1' month", "d - interval '300' year", "t + interval '1' month",
    "t - interval '5' day", "d + interval '1' hour", "t + interval '1' second", "date(t)", "d = t",
    "year(d)", "month(t)", "day(d)", "extract(second from t)", "extract(hour from t)",
    "cast(d as text)", "cast(t as text)", "cast(d as timestamp)", "cast(m as text)",
    "first_day(m)", "last_day(m)", "precision(m)", "year(m)", "month(m)", "day(m)",
    "make_date(i, i, i)", "substring(s, i)", "substring(s, i, i)", "left(s, i)", "right(s, i)",
    "lpad(s, i)", "rpad(s, i, s)", "split_part(s, s, i)", "replace(s, s, s)", "strpos(s, s)",
    "upper(s)", "trim(s)", "s like '%_'", "to_integer(s)", "to_decimal(s)", "to_decimal(s, 9)",
    "cast(s as double)", "cast(s as date)", "cast(s as timestamp)", "cast(s as boolean)",
    "to_date(s, 'yyMMdd')", "icd10_dotted(s)", "department(s)", "birth_year(s)", "nir_sex(s)",
    "map(s, 'gender')", "greatest(i, p)", "coalesce(i, p, f)", "nullif(f, i)", "f in (1, 2.5)",
    "case when b then i end", "not b", "b is true", "concat(s, s)", "s || s",
    "try_cast(s as decimal(3))", "try(to_integer(s))", "try(i + i)", "try(cast(s as date)) = d",
    "trunc(p)", "trunc(p, 2)", "trunc(f)", "trunc(i)", "mod(p, i)", "mod(f, p)", "sqrt(f)",
    "sqrt(i)", "power(f, f)", "power(i, p)", "power(f, i)", "exp(f)", "ln(f)", "log10(f)", "ln(i)",
    "date_trunc('week', d)", "date_trunc('quarter', d)", "date_trunc('year', t)",
    "date_trunc('minute', t)", "date_add('year', i, d)", "date_add('week', i, d)",
    "date_add('month', i, t)", "date_add('hour', i, t)", "date_add('second', i, d)",
    "date_diff('year', d, date '2024-01-31')", "date_diff('week', d, d)",
    "date_diff('month', t, timestamp '2024-01-31 10:00')", "date_diff('second', t, d)",
    "end_of_month(d)", "end_of_month(t)", "quarter(d)", "iso_week(d)", "iso_year(t)",
    "day_of_week(d)", "day_of_year(t)", "hour(t)", "make_timestamp(d, i, i)",
    "make_timestamp(i, i, i, i, i, i)", "to_epoch(t)", "from_epoch(i)", "to_text(d, 'yyMM')",
    "to_text(t, 'yyyy.SSS')", "middle_day(m)", "make_partial_date(i, i, i)",
    "make_partial_date(i, 2)", "concat_ws(s, s, s)", "initcap(s)", "unaccent(s)",
    "translate(s, 'é%', 'e')", "trim(s, ' é')", "ltrim(s, '+')", "rtrim(s, '.')",
    "convert(i, 'kg', 'mg')", "convert(p, s, 'mg')", "convert(f, s, '1')", "convert(i, '%', '1')",
    "convert(f, 'Cel', '[degF]')", "convert(p, 'Cel', '[degF]')", "convert(i, s, '1', 9)",
    "convert(f, 'kg', 'mg', 2)", "convert(i, 'Cel', 'K', 0)",
    "to_decimal(s, 2, ',')", "luhn_digit(s)", "ean_digit(s)",
  ])
  func `no value makes a kernel trap, and a row fails only where it has all its operands`(
    _ expression: String
  ) throws {
    let (values, failures) = try results(expression, ExtremeTests.samples)
    #expect(values.count == 12)
    #expect(failures.allSatisfy { values[Int($0.row)] == "null" })
    #expect(!failures.contains { $0.row == 11 })
  }

  @Test func `a list that holds only null is unknown for keys too`() throws {
    let samples = [Sample("k", .identifier(namespace: "n"), keys: [1, nil])]
    #expect(try results("k in (null)", samples).values == ["null", "null"])
    #expect(try results("k = null", samples).values == ["null", "null"])
    #expect(try results("k in (k, null)", samples).values == ["true", "null"])
  }

  @Test(arguments: [
    ("75001", "75"), ("01000", "01"), ("20090", "2A"), ("20100", "2A"), ("20200", "2B"),
    ("20600", "2B"), ("20300", "null"), ("97110", "971"), ("98800", "988"), ("99100", "null"),
    ("00100", "null"), ("96000", "null"), ("7500", "null"), ("750011", "null"), ("B-100", "null"),
    (" 69003 ", "69"),
  ])
  func `a postcode gives a department and nothing more`(
    _ postcode: String, _ department: String
  ) throws {
    var sample = Sample("CP", .identifier(namespace: "cp"), keys: [1])
    sample.raw = Sample("", texts: [postcode]).column
    #expect(try results("department(CP)", [sample]).values == [department])
  }

  @Test(arguments: [
    ("184057800604812", "1984", "1"), ("2240578006048", "2024", "2"),
    ("2250578006048", "1925", "2"),
    ("384057800604812", "null", "null"), ("18405780060481", "null", "null"), ("", "null", "null"),
    ("1AB0578006048", "null", "null"),
  ])
  func `a NIR gives a year of birth and a sex and nothing more`(
    _ nir: String, _ year: String, _ sex: String
  ) throws {
    var sample = Sample("NIR", .identifier(namespace: "nir"), keys: [1])
    sample.raw = Sample("", texts: [nir]).column
    #expect(try results("birth_year(NIR)", [sample]).values == [year])
    #expect(try results("nir_sex(NIR)", [sample]).values == [sex])
  }

  @Test func `a pseudonym is the digest in base64url`() throws {
    var random = Seeded(7)
    let digests = (0..<50).map { _ in
      Digest(random.next(), random.next(), random.next(), random.next())
    }
    let column = Column(.digest, .digests(digests))
    let samples = [Sample("k", .localKey(namespace: "n"), column)]
    #expect(try results("pseudonym(k)", samples).values == digests.map(\.base64URL))
  }

  @Test(arguments: [
    ("dd/MM/yyyy", "31/01/2024", "2024-01-31"), ("yyyyMMdd", "20240229", "2024-02-29"),
    ("yyMMdd", "240131", "2024-01-31"), ("yyMMdd", "250131", "1925-01-31"),
    ("dd-MM-yyyy HH:mm", "31-01-2024 10:30", "2024-01-31"), ("dd.MM.yyyy", "31/01/2024", "null"),
    ("dd/MM/yyyy", "31/1/2024", "null"), ("dd/MM/yyyy", "30/02/2024", "null"),
    ("dd/MM/yyyy", "31/01/2024x", "null"), ("dd/MM/yyyy", "", "null"),
  ])
  func `a date is read by its pattern and by nothing else`(
    _ pattern: String, _ text: String, _ date: String
  ) throws {
    let samples = [Sample("s", texts: [text])]
    if pattern.contains("HH") {
      #expect(try results("date(to_timestamp(s, '\(pattern)'))", samples).values == [date])
    } else {
      #expect(try results("to_date(s, '\(pattern)')", samples).values == [date])
    }
  }
}
