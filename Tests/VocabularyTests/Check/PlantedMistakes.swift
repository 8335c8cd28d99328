@testable import Vocabulary

/// One mistake after the other in files that are good otherwise.
enum PlantedMistakes {
  private static func codes(_ rows: String...) -> String { Row.codesHead + rows.joined() }
  private static func values(_ rows: String...) -> String { Row.valuesHead + rows.joined() }
  private static func usagi(_ rows: String...) -> String { Row.usagiHead + rows.joined() }
  /// A row of a part of the code of `Row.usagi()`.
  private static func part(_ concept: String, _ type: String, title: String = "") -> String {
    Row.usagi(concept: concept, title: title, domain: "", type: type)
  }
  private static let twice = part("8753", "MAPS_TO_UNIT") + part("8753", "MAPS_TO_UNIT")

  static let all =
    files + texts + dates + codeMistakes + concepts + written + reviews + data
    + PlantedDomains.all

  private static let files = [
    Planted("1️⃣", "empty-file"),
    Planted("1️⃣source_code,target\nA,1\n", "missing-column", also: ["unknown-column 1:13"]),
    Planted("source_code,1️⃣source_code,target_concept_id\nA,A,0\n", "duplicate-column"),
    Planted("source,concept_id,1️⃣commment\nM,8507,x\n", "unknown-column", hint: "comment"),
    Planted(values("1️⃣M,,8507\n"), "ragged-row"),
    Planted(values("M,1️⃣\"Male,8507,MALE\n"), "unclosed-quote"),
    Planted(values("M,\"Male\"1️⃣ x,8507,MALE\n"), "text-after-quote"),
    Planted("source,concept_id\r\nM,8507\r\n1️⃣F,8532\n", "mixed-line-ends", hint: "one kind"),
    Planted("1️⃣source,concept_id\n", "no-rows"),
  ]

  private static let texts = [
    Planted(codes(Row.codes("D11️⃣ ")), "blank-ends", fix: ("D1 ,", "D1,"), hint: "`D1`"),
    Planted(codes(Row.codes("\"1️⃣ D1\"")), "blank-ends", fix: ("\" D1\"", "\"D1\"")),
    Planted(
      codes(Row.codes(vocabulary: "LOCAL1️⃣\t")), "blank-ends", fix: ("LOCAL\t", "LOCAL"),
      also: ["control-character 2:11"]),
    Planted(
      "source,1️⃣ concept_id\nM,8507\n", "blank-ends", fix: (" concept_id", "concept_id"),
      also: ["missing-column 1:1", "unknown-column 1:8"]),
    Planted(codes(Row.codes("D1️⃣\u{A0}1")), "unusual-space", fix: ("D\u{A0}1", "D 1")),
    Planted(codes(Row.codes("D11️⃣\u{202F}")), "unusual-space", fix: ("D1\u{202F}", "D1")),
    Planted(codes(Row.codes("D1️⃣\u{200B}1")), "invisible-character", fix: ("D\u{200B}1", "D1")),
    Planted(codes(Row.codes("D1️⃣\u{AD}1")), "invisible-character", fix: ("D\u{AD}1", "D1")),
    Planted(codes(Row.codes("1️⃣\u{FEFF}D1")), "invisible-character", fix: ("\u{FEFF}D1", "D1")),
    Planted(codes(Row.codes("D1️⃣\u{7}1")), "control-character"),
    Planted(codes(Row.codes(name: "Diab1️⃣\u{1B}etes")), "control-character"),
    Planted(codes(Row.codes("1️⃣\u{410}10")), "look-alike-character", hint: "`A10`"),
    Planted(codes(Row.codes("A1️⃣\u{39F}1")), "look-alike-character", hint: "`AO1`"),
    Planted(
      codes(Row.codes("4548\u{2011}4".replacing("\u{2011}", with: "1️⃣\u{2011}"))),
      "look-alike-character", hint: "`4548-4`"),
    Planted(codes(Row.codes("D1️⃣\u{FF11}")), "look-alike-character", hint: "`D1`"),
    Planted(codes(Row.codes(name: "1️⃣Diab\u{C3}\u{A9}tique")), "mojibake", hint: "`Diabétique`"),
    Planted(codes(Row.codes(name: "Diab1️⃣\u{FFFD}tique")), "mojibake", hint: "source"),
    Planted(values(Row.values("1️⃣\u{C2}\u{B5}", "0", "")), "mojibake", hint: "`µ`"),
    Planted(
      values(Row.values("N1️⃣E\u{301}GATIF", "0", "")), "decomposed-text",
      fix: ("E\u{301}", "\u{C9}"), hint: "one character"),
    Planted(codes(Row.codes("1️⃣#N/A")), "spreadsheet-error"),
    Planted(codes(Row.codes(name: "1️⃣#REF!")), "spreadsheet-error"),
  ]

  private static let dates = [
    Planted(codes(Row.codes(start: "1️⃣1970-02-30")), "bad-date"),
    Planted(codes(Row.codes(end: "1️⃣31/12/2099")), "bad-date", fix: ("31/12/2099", "2099-12-31")),
    Planted(codes(Row.codes(start: "1️⃣01/01/1970")), "bad-date", fix: ("01/01/1970", "1970-01-01")),
    Planted(codes(Row.codes(start: "1️⃣01/02/1970")), "bad-date"),
    Planted(codes(Row.codes(start: "1️⃣1970/1/1")), "bad-date", fix: ("1970/1/1", "1970-01-01")),
    Planted(
      codes(Row.codes(start: "1️⃣1970-01-01 00:00:00")), "bad-date",
      fix: ("1970-01-01 00:00:00", "1970-01-01")),
    Planted(codes(Row.codes(start: "2020-01-01", end: "1️⃣2019-12-31")), "end-before-start"),
    Planted(codes(Row.codes(start: "1️⃣1070-01-01")), "implausible-date"),
    Planted(codes(Row.codes(end: "1️⃣9999-12-31")), "implausible-date", hint: "2099-12-31"),
    Planted(codes(Row.codes(end: "1️⃣2023-12-31")), "expired-row"),
    Planted(codes(Row.codes(start: "1️⃣2024-01-02")), "future-row"),
    Planted(
      codes(Row.codes(end: "2020-01-01", reason: "1️⃣d")), "unknown-reason", fix: (",d\n", ",D\n")),
    Planted(codes(Row.codes(end: "2020-01-01", reason: "1️⃣old")), "unknown-reason"),
    Planted(codes(Row.codes(end: "1️⃣2099-12-31", reason: "U")), "reason-without-end"),
  ]

  private static let codeMistakes = [
    Planted(codes(Row.codes("1️⃣")), "empty-code"),
    Planted(codes(Row.codes("1️⃣   ")), "empty-code"),
    Planted(values(Row.values("1️⃣")), "empty-code"),
    Planted(
      codes(Row.codes(), "1️⃣" + Row.codes(), Row.codes("D2")), "duplicate-row",
      fix: (Row.codes() + Row.codes(), Row.codes())),
    Planted(
      values(Row.values(), "1️⃣" + Row.values()), "duplicate-row",
      fix: (Row.values() + Row.values(), Row.values())),
    Planted(codes(Row.codes(), "1️⃣" + Row.codes(name: "Other")), "duplicate-row"),
    Planted(codes(Row.codes(), "1️⃣" + Row.codes(target: "0", of: "")), "contradictory-code"),
    Planted(codes(Row.codes(), "1️⃣" + Row.codes(vocabulary: "MINE")), "contradictory-code"),
    Planted(values(Row.values(), "1️⃣" + Row.values("M", "8532", "FEMALE")), "contradictory-code"),
    Planted(
      codes(Row.codes("EI1"), "1️⃣" + Row.codes("E11", target: "443238")), "look-alike-codes",
      hint: "line 2"),
    Planted(
      codes(Row.codes("A0"), "1️⃣" + Row.codes("AO", target: "443238")), "look-alike-codes"),
    Planted(
      codes(Row.codes("ab"), "1️⃣" + Row.codes("aB", target: "443238")), "look-alike-codes"),
    Planted(
      codes(Row.codes("A B"), "1️⃣" + Row.codes("AB", target: "443238")), "look-alike-codes"),
    Planted(codes(Row.codes("01"), "1️⃣" + Row.codes("1", target: "443238")), "leading-zeros"),
    Planted(codes(Row.codes("1️⃣3.4009E+12")), "spreadsheet-number", hint: "text"),
    Planted(codes(Row.codes("1️⃣3400890000604.0")), "spreadsheet-number"),
    Planted(codes(Row.codes("1️⃣02-Jan")), "spreadsheet-number"),
    Planted(codes(Row.codes("1️⃣'0012")), "spreadsheet-number"),
    Planted(codes(Row.codes("1️⃣" + String(repeating: "x", count: 51))), "long-code"),
    Planted(codes(Row.codes(vocabulary: "1️⃣" + String(repeating: "x", count: 21))), "long-code"),
  ]

  private static let concepts = [
    Planted(codes(Row.codes(target: "1️⃣x")), "bad-concept-id"),
    Planted(codes(Row.codes(target: "1️⃣201820.0")), "bad-concept-id", fix: ("201820.0", "201820")),
    Planted(
      codes(Row.codes(target: "1️⃣201820\u{A0}")), "bad-concept-id",
      fix: ("201820\u{A0}", "201820")),
    Planted(codes(Row.codes(target: "1️⃣42", of: "")), "unknown-concept"),
    Planted(codes(Row.codes(source: "1️⃣42")), "unknown-concept"),
    Planted(codes(Row.codes(target: "1️⃣2000000007", of: "")), "unknown-local-concept"),
    Planted(
      codes(Row.codes(target: "1️⃣101")), "invalid-concept", fix: (",101,", ",201820,"),
      hint: "201820 (Diabetes mellitus)"),
    Planted(
      codes(Row.codes(target: "1️⃣102")), "invalid-concept", fix: (",102,", ",443238,"),
      hint: "443238"),
    Planted(codes(Row.codes(target: "1️⃣103")), "invalid-concept", hint: "4193704"),
    Planted(codes(Row.codes(target: "1️⃣104")), "invalid-concept", hint: "no standard concept"),
    Planted(codes(Row.codes(target: "1️⃣105")), "invalid-concept", hint: "1545958"),
    Planted(
      values("x,,1️⃣101,Old diabetes\n"), "invalid-concept",
      fix: ("101,Old diabetes", "201820,Diabetes mellitus")),
    Planted(codes(Row.codes(), Row.codes(target: "1️⃣101")), "invalid-concept"),
    Planted(codes(Row.codes(target: "1️⃣401")), "not-yet-valid-concept"),
    Planted(codes(Row.codes(target: "1️⃣402")), "ended-concept"),
    Planted(codes(Row.codes(target: "1️⃣301")), "classification-concept"),
    Planted(
      codes(Row.codes(target: "1️⃣1567956", of: "ICD10")), "non-standard-concept",
      hint: "4193704 (Type 2"),
    Planted(
      codes(Row.codes(target: "1️⃣303")), "non-standard-concept",
      hint: "nearest standard parent is 201820"),
    Planted(
      values(Row.values("M", "1️⃣201820", "")), "other-domain", hint: "Gender",
      for: [MappingPurpose(.values, domains: ["Gender"])]),
    Planted(
      codes(Row.codes(target: "1️⃣8753", of: "UCUM")), "no-event-domain",
      for: [MappingPurpose(.codes, isEvent: true)]),
    Planted(
      values(Row.values("x", "1️⃣1545958", "")), "unit-target",
      for: [MappingPurpose(.values, domains: ["Unit"])]),
    Planted(codes(Row.codes("kg", target: "1️⃣1545958", of: "RxNorm")), "unit-target"),
    Planted(
      values(
        Row.values("a", "8753", ""), Row.values("b", "8636", ""), Row.values("c", "9444", ""),
        Row.values("d", "9529", ""), Row.values("e", "1️⃣201820", "")), "unit-target",
      hint: "Unit"),
  ]

  private static let written = [
    Planted(values("M,,8507,1️⃣FEMALE\n"), "other-concept-name", hint: "MALE"),
    Planted(codes(Row.codes(of: "1️⃣LOINC")), "other-concept-vocabulary", hint: "SNOMED"),
    Planted(usagi(Row.usagi(domain: "1️⃣Procedure")), "other-concept-domain"),
    Planted(
      "source_code,target_concept_id,target_concept_class_id\nD1,201820,1️⃣Disorder\n",
      "other-concept-class"),
    Planted(codes(Row.codes(vocabulary: "1️⃣SNOMDE")), "unknown-source-vocabulary", hint: "SNOMED"),
    Planted(
      codes(Row.codes(source: "1️⃣1567956")), "other-source-code",
      also: ["other-source-vocabulary 2:4"]),
    Planted(codes(Row.codes("E119", source: "1️⃣1567956")), "other-source-vocabulary"),
    Planted(
      codes(Row.codes("E11.9", source: "1️⃣0", vocabulary: "ICD10", target: "4193704")),
      "missing-source-concept", hint: "1567956"),
    Planted(
      codes(Row.codes("E11.9", source: "1567956", vocabulary: "ICD10", target: "1️⃣201820")),
      "vocabulary-differs"),
  ]

  private static let reviews = [
    Planted(
      usagi(Row.usagi(status: "1️⃣Approved")), "unknown-status", fix: ("Approved", "APPROVED")),
    Planted(usagi(Row.usagi(status: "1️⃣APROVED")), "unknown-status", hint: "`APPROVED`"),
    Planted(
      usagi(Row.usagi(type: "1️⃣maps_to")), "unknown-mapping-type", fix: ("maps_to", "MAPS_TO")),
    Planted(usagi(Row.usagi(type: "1️⃣MAP_TO")), "unknown-mapping-type", hint: "`MAPS_TO`"),
    Planted(
      usagi(Row.usagi(equivalence: "1️⃣Equal")), "unknown-equivalence", fix: ("Equal", "EQUAL")),
    Planted(usagi(Row.usagi(equivalence: "1️⃣EQAL")), "unknown-equivalence", hint: "`EQUAL`"),
    Planted(usagi(Row.usagi(status: "1️⃣UNCHECKED")), "not-approved"),
    Planted(
      usagi(Row.usagi(concept: "1️⃣8753", title: "", domain: "", type: "MAPS_TO_UNIT")),
      "no-concept", hint: "MAPS_TO"),
    Planted(
      usagi(
        Row.usagi(), part("8753", "MAPS_TO_UNIT"), part("1️⃣8636", "UNIT"), Row.usagi("D2")),
      "several-parts", hint: "leave one"),
    Planted(
      usagi(Row.usagi(), part("1️⃣45877994", "MAPS_TO_NUMBER")), "not-a-number", hint: "name"),
    Planted(
      usagi(Row.usagi(), part("8753", "MAPS_TO_UNIT"), "1️⃣" + part("8753", "MAPS_TO_UNIT")),
      "duplicate-row", fix: (twice, part("8753", "MAPS_TO_UNIT"))),
    Planted(
      usagi(Row.usagi(), part("8753", "MAPS_TO_UNIT", title: "1️⃣gram per liter")),
      "other-concept-name", hint: "millimole"),
    Planted(
      usagi(Row.usagi(), part("1️⃣102", "MAPS_TO_VALUE")), "invalid-concept",
      fix: (",102,", ",443238,")),
    Planted(
      usagi(Row.usagi(), Row.usagi(status: "1️⃣FLAGGED", concept: "443238", title: "", comment: "?")),
      "contradictory-status", also: ["not-approved 3:28"]),
    Planted(
      usagi(Row.usagi(equivalence: "1️⃣EQUAL", concept: "0", title: "", domain: "")),
      "contradictory-equivalence"),
    Planted(usagi(Row.usagi(equivalence: "1️⃣UNMATCHED")), "contradictory-equivalence"),
    Planted(
      usagi(Row.usagi(status: "1️⃣INVALID_TARGET")), "invalid-target-status",
      also: ["not-approved 2:28"]),
    Planted(
      usagi(Row.usagi(status: "1️⃣FLAGGED")), "flagged-without-comment",
      also: ["not-approved 2:28"]),
    Planted(usagi(Row.usagi(score: "1️⃣1.2")), "bad-match-score"),
    Planted(usagi(Row.usagi(score: "1️⃣high")), "bad-match-score"),
    Planted(usagi(Row.usagi(frequency: "1️⃣-2")), "bad-frequency"),
    Planted(usagi(Row.usagi(on: "1️⃣2023-11-14")), "bad-time"),
    Planted(usagi(Row.usagi(created: "1️⃣-1")), "bad-time"),
    Planted(usagi(Row.usagi(assigned: "1️⃣1;x")), "bad-concept-id"),
    Planted(
      usagi(Row.usagi(), part("1️⃣443238", "MAPS_TO_UNIT")), "mapping-type-domain", hint: "Unit"),
    Planted(usagi(Row.usagi(), part("1️⃣42", "MAPS_TO_VALUE")), "unknown-concept"),
    // A backslash that Usagi wrote as two is one, and stays two in the file.
    Planted(
      usagi(Row.usagi("1️⃣D\\\\1 ")), "blank-ends", fix: ("D\\\\1 ,", "D\\\\1,"),
      hint: "`D\\1`"),
    Planted(
      usagi(
        Row.usagi(), Row.usagi("D2"),
        "1️⃣" + Row.usagi(concept: "443238", title: "Diabetic complication")),
      "scattered-rows", hint: "line 2"),
  ]

  private static let data = [
    Planted(codes(Row.codes("1️⃣7")), "code-not-in-data", data: SourceCodes([])),
    Planted(
      codes(Row.codes("1️⃣7")), "code-written-otherwise", also: ["code-not-in-file 1:1"],
      hint: "`007`", data: SourceCodes([("007", 3)])),
    Planted(
      "1️⃣" + codes(Row.codes()), "code-not-in-file", hint: "D3 (5), D2 (1)",
      data: SourceCodes([("D1", 9), ("D2", 1), ("D3", 5)])),
    // The codes of a run: what eleven persons have is seen.
    Planted(codes(Row.codes(), Row.codes("1️⃣D2")), "code-not-in-data", data: run(seen: "D1")),
    Planted(
      "1️⃣" + codes(Row.codes()), "code-not-in-file", hint: "D3 (5)",
      data: run(seen: "D1", "D3", unmapped: ("D3", 5))),
    slip(of: "A41.9", as: "A419"), slip(of: "A41.9", as: "a41.9"), slip(of: "7", as: "007"),
    slip(of: "A 1", as: "A1"), slip(of: "A1", as: "\u{410}1"), slip(of: "O10", as: "010"),
    // Of a code that is there as it is written, another writing is told too.
    slip(of: "A41.9", as: "A419", seen: "A41.9"),
    // Where not all codes are counted apart none is called absent.
    Planted(
      codes(Row.codes(), Row.codes("1️⃣A41.9")), "code-written-otherwise",
      also: ["code-not-in-file 1:1"],
      data: run(unmapped: ("A419", 12), isComplete: false)),
  ]
  /// What a run saw in eleven persons and more.
  private static func run(
    seen: String..., unmapped: SourceCodes.Count..., isComplete: Bool = true
  ) -> SourceCodes {
    SourceCodes(
      run: 3, leastPersons: 11, seen: seen + unmapped.map(\.code), unmapped: unmapped,
      isComplete: isComplete)
  }

  /// A file whose code the data writes otherwise.
  private static func slip(of code: String, as other: String, seen: String...) -> Planted {
    Planted(
      codes(Row.codes("1️⃣\(code)")), "code-written-otherwise", also: ["code-not-in-file 1:1"],
      hint: "`\(other)`",
      data: SourceCodes(
        run: 3, leastPersons: 11, seen: seen + [other], unmapped: [(other, 20)],
        isComplete: true))
  }
}
