import Columnar
import Diagnostics
import Testing

@testable import Expressions

#if canImport(Glibc)
  import Glibc
#endif

struct MoreFunctionTests {
  @Test(arguments: [
    ("trim(leading '0' from s)", "120"), ("trim(trailing '0' from s)", "0012"),
    ("trim(both '0' from s)", "12"), ("trim('0' from s)", "12"), ("trim(from '  a ')", "a"),
    ("trim(both from ' a ')", "a"), ("trim(s, '01')", "2"), ("trim(s, '')", "00120"),
    ("ltrim('ééa', 'é')", "a"), ("rtrim('aéà', 'àé')", "a"), ("trim(leading || '0')", "x0"),
    ("trim(s, '012')", ""),
  ])
  func `characters are trimmed as the standard writes it, and as a function`(
    _ text: String, _ result: String
  ) throws {
    let samples = [Sample("s", texts: ["00120"]), Sample("leading", texts: ["x"])]
    #expect(try results(text, samples).values == [result])
  }

  @Test(arguments: [
    ("unaccent('ÀÉÎÕÜÇŒÆß')", "AEIOUCOEAEss"), ("unaccent('e\u{301}té')", "ete"),
    ("unaccent('日本 — ₂')", "日本 — ₂"), ("initcap('o''NEILL 2nd-rue')", "O'Neill 2nd-Rue"),
    ("initcap('ÉCOLE œuvre ÷x')", "École Œuvre ÷X"), ("translate('abca', 'aab', 'xyz')", "xzcx"),
    ("translate('été', 'é', '')", "t"), ("translate('a', '', 'b')", "a"),
    ("concat_ws('', 'a', 'b')", "ab"), ("concat_ws(null, 'a')", "null"),
    ("concat_ws('-', null, null)", ""), ("concat_ws('-', '', 'a')", "-a"),
  ])
  func `letters and characters are changed one by one`(_ text: String, _ result: String) throws {
    #expect(try results(text).values == [result])
  }

  @Test(arguments: [
    ("1 234,56", "1234.56"), ("1\u{a0}234\u{202f}567,8", "1234567.80"), ("-0,005", "-0.01"),
    (" 12 ", "12.00"), ("1.234,56", "null"), ("1,2,3", "null"), ("1 23", "null"),
    ("1 2345", "null"),
    ("1,234 5", "null"), (" ", "null"), ("- 123", "null"), ("1  234", "null"), ("+7,", "7.00"),
    ("123 456 789 012 345 678", "null"),
  ])
  func `a decimal with a comma is read, and nothing that could be read in two ways`(
    _ text: String, _ result: String
  ) throws {
    let samples = [Sample("s", texts: [text])]
    let (values, failures) = try results("to_decimal(s, 2, ',')", samples)
    #expect(values == [result])
    #expect(failures.map(\.reason) == (result == "null" ? [.notADecimal] : []))
  }

  @Test(arguments: [
    ("to_integer(s)", "null"), ("coalesce(try(to_integer(s)), -1)", "-1"),
    ("try(to_integer(s)) is null", "true"), ("try(length(s))", "1"),
    ("case when s = 'x' then try(to_integer(s)) else 3 end", "null"),
    ("try(to_integer(s) + 1) is null and s = 'x'", "true"),
    ("try(coalesce(to_integer(s), 3))", "null"),
    ("try(null)", "null"),
  ])
  func `a failure inside try is null and nothing more`(_ text: String, _ result: String) throws {
    let (values, failures) = try results(text, [Sample("s", texts: ["x"])])
    #expect(values == [result])
    #expect(failures.isEmpty == text.contains("try"))
  }

  @Test func `try takes the failures of its own rows only`() throws {
    let samples = [Sample("s", texts: ["1", "x", "3", "x"]), Sample("i", lanes: [1, 1, 0, 0])]
    let (values, failures) = try results("coalesce(try(to_integer(s)), 7) / i", samples)
    #expect(values == ["1.000000", "7.000000", "null", "null"])
    #expect(failures.map(\.row) == [2, 3])
  }

  @Test(arguments: [
    ("trunc(2.999, 2)", "2.99"), ("trunc(-2.999, 2)", "-2.99"), ("trunc(2.9, 3)", "2.9"),
    ("trunc(-0.9)", "0"), ("trunc(7)", "7"), ("trunc(-7.9e0)", "-7"), ("mod(7, -3)", "1"),
    ("mod(7.5, 2)", "1.5"),
  ])
  func `a number is cut towards zero`(_ text: String, _ result: String) throws {
    #expect(try results(text).values == [result])
  }

  @Test(arguments: [
    ("sqrt(-1)", "invalid_argument"), ("ln(0)", "invalid_argument"),
    ("log10(-2)", "invalid_argument"),
    ("power(0, -1)", "division_by_zero"), ("power(-8, 0.5)", "invalid_argument"),
    ("power(10, 400)", "overflow"), ("exp(710)", "overflow"), ("mod(1, 0)", "division_by_zero"),
  ])
  func `a function fails where it has no value`(_ text: String, _ reason: String) {
    #expect(mistakes(text).map(\.message) == ["this always fails: \(reason)"])
  }

  @Test(arguments: [
    ("power(2, 62)", "4.611686018427388e+18"), ("power(10, 15)", "1000000000000000.0"),
    ("power(-2, 3)", "-8.0"), ("power(-2, -2)", "0.25"), ("power(9, 0.5)", "3.0"),
    ("power(5, 0)", "1.0"), ("power(0, 0)", "1.0"), ("power(10, -400)", "0.0"),
    ("power(1, 1e300)", "1.0"), ("exp(-750)", "0.0"), ("ln(exp(1))", "1.0"),
    ("log10(0.001)", "-3.0"), ("sqrt(2)", "1.4142135623730951"),
    ("exp(709)", "8.218407461554972e+307"),
    ("exp(-745)", "5e-324"), ("ln(2)", "0.6931471805599453"),
  ])
  func `powers and logarithms are those of the nearest double`(
    _ text: String, _ result: String
  ) throws {
    #expect(try results(text).values == [result])
  }

  @Test func `powers and logarithms agree with the mathematical library to its last digit`() {
    var random = Seeded(3)
    for _ in 0..<5000 {
      let base = Double(random.below(1_000_000) + 1) / 997
      let exponent = Double(random.below(4000) - 2000) / 313
      let ln = DoubleDouble.logarithm(base).high
      #expect(abs(ln - log(base)) <= log(base).ulp, "ln \(base)")
      let e = DoubleDouble.exponential(DoubleDouble(exponent))
      #expect(abs(e - exp(exponent)) <= exp(exponent).ulp, "exp \(exponent)")
      let product = DoubleDouble.logarithm(base) * DoubleDouble(exponent)
      let expected = pow(base, exponent)
      #expect(
        abs(DoubleDouble.exponential(product) - expected) <= expected.ulp, "\(base)^\(exponent)")
    }
  }

  @Test(arguments: [
    ("luhn_digit('69078081')", "2"), ("luhn_digit('0')", "0"), ("luhn_digit('')", "null"),
    ("luhn_digit(' 7992739871 ')", "3"), ("ean_digit('340093595583')", "8"),
    ("ean_digit('x')", "null"),
  ])
  func `a check digit follows digits`(_ text: String, _ digit: String) throws {
    #expect(try results(text).values == [digit])
  }

  @Test(arguments: [
    ("substr('a', 1)", "it is “substring()” here"), ("NVL(1, 2)", "it is “coalesce()” here"),
    ("datediff(1, 2)", "it is “date_diff('unit', from, to)” here"),
    ("iif(true, 1, 2)", "it is “case when … then … else … end” here"),
  ])
  func `a function of another language is told by its name here`(_ text: String, _ hint: String) {
    #expect(mistakes(text).map(\.hint) == [hint])
  }

  @Test func `no name of another language is one of this, and each leads to one that exists`() {
    for (name, here) in ExpressionLanguage.otherNames {
      #expect(ExpressionLanguage.function(name) == nil, "\(name)")
      let function = here.drop { $0 == "“" }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let constructs = ["case", "extract", "try_cast", ""]
      #expect(
        ExpressionLanguage.function(String(function)) != nil
          || constructs.contains(String(function)), "\(here)")
    }
  }
}
