import Columnar
import Diagnostics
import Testing

@testable import Expressions

struct UnitTests {
  /// One of a unit in another: values of the UCUM specification and of its defining standards.
  @Test(arguments: [
    ("1", "[in_i]", "cm", 4, "2.5400"), ("1", "[ft_i]", "m", 4, "0.3048"),
    ("1", "[mi_i]", "m", 3, "1609.344"), ("1", "[lb_av]", "g", 5, "453.59237"),
    ("1", "[oz_av]", "g", 9, "28.349523125"), ("1", "[gr]", "mg", 5, "64.79891"),
    ("1", "[stone_av]", "kg", 8, "6.35029318"), ("1", "[oz_tr]", "g", 7, "31.1034768"),
    ("1", "[gal_us]", "L", 9, "3.785411784"), ("1", "[foz_us]", "mL", 9, "29.573529563"),
    ("1", "[tsp_us]", "mL", 9, "4.928921594"), ("1", "[gal_br]", "L", 5, "4.54609"),
    ("1", "[foz_br]", "mL", 7, "28.4130625"), ("1", "[tsp_m]", "mL", 0, "5"),
    ("1", "[drp]", "mL", 2, "0.05"), ("1", "atm", "kPa", 3, "101.325"),
    ("1", "bar", "kPa", 0, "100"), ("760", "mm[Hg]", "kPa", 5, "101.32472"),
    ("1", "cm[H2O]", "Pa", 4, "98.0665"), ("1", "[psi]", "kPa", 6, "6.894757"),
    ("1", "kcal", "kJ", 3, "4.184"), ("1", "[Cal]", "J", 0, "4184"),
    ("1", "cal_IT", "J", 4, "4.1868"),
    ("1", "wk", "h", 0, "168"), ("1", "a", "d", 2, "365.25"), ("1", "mo", "d", 4, "30.4375"),
    ("1", "h", "min", 0, "60"), ("1", "U", "nkat", 6, "16.666667"),
    ("1", "kat", "U", 0, "60000000"),
    ("1", "Ci", "GBq", 0, "37"), ("1", "RAD", "cGy", 0, "1"), ("1", "REM", "mSv", 0, "10"),
    ("1", "P", "mPa.s", 0, "100"), ("1", "St", "mm2/s", 0, "100"),
    ("1", "[Ch]", "um", 3, "333.333"),
    ("18", "[Ch]", "mm", 1, "6.0"), ("1", "[diop]", "m-1", 0, "1"),
    ("180", "deg", "rad", 9, "3.141592654"),
    ("1", "deg", "'", 0, "60"), ("1", "'", "''", 0, "60"), ("400", "gon", "circ", 0, "1"),
    ("1", "%", "[ppm]", 0, "10000"), ("1", "g%", "g/L", 0, "10"), ("1", "mg%", "mg/dL", 0, "1"),
    ("1", "[MET]", "ml/(kg.min)", 1, "3.5"), ("1", "u", "yg", 9, "1.660539067"),
    ("1", "eV", "zJ", 9, "160.217663400"), ("1", "l", "dm3", 0, "1"), ("1", "L", "m3", 3, "0.001"),
    ("1", "ar", "m2", 0, "100"), ("1", "t", "Mg", 0, "1"), ("1", "[IU]", "m[iU]", 0, "1000"),
    ("1", "[LPF]", "[HPF]", 0, "100"), ("1", "Hz", "/min", 0, "60"),
    ("1", "[degR]", "K", 9, "0.555555556"),
    ("1", "lx", "cd.sr/m2", 0, "1"), ("1", "Wb", "V.s", 0, "1"),
    ("1", "[wood'U]", "[PRU]", 2, "0.06"),
    ("29.92", "[in_i'Hg]", "kPa", 4, "101.3205"),
  ])
  func `a unit is what UCUM says`(
    _ value: String, _ from: String, _ to: String, _ digits: Int, _ result: String
  ) throws {
    let quoted = [from, to].map { "'\($0.replacing("'", with: "''"))'" }
    let text = "convert(\(value), \(quoted[0]), \(quoted[1]), \(digits))"
    #expect(try results(text).values == [result])
    let samples = [
      Sample("v", .decimal(scale: 2), lanes: [Int64(100 * (Double(value) ?? 0))]),
      Sample("u", texts: [" \(from) "]),
    ]
    #expect(try results("convert(v, u, \(quoted[1]), \(digits))", samples).values == [result])
  }

  /// Conversions of laboratories, vital signs and dosing.
  @Test(arguments: [
    ("5.5", "g/L", "mg/dL", "550.000000"), ("13.2", "g/dL", "g/L", "132.000000"),
    ("250", "10*9/L", "10*3/uL", "250.000000"), ("4.5", "10*12/L", "10*6/uL", "4.500000"),
    ("4.5", "10^12/L", "/L", "4500000000000.000000"), ("250", "{cells}/uL", "10*6/L", "250.000000"),
    ("7", "mmol/L", "umol/dL", "700.000000"), ("40", "ug/L", "ng/mL", "40.000000"),
    ("0.5", "mg/kg/h", "ug/kg/min", "8.333333"), ("0.5", "mg/(kg.h)", "ug/kg/min", "8.333333"),
    ("12", "mg{creatinine}/(24.h)", "mg/d", "12.000000"), ("3", "mmol.L-1", "mol/m3", "3.000000"),
    ("25", "kg/m2", "g/cm2", "2.500000"), ("120", "mm[Hg]", "kPa", "15.998640"),
    ("2", "m[iU]/mL", "[iU]/L", "2.000000"), ("80", "{beats}/min", "/min", "80.000000"),
    ("1.5", "mg", "kg", "0.0000015"), ("3", "/[HPF]", "/[HPF]", "3.000000"),
    ("1", "m/s.s", "m", "1.000000"), ("8", "m/s/s.kg", "N", "8.000000"),
    ("5", "1", "%", "500.000000"),
    ("5", "{score}", "1", "5.000000"), ("7", "100.mg", "g", "0.700000"),
    ("0", "ng", "Mg", "0.000000000"),
  ])
  func `a value is converted exactly`(
    _ value: String, _ from: String, _ to: String, _ result: String
  ) throws {
    let given = try results("convert(\(value), '\(from)', '\(to)')").values[0]
    #expect(Double(given) == Double(result))
    #expect(given.count >= result.count)
  }

  @Test(arguments: [
    ("37", "Cel", "[degF]", "98.60"), ("98.6", "[degF]", "Cel", "37.00"),
    ("0", "K", "Cel", "-273.15"),
    ("-40", "Cel", "[degF]", "-40.00"), ("36.6", "Cel", "K", "309.75"),
    ("32", "[degF]", "K", "273.15"),
    ("80", "[degRe]", "Cel", "100.00"), ("0", "[degF]", "Cel", "-17.78"),
    ("37.2", "Cel{axillary}", "Cel", "37.20"),
    ("100", "cK", "Cel", "-272.15"),
  ])
  func `temperatures have a zero of their own`(
    _ value: String, _ from: String, _ to: String, _ result: String
  ) throws {
    #expect(try results("convert(\(value), '\(from)', '\(to)', 2)").values == [result])
    let samples = [Sample("v", texts: [value]), Sample("u", texts: [from])]
    #expect(
      try results("convert(to_decimal(v), u, '\(to)', 2)", samples).values == [result])
    let double = try results("convert(cast(v as double), u, '\(to)', 2)", samples).values
    #expect(double == [result])
  }

  @Test(arguments: [
    ("⟦'mmol/L'⟧", "mg/dL", "a molar mass is needed: multiply by it first, and convert grams"),
    ("⟦'meq/L'⟧", "mmol/L", "a valence is needed: multiply or divide by it first"),
    ("⟦'mosm/kg'⟧", "mmol/kg", "a number of particles is needed: multiply or divide by it first"),
    ("⟦'G/L'⟧", "10*9/L", "G is gauss and T tesla; a billion is 10*9, a trillion 10*12"),
    ("⟦'[iU]/L'⟧", "g/L", "an arbitrary unit converts to itself only"),
    ("⟦'[iU]'⟧", "[USP'U]", "an arbitrary unit converts to itself only"),
    ("⟦'mol'⟧", "%", "in base units one is mol, the other 1"),
    ("⟦'kg'⟧", "m", "in base units one is g, the other m"),
    ("⟦'Cel'⟧", "W/m2", "in base units one is K, the other g.s-3"),
  ])
  func `units of different kinds are refused with a way on`(
    _ marked: String, _ to: String, _ hint: String
  ) {
    let from = Marked(marked).text
    let text = "convert(1, \(from), '\(to.replacing("'", with: "''"))')"
    let found = mistakes(text)
    #expect(found.map(\.code) == ["incommensurable-units"])
    #expect(found.map(\.hint) == [hint])
  }

  @Test(arguments: [
    ("⟦mmHg⟧", "unknown-unit", "did you mean “mm[Hg]”?"),
    ("g/⟦UI⟧", "unknown-unit", "did you mean “[iU]”?"),
    ("⟦µg⟧/L", "unknown-unit", "did you mean “ug”?"),
    ("kg/⟦m²⟧", "unknown-unit", "did you mean “m2”?"),
    ("⟦°C⟧", "unknown-unit", "did you mean “Cel”?"),
    ("⟦mmoll⟧/L", "unknown-unit", "did you mean “mmol”?"),
    ("mg ⟦⟧", "bad-unit", nil), ("mg/⟦⟧", "bad-unit", nil), ("⟦⟧", "bad-unit", nil),
    ("m⟦⟧--2", "bad-unit", nil),
    ("(m/s⟦⟧", "bad-unit", nil), ("m⟦⟧)", "bad-unit", nil), ("⟦{⟧cells", "bad-unit", nil),
    ("⟦[iU⟧", "bad-unit", nil),
    ("m⟦99⟧", "bad-unit", nil), ("⟦0⟧.m", "bad-unit", nil), ("⟦Cel⟧/m", "bad-unit", nil),
    ("⟦Cel⟧2", "bad-unit", nil),
    ("/⟦Cel⟧", "bad-unit", nil), ("10⟦⟧L", "bad-unit", nil), ("m⟦⟧=g", "bad-unit", nil),
    ("⟦kCel⟧", "unknown-unit", nil),
    ("⟦m[in_i]⟧", "unknown-unit", nil), ("(m/s)⟦⟧2", "bad-unit", nil),
    ("[iU]⟦⟧ /L", "bad-unit", nil),
    ("((((((((((((((((((((((m))))))))))))))))))))))", "bad-unit", nil),
  ])
  func `what is no unit is told where it stands`(_ marked: String, _ code: String, _ hint: String?)
  {
    let unit = Marked(marked)
    let found = mistakes("convert(1, 'g', '\(unit.text)')")
    #expect(found.map(\.code) == [code])
    if let hint { #expect(found.map(\.hint) == [hint]) }
    guard let place = unit.places.first, !unit.text.isEmpty else { return }
    let start = origin.column + "convert(1, 'g', '".count + place.start
    if place.length > 0 || place.start < unit.text.count {
      #expect(found.first?.position?.column == start, "\(unit.text)")
    }
    if place.length > 0 { #expect(found.first?.length == place.length, "\(unit.text)") }
  }

  @Test func `a unit column converts row by row, and rejects what it cannot`() throws {
    let samples = [
      Sample("v", .decimal(scale: 2), lanes: [550, 100, 100, 100, 100, nil, 100, 100, .max]),
      Sample("u", texts: ["g/L", "mg/dL", "mmol/L", "UI", nil, "g/L", "", " g/L\u{a0}", "kg/mL"]),
    ]
    let (values, failures) = try results("convert(v, u, 'mg/dL')", samples)
    #expect(
      values == [
        "550.000000", "1.000000", "null", "null", "null", "null", "null", "100.000000", "null",
      ])
    #expect(failures.map(\.row) == [2, 3, 6, 8])
    #expect(
      failures.map(\.reason) == [.incommensurableUnits, .unknownUnit, .unknownUnit, .overflow])
    let doubles = [
      Sample("v", doubles: [5.5, 1, nil]), Sample("u", texts: ["g/L", "mmol/L", "g/L"]),
    ]
    let (wide, reasons) = try results("convert(v, u, 'mg/dL')", doubles)
    #expect(wide == ["550.0", "null", "null"])
    #expect(reasons.map(\.reason) == [.incommensurableUnits])
  }

  @Test func `a value never becomes 0, and never wraps around`() throws {
    #expect(
      mistakes("convert(1, 'ng', 'kg')").map(\.message) == ["this always fails: overflow"])
    #expect(
      mistakes("convert(1, 'Yg', 'yg')").map(\.code) == ["incommensurable-units"])
    let samples = [Sample("v", .decimal(scale: 9), lanes: [.max, .min, 1, -1, 0])]
    let (values, failures) = try results("convert(v, 'kg', 'g', 2)", samples)
    #expect(values == ["9223372036854.78", "-9223372036854.78", "null", "null", "0.00"])
    #expect(failures.map(\.row) == [2, 3])
    let grown = try results("convert(v, 'kg', 'ug', 9)", samples)
    #expect(grown.failures.map(\.row) == [0, 1])
  }

  @Test func `a constant null is null, and a key is no unit`() throws {
    #expect(try results("convert(null, 'g', 'kg')").values == ["null"])
    #expect(try results("convert(1, null, 'kg')").values == ["null"])
    #expect(mistakes("convert(1, 'g', null)").map(\.code) == ["constant-needed"])
    #expect(
      mistakes("convert(IPP, 'g', 'kg')", DiagnosticTests.scope).map(\.code) == ["identifier-leak"])
    #expect(
      mistakes("convert(1, IPP, 'kg')", DiagnosticTests.scope).map(\.code) == ["identifier-leak"])
  }

  @Test func `there and back again is the same value`() throws {
    var random = Seeded(31)
    let codes = ["g", "mg", "kg", "[lb_av]", "[oz_av]", "[gr]", "ug"]
    for _ in 0..<300 {
      let (from, to) = (random.pick(codes), random.pick(codes))
      let first = try UnitParser.unit(from)
      let second = try UnitParser.unit(to)
      let there = try #require(UnitConversion(from: first, to: second, scale: 2, resultScale: 18))
      let back = try #require(UnitConversion(from: second, to: first, scale: 18, resultScale: 2))
      let value = Int64(random.below(900))
      if let lane = there.lane(value) { #expect(back.lane(lane) == value, "\(from) \(to)") }
    }
  }

  @Test func `every unit of the table is there, positive, and known with its prefixes`() throws {
    #expect(UnitTable.ucum.atoms.count == 210)
    for (code, atom) in UnitTable.ucum.atoms {
      #expect(atom.unit.factor.numerator > 0, "\(code)")
      #expect((try? UnitParser.unit(code)) != nil, "\(code)")
      #expect(
        ((try? UnitParser.unit("m\(code)"))?.kind == atom.unit.kind) == atom.isMetric
          || UnitTable.ucum.atoms["m\(code)"] != nil || UnitTable.ucum.unit("m\(code)") != nil,
        "\(code)")
    }
  }

  @Test(arguments: 0..<4)
  func `whatever stands in a unit, it is read or its mistake lies inside it`(_ seed: Int) {
    var random = Seeded(seed + 500)
    let pieces =
      UnitTable.ucum.atoms.keys.sorted() + [
        "/", ".", "(", ")", "{", "}", "-", "+", "*", "^", "10*", "1", "99999999999999999999", "[",
        "]",
        "é", " ", "²", "k", "m", "da",
      ]
    for _ in 0..<5000 {
      let text = (0..<random.below(7)).map { _ in random.pick(pieces) }.joined()
      do throws(UnitMistake) {
        let unit = try UnitParser.unit(text)
        if unit.factor.numerator == 0 { Issue.record("\(text)") }
      } catch {
        if error.range.upperBound > text.utf8.count { Issue.record("\(error.code) in \(text)") }
      }
    }
  }
}
