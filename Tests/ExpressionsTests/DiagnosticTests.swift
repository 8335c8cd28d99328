import Diagnostics
import Testing

@testable import Expressions

/// An expression in which ⟦ and ⟧ stand around each place that a mistake must point at.
struct Marked {
  var text = ""
  /// Where the places begin, in characters from 0, and how long they are, by their begin.
  var places: [(start: Int, length: Int)] = []

  init(_ marked: String) {
    var open: [Int] = []
    for character in marked {
      switch character {
      case "⟦":
        open.append(places.count)
        places.append((text.count, 0))
      case "⟧":
        if let place = open.popLast() { places[place].length = text.count - places[place].start }
      default: text.append(character)
      }
    }
  }
}

struct DiagnosticTests {
  static let scope = Scope(
    driving: .init(
      "diagnoses",
      [
        .init("CODE", .text), .init("RANG", .integer), .init("POIDS", .decimal(scale: 2)),
        .init("IPP", .identifier(namespace: "ipp")), .init("MERE", .identifier(namespace: "ipp")),
        .init("NIR", .identifier(namespace: "nir")), .init("SEJ", .localKey(namespace: "sej")),
        .init("DATE_NAIS", .date), .init("DECES", .partialDate), .init("OK", .boolean),
        .init("end", .text),
      ]),
    joined: [
      .init(
        "stays", [.init("DATE_ENTREE", .timestamp), .init("IPP", .identifier(namespace: "ipp"))]),
      .init("units", [.init("CODE_UF", .text), .init("odd name", .text)]),
    ],
    derived: [
      .init("CODE_NU", .text), .init("CLEF", .identifier(namespace: "ipp")),
    ])

  @Test(arguments: [
    // The text.
    ("⟦⟧", ["empty-expression"]),
    ("CODE = ⟦'⟧E11", ["unclosed-text"]),
    ("⟦\"⟧CODE = 3", ["unclosed-name"]),
    ("CODE ⟦#⟧ 3", ["unexpected-character"]),
    ("RANG ⟦é⟧", ["unexpected-token"]),
    ("RANG = ⟦3abc⟧", ["bad-number"]),
    ("RANG ⟦--⟧ 3", ["comment"]),
    ("RANG = ⟦)⟧", ["unexpected-token"]),
    ("(RANG = 1⟦⟧", ["unexpected-token"]),
    ("RANG = ⟦end⟧", ["unexpected-token"]),
    ("RANG ⟦3⟧", ["unexpected-token"]),
    ("RANG in ⟦3⟧", ["unexpected-token"]),
    ("RANG in (⟦)⟧", ["unexpected-token"]),
    ("RANG is ⟦3⟧", ["unexpected-token"]),
    ("case when OK then 1 ⟦⟧", ["unexpected-token"]),
    ("case ⟦end⟧", ["unexpected-token"]),
    ("RANG between 1 ⟦or⟧ 2", ["unexpected-token"]),
    ("diagnoses⟦.3⟧", ["unexpected-token"]),
    ("diagnoses.⟦'a'⟧", ["unexpected-token"]),
    ("cast(CODE as ⟦integr⟧)", ["unknown-type"]),
    ("cast(CODE as decimal(⟦12⟧))", ["bad-scale"]),
    ("cast(CODE ⟦integer⟧)", ["unexpected-token"]),
    ("⟦99999999999999999999⟧ = 1", ["number-too-large"]),
    ("⟦0.1234567890⟧ = 1", ["number-too-precise"]),
    ("⟦date '2024-02-30'⟧ > DATE_NAIS", ["bad-literal"]),
    ("DATE_NAIS + ⟦interval 'x' day⟧", ["bad-literal"]),
    ("DATE_NAIS + interval 3 ⟦weks⟧", ["unknown-unit"]),
    ("⟦interval 3 day⟧", ["misplaced-interval"]),
    ("CODE ⟦not⟧ 3", ["unexpected-token"]),
    // Names.
    ("⟦CODDE⟧ = 'x'", ["unknown-column"]),
    ("⟦code⟧ = 'x'", ["unknown-column"]),
    ("stays.⟦DATE_ENTRE⟧ is null", ["unknown-column"]),
    ("⟦stay⟧.DATE_ENTREE is null", ["unknown-table"]),
    ("⟦DATE_ENTREE⟧ is null", ["unqualified-column"]),
    ("⟦uper⟧(CODE)", ["unknown-function"]),
    ("⟦left(CODE)⟧", ["wrong-argument-count"]),
    ("map(CODE, ⟦'gendr'⟧)", ["unknown-value-map"]),
    ("map(CODE, ⟦CODE_NU⟧)", ["constant-needed"]),
    ("extract(⟦week⟧ from DATE_NAIS)", ["unknown-unit"]),
    // Types.
    ("RANG = ⟦'3'⟧", ["type-mismatch"]),
    ("RANG + ⟦CODE⟧", ["type-mismatch"]),
    ("CODE || ⟦RANG⟧", ["type-mismatch"]),
    ("upper(⟦RANG⟧)", ["type-mismatch"]),
    ("⟦RANG⟧ and OK", ["type-mismatch"]),
    ("not ⟦CODE⟧", ["type-mismatch"]),
    ("case when OK then 1 else ⟦CODE⟧ end", ["type-mismatch"]),
    ("coalesce(RANG, ⟦CODE⟧)", ["type-mismatch"]),
    ("RANG in (1, ⟦'b'⟧, 3)", ["type-mismatch"]),
    ("RANG between ⟦CODE⟧ and 3", ["type-mismatch"]),
    ("⟦RANG⟧ like 'a%'", ["type-mismatch"]),
    ("CODE like ⟦CODE_NU⟧", ["constant-needed"]),
    ("CODE like ⟦'a!b'⟧ escape '!'", ["bad-pattern"]),
    ("CODE like 'a' escape ⟦'!!'⟧", ["bad-escape"]),
    ("DATE_NAIS + ⟦CODE⟧", ["type-mismatch"]),
    ("stays.DATE_ENTREE - ⟦stays.DATE_ENTREE⟧", ["type-mismatch"]),
    ("⟦DECES⟧ < DECES", ["type-mismatch"]),
    ("cast(⟦DECES⟧ as date)", ["type-mismatch"]),
    ("cast(⟦OK⟧ as date)", ["type-mismatch"]),
    ("extract(hour from ⟦DATE_NAIS⟧)", ["type-mismatch"]),
    ("to_date(CODE, ⟦'dd/mm/yyyy'⟧)", ["bad-pattern"]),
    ("round(POIDS, ⟦RANG⟧)", ["constant-needed"]),
    ("RANG = ⟦1 / 0⟧", ["always-fails"]),
    ("greatest(RANG, ⟦CODE⟧)", ["type-mismatch"]),
    ("date_trunc(⟦'fortnight'⟧, DATE_NAIS)", ["unknown-unit"]),
    ("date_trunc(⟦'hour'⟧, DATE_NAIS)", ["type-mismatch"]),
    ("date_add(⟦CODE⟧, 1, DATE_NAIS)", ["constant-needed"]),
    ("to_text(DATE_NAIS, ⟦'HH:mm'⟧)", ["bad-pattern"]),
    ("to_text(DATE_NAIS, ⟦'-'⟧)", ["bad-pattern"]),
    ("to_decimal(CODE, 2, ⟦';'⟧)", ["bad-mark"]),
    ("trunc(⟦1e0⟧, 2)", ["type-mismatch"]),
    ("trim(leading ⟦CODE⟧ from CODE)", ["constant-needed"]),
    ("trim('0' ⟦CODE⟧)", ["unexpected-token"]),
    ("power(RANG, ⟦CODE⟧)", ["type-mismatch"]),
    ("try(⟦1 / 0⟧)", ["always-fails"]),
    // Identifiers.
    ("upper(⟦IPP⟧)", ["identifier-leak"]),
    ("⟦IPP⟧ = '123'", ["identifier-leak"]),
    ("'123' = ⟦IPP⟧", ["identifier-leak"]),
    ("CODE || ⟦IPP⟧", ["identifier-leak"]),
    ("cast(⟦IPP⟧ as text)", ["identifier-leak"]),
    ("⟦IPP⟧ < MERE", ["identifier-leak"]),
    ("⟦IPP⟧ between MERE and MERE", ["identifier-leak"]),
    ("IPP = ⟦NIR⟧", ["namespace-mismatch"]),
    ("IPP = ⟦SEJ⟧", ["namespace-mismatch"]),
    ("coalesce(IPP, ⟦NIR⟧)", ["namespace-mismatch"]),
    ("coalesce(IPP, ⟦CODE⟧)", ["identifier-leak"]),
    ("case when OK then IPP else ⟦'none'⟧ end", ["identifier-leak"]),
    ("case ⟦IPP⟧ when 'x' then 1 end", ["identifier-leak"]),
    ("⟦IPP⟧ in ('a')", ["identifier-leak"]),
    ("⟦IPP⟧ like 'a%'", ["identifier-leak"]),
    ("⟦IPP⟧ + 1", ["identifier-leak"]),
    ("-⟦IPP⟧", ["identifier-leak"]),
    ("⟦IPP⟧ is true", ["identifier-leak"]),
    ("greatest(⟦IPP⟧, MERE)", ["identifier-leak"]),
    ("map(⟦IPP⟧, 'gender')", ["identifier-leak"]),
    ("length(⟦SEJ⟧)", ["identifier-leak"]),
    ("department(⟦SEJ⟧)", ["identifier-leak"]),
    ("department(⟦CLEF⟧)", ["identifier-leak"]),
    ("department(⟦coalesce(IPP, MERE)⟧)", ["identifier-leak"]),
    ("pseudonym(⟦CODE⟧)", ["type-mismatch"]),
    ("extract(year from ⟦IPP⟧)", ["identifier-leak"]),
    ("⟦IPP⟧ + interval '1' day", ["identifier-leak"]),
    // Several at once.
    (
      "⟦CODDE⟧ = 'x' and ⟦RANK⟧ = 1 or upper(⟦RANG⟧) = 'A'",
      ["unknown-column", "unknown-column", "type-mismatch"]
    ),
    ("⟦#⟧ CODE ⟦;⟧", ["unexpected-character", "unexpected-character"]),
    ("⟦foo⟧(⟦BAR⟧, ⟦IPP⟧ || 'x')", ["unknown-function", "unknown-column", "identifier-leak"]),
    (
      "case when ⟦RANG⟧ then ⟦X⟧ else upper(⟦1⟧) end",
      ["type-mismatch", "unknown-column", "type-mismatch"]
    ),
  ])
  func `a mistake is told with its place, its length and its code`(
    _ marked: String, _ codes: [String]
  ) {
    let expression = Marked(marked)
    let found = mistakes(expression.text, DiagnosticTests.scope)
      .sorted { ($0.position?.column ?? 0) < ($1.position?.column ?? 0) }
    #expect(found.map(\.code) == codes)
    #expect(
      found.map(\.position)
        == expression.places.map { place in
          Position(file: "p.yaml", line: 3, column: 10 + place.start)
        })
    #expect(found.map(\.length) == expression.places.map { max(1, $0.length) })
  }

  @Test(arguments: [
    ("CODDE", "did you mean “CODE”?"),
    ("DATE_NAIX", "did you mean “DATE_NAIS”?"),
    ("CODENU", "did you mean “CODE_NU”?"),
    ("DATE_ENTRE", "did you mean “stays.DATE_ENTREE”?"),
    ("odd_name", "did you mean “units.\"odd name\"”?"),
    ("ends", "did you mean “\"end\"”?"),
    ("DATE_ENTREE", "write stays.DATE_ENTREE"),
    ("stays.IPPP", "did you mean “IPP”?"),
    ("uper(CODE)", "did you mean “upper”?"),
    ("map(CODE, 'gendr')", "did you mean “gender”?"),
    ("IPP || 'x'", "pseudonym(IPP) gives a text that stands for it"),
    ("cast(CODE as integr)", "did you mean “integer”?"),
    ("CODE || RANG", "cast(RANG as text) writes it out"),
    ("left(CODE)", "it is called left(x text, count integer) → text"),
    ("end", "a column of this name is written in double quotes: \"end\""),
    ("DATE_NAIS = '2024-01-01'", "write a date as date '2024-01-31'"),
  ])
  func `a hint names what was probably meant`(_ text: String, _ hint: String) {
    #expect(mistakes(text, DiagnosticTests.scope).map(\.hint) == [hint])
  }

  @Test(arguments: [
    ("stays.DATE_ENTREE", ExpressionType.date, "date(stays.DATE_ENTREE) gives its day"),
    ("DECES", .date, "first_day(DECES) or last_day(DECES) completes it"),
    ("CODE", .integer, "to_integer(CODE) reads it"),
    ("POIDS", .integer, "round(POIDS) gives an integer"),
    ("POIDS", .decimal(scale: 1), "round(POIDS, 1) cuts its digits"),
    ("RANG", .text, "cast(RANG as text) writes it out"),
    ("IPP", .text, "pseudonym(IPP) gives a text that stands for it"),
  ])
  func `a place that wants another type says how to get it`(
    _ text: String, _ type: ExpressionType, _ hint: String
  ) {
    #expect(mistakes(text, DiagnosticTests.scope, expecting: type).map(\.hint) == [hint])
  }

  @Test(arguments: [
    ("RANG", ExpressionType.decimal(scale: 2)), ("RANG", .double), ("POIDS", .decimal(scale: 4)),
    ("DATE_NAIS", .timestamp), ("null", .text), ("null", .identifier(namespace: "ipp")),
    ("IPP", .identifier(namespace: "ipp")), ("CLEF", .identifier(namespace: "ipp")),
    ("coalesce(IPP, MERE)", .identifier(namespace: "ipp")),
    ("case when OK then stays.IPP end", .identifier(namespace: "ipp")),
    ("nullif(SEJ, SEJ)", .localKey(namespace: "sej")),
    ("IPP = MERE or SEJ is null or IPP in (MERE, CLEF)", .boolean),
    ("IPP is distinct from MERE", .boolean), ("case IPP when MERE then 1 end", .integer),
    ("pseudonym(SEJ) || pseudonym(coalesce(IPP, MERE))", .text), ("department(CODE)", .text),
    ("units.\"odd name\" || diagnoses.\"CODE\" || \"end\"", .text),
  ])
  func `a value that widens to the type wanted is taken`(_ text: String, _ type: ExpressionType)
    throws
  {
    #expect(try compiled(text, DiagnosticTests.scope, expecting: type).type == type)
  }

  @Test func `a mistake in a folded text is placed by the positions of its characters`() {
    var diagnostics = DiagnosticList()
    let text = "CODE = 'a' or CODDE = 'b'"
    let characters = text.indices.enumerated().map { offset, _ in
      offset < 11
        ? Position(file: "p.yaml", line: 4, column: 5 + offset)
        : Position(file: "p.yaml", line: 5, column: 7 + offset - 11)
    }
    let expression = ExpressionLanguage.compile(
      text, in: DiagnosticTests.scope, environment: environment, at: origin,
      characters: characters, diagnostics: &diagnostics)
    #expect(expression == nil)
    #expect(diagnostics.all.map(\.position) == [Position(file: "p.yaml", line: 5, column: 10)])
  }

  @Test func `columns are read once, in the order of their first mention`() throws {
    let expression = try compiled(
      "stays.IPP = IPP and department(IPP) = CODE_NU and IPP is not null", DiagnosticTests.scope)
    #expect(
      expression.inputs == [
        Input(table: "stays", column: "IPP"), Input(table: "diagnoses", column: "IPP"),
        Input(table: "diagnoses", column: "IPP", form: .raw),
        Input(table: nil, column: "CODE_NU"),
      ])
    #expect(
      try compiled("IPP", DiagnosticTests.scope).columnReference
        == Input(table: "diagnoses", column: "IPP"))
    #expect(try compiled("upper(CODE)", DiagnosticTests.scope).columnReference == nil)
    #expect(
      try compiled("map(CODE, 'gender') + map(CODE, 'exit_mode')", DiagnosticTests.scope)
        .valueMaps == ["gender", "exit_mode"])
  }
}
