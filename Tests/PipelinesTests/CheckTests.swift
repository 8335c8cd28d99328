import Diagnostics
import Engine
import Testing
import Vocabulary

@testable import Pipelines

struct CheckTests {
  @Test(arguments: [true, false])
  func `says nothing about a good project`(_ withVocabulary: Bool) throws {
    let checking = try Checking(withVocabulary: withVocabulary)
    #expect(checking.said == [])
    let rules = try #require(checking.checked?.pipelines.first?.rules)
    #expect(rules.map(\.definition.id.value) == ["unit", "person", "death", "stay", "diagnosis"])
  }

  static let heads: [Planted] = [
    Planted("from: units", "from: 1️⃣unit", "unknown-table", hint: "`units`"),
    Planted("into: care_site", "into: 1️⃣care_sites", "unknown-cdm-table", hint: "`care_site`"),
    Planted("into: event", "into: 1️⃣evnt", "unknown-cdm-table", hint: "`event`"),
    Planted("into: care_site", "into: 1️⃣concept", "not-a-rule-target"),
    Planted("into: care_site", "into: 1️⃣drug_era", "not-a-rule-target", hint: "derives"),
    Planted("key: [IPP]", "key: [1️⃣IP]", "unknown-column", hint: "`IPP`"),
    Planted(
      "units:\n    csv: { files: \"${data}/hcl/uf.csv\", delimiter: \";\" }\n", "1️⃣units:\n",
      "no-source", hint: "`csv:"),
    Planted(
      "units:\n    csv:", "1️⃣units:\n    external: { command: [cat] }\n    csv:", "two-sources"),
    Planted(
      "patients:\n    csv: { files: \"${data}/hcl/patients.csv\", delimiter: \";\"",
      "1️⃣patients:\n    csv: { files: \"${data}/hcl/patients.csv\", delimiter: \"\\n\"",
      "line-end-as-delimiter"),
    Planted(
      "patients:\n    csv: { files: \"${data}/hcl/patients.csv\", delimiter: \";\"",
      "1️⃣patients:\n    csv: { files: \"${data}/hcl/patients.csv\", delimiter: '\"'",
      "same-delimiter-and-quote"),
    Planted("SEXE: text", "SEXE: text\n      1️⃣X: { text: {}, header: SEXE }", "duplicate-header"),
    Planted(
      "join: { stays: NUM_SEJOUR }", "join: { 1️⃣stayz: NUM_SEJOUR }", "unknown-table",
      hint: "`stays`"),
    Planted(
      "join: { stays: NUM_SEJOUR }", "join: { stays: NUM_SEJOUR, 1️⃣diagnoses: RANG }",
      "self-join"),
    Planted(
      "join: { stays: NUM_SEJOUR }", "join: { stays: { on: { 1️⃣NUMERO: NUM_SEJOUR } } }",
      "unknown-column", hint: "columns of `diagnoses`"),
    Planted(
      "join: { stays: NUM_SEJOUR }", "join: { stays: { on: { NUM_SEJOUR: 1️⃣NUM_SEJOURS } } }",
      "unknown-column", hint: "`NUM_SEJOUR`"),
    Planted(
      "join: { stays: NUM_SEJOUR }", "join: { stays: { on: { 1️⃣RANG: NUM_SEJOUR } } }",
      "join-type-mismatch"),
    Planted(
      "join: { stays: NUM_SEJOUR }", "join: { stays: { on: { 1️⃣NUM_SEJOUR: IPP } } }",
      "join-namespace-mismatch", hint: "`namespace`"),
    Planted(
      "derive: { CODE_NU: \"upper(trim(CODE))\" }",
      "derive: { 1️⃣TYPE: CODE, CODE_NU: \"upper(trim(CODE))\" }", "shadowed-column"),
    Planted(
      "derive: { CODE_NU: \"upper(trim(CODE))\" }",
      "derive: { 1️⃣CODE-NU: CODE, CODE_NU: \"upper(trim(CODE))\" }", "invalid-name"),
    Planted(
      "derive: { CODE_NU: \"upper(trim(CODE))\" }",
      "derive: { CODE_NU: \"upper(trim(1️⃣COD))\" }", "unknown-column", hint: "CODE"),
    Planted(
      "derive: { CODE_NU: \"upper(trim(CODE))\" }",
      "derive: { CODE_NU: \"1️⃣uper(CODE)\" }", "unknown-function", hint: "upper"),
    Planted("person: stays.IPP", "person: stays.1️⃣IP", "unknown-column", hint: "IPP"),
    Planted("person: stays.IPP", "person: 1️⃣CODE", "person-not-a-key", hint: "identifier"),
    Planted(
      "person: stays.IPP", "person: 1️⃣NUM_SEJOUR", "unknown-person-namespace",
      hint: "`hcl/IPP`"),
    Planted("    person: stays.IPP\n", "", "missing-person"),
    Planted(
      "    key: CODE\n    fields", "    person: 1️⃣CODE\n    key: CODE\n    fields",
      "unexpected-person"),
    Planted("    key: [NUM_SEJOUR]\n    columns", "    columns", "missing-row-key"),
    Planted("key: [NUM_SEJOUR, RANG]\n    visit", "key: 1️⃣'1'\n    visit", "constant-key"),
  ]

  static let bodies: [Planted] = [
    Planted("where: CODE is not null", "where: 1️⃣CODE", "type-mismatch"),
    Planted("where: CODE is not null", "where: CODE is not 1️⃣nul", "unexpected-token"),
    Planted(
      "where: CODE is not null", "where: 1️⃣DATE_ENTREE is null", "unqualified-column",
      hint: "stays.DATE_ENTREE"),
    Planted("prefer: POIDS desc", "prefer: 1️⃣CODE desc", "unorderable"),
    Planted("prefer: POIDS desc", "prefer: 1️⃣POID desc", "unknown-column", hint: "POIDS"),
    Planted("visit: { rule: stay,", "visit: { rule: 1️⃣stays,", "unknown-rule", hint: "`stay`"),
    Planted(
      "visit: { rule: stay,", "visit: { rule: 1️⃣unit,", "wrong-reference-table",
      hint: "`stay`"),
    Planted("visit: { rule: stay,", "visit: { rule: 1️⃣diagnosis,", "wrong-reference-table"),
    Planted(
      "visit: { rule: stay, key: NUM_SEJOUR }", "visit: { rule: stay, key: 1️⃣CODE }",
      "reference-key-mismatch", hint: "NUM_SEJOUR"),
    Planted(
      "visit: { rule: stay, key: NUM_SEJOUR }",
      "visit: { rule: stay, key: [1️⃣NUM_SEJOUR, RANG] }", "reference-key-mismatch"),
    Planted(
      "care_site_id: { rule: unit, key: CODE_UF }", "care_site_id: 1️⃣CODE_UF",
      "reference-needed", hint: "rule"),
    Planted(
      "care_site_id: { rule: unit, key: CODE_UF }", "care_site_id: { rule: 1️⃣person, key: IPP }",
      "wrong-reference-table", hint: "`unit`"),
    Planted(
      "visit_type_concept_id: 32817", "1️⃣visit_type_concept_id: { rule: unit, key: CODE_UF }",
      "unexpected-reference"),
    Planted(
      "into: care_site\n    from: units\n    key: CODE\n",
      "into: care_site\n    from: units\n    key: CODE\n    visit: { rule: 1️⃣stay, key: CODE }\n",
      "unexpected-visit"),
    Planted(
      "care_site_name: LIBELLE",
      "care_site_name: LIBELLE\n      location_id: { rule: 1️⃣unit, key: CODE }",
      "reference-cycle"),
    Planted("concept: { code: icd10_dotted(CODE_NU),", "concept: { code: 1️⃣RANG,", "type-mismatch"),
    Planted(
      "    concept: { code: icd10_dotted(CODE_NU), vocabulary: CIM10, default_domain: Condition }\n",
      "", "missing-concept"),
    Planted(
      "vocabulary: CIM10, default_domain", "vocabulary: 1️⃣CIM_10, default_domain",
      "unknown-vocabulary", hint: "`CIM10`"),
    Planted(
      "vocabulary: CIM10, default_domain", "vocabulary: CIM10, map: 1️⃣labs, default_domain",
      "unknown-mapping-file", hint: "`lab`"),
    Planted(
      "    concept: { code: icd10_dotted(CODE_NU), vocabulary: CIM10, default",
      "    1️⃣concept: { code: icd10_dotted(CODE_NU), default", "missing-key"),
    Planted(
      "default_domain: Condition", "default_domain: 1️⃣Conditions", "unknown-domain",
      hint: "`Condition`"),
    Planted(
      "    key: CODE\n    fields",
      "    key: CODE\n    1️⃣concept: { code: CODE, vocabulary: CIM10 }\n    fields",
      "unexpected-concept"),
    Planted(
      "status_concept_id: case", "1️⃣statut_concept_id: case", "unknown-field",
      hint: "`status_concept_id`"),
    Planted(
      "status_concept_id: case", "1️⃣condition_status_concept_id: case", "unknown-field",
      hint: "`status_concept_id`"),
    Planted(
      "care_site_name: LIBELLE", "1️⃣care_site_nam: LIBELLE", "unknown-field",
      hint: "`care_site_name`"),
    Planted(
      "care_site_name: LIBELLE", "care_site_name: LIBELLE\n      1️⃣care_site_id: 1",
      "engine-field", hint: "key"),
    Planted(
      "gender_source_value: SEXE", "gender_source_value: SEXE\n      1️⃣person_id: 1",
      "engine-field"),
    Planted("start_datetime: stays.DATE_ENTREE", "start_datetime: 1️⃣TYPE", "type-mismatch"),
    Planted(
      "start_datetime: stays.DATE_ENTREE",
      "start_datetime: stays.DATE_ENTREE\n      1️⃣concept_id: 0", "double-field"),
    Planted(
      "start_datetime: stays.DATE_ENTREE",
      "start_datetime: stays.DATE_ENTREE\n      value_as_number: 1️⃣TYPE", "type-mismatch"),
    Planted(
      "start_datetime: stays.DATE_ENTREE",
      "start_datetime: stays.DATE_ENTREE\n      value_source_value: 1️⃣stays.IPP", "identifier-leak"),
    Planted("care_site_name: LIBELLE", "care_site_name: 1️⃣RIEN", "unknown-column"),
    Planted("  - id: stay\n", "  - id: stay\n    truncate: [1️⃣visit_start_date]\n", "not-a-text"),
    Planted("  - id: stay\n", "  - id: stay\n    truncate: 1️⃣visit_source\n", "unknown-field"),
    Planted(
      "      start_datetime: stays.DATE_ENTREE\n", "", "missing-field",
      hint: "`start_datetime`"),
    Planted("      visit_type_concept_id: 32817\n", "", "missing-field", hint: "provenance"),
    Planted("      year_of_birth: extract(year from NAISSANCE)\n", "", "missing-field"),
    Planted("then 9201 else", "then 1️⃣9299 else", "unknown-concept"),
    Planted("then 9201 else", "then 1️⃣45 else", "non-standard-concept", hint: "201826"),
    Planted("then 9201 else", "then 1️⃣46 else", "invalid-concept"),
    Planted("then 9201 else 9202 end", "then 9201 else 1️⃣8507 end", "other-domain", hint: "Visit"),
    Planted("death_type_concept_id: 32817", "death_type_concept_id: 1️⃣3281", "unknown-concept"),
    Planted(
      "visit_concept_id: case when TYPE_SEJOUR = 'H' then 9201 else 9202 end",
      "visit_concept_id: map(TYPE_SEJOUR, 1️⃣'visit_types')", "unknown-value-map",
      hint: "visit_type"),
  ]

  static let tests: [Planted] = [
    Planted(
      "given:\n      patients:", "given:\n      1️⃣patient:", "unknown-table",
      hint: "`patients`"),
    Planted(
      "NAISSANCE: 01/02/1960", "1️⃣NAISANCE: 01/02/1960", "unknown-column",
      hint: "`NAISSANCE`"),
    Planted(
      "      condition_occurrence: [{", "      1️⃣condition_occurence: [{",
      "unknown-cdm-table", hint: "`condition_occurrence`"),
    Planted(
      "condition_concept_id: 2,", "1️⃣condition_concept: 2,", "unknown-field",
      hint: "condition_concept_id"),
    Planted("condition_concept_id: 2,", "condition_concept_id: 1️⃣two,", "wrong-value"),
    Planted("{ table: diagnoses,", "{ table: 1️⃣diagnosis,", "unknown-table", hint: "`diagnoses`"),
    Planted("rule: diagnosis,", "rule: 1️⃣diagnoses,", "unknown-rule", hint: "`diagnosis`"),
    Planted("rule: diagnosis,", "rule: 1️⃣stay,", "other-table"),
    Planted("row: 2,", "row: 1️⃣3,", "unknown-row", hint: nil),
    Planted("maps_to: [[1, 2]]", "maps_to: [[1, 1️⃣3]]", "unknown-concept"),
    Planted("concept_id: 2, concept_code", "concept_id: 1️⃣1, concept_code", "duplicate-id"),
  ]

  @Test(arguments: heads + bodies + tests + RowRuleTests.mistakes)
  func `finds a mistake`(_ planted: Planted) throws {
    let marked = try planted.marked(GoodProject.pipeline, file: "pipelines/p.yaml")
    let checking = try Checking(pipeline: marked.text)
    let found = checking.diagnostics.all.filter { $0.code == planted.code }
    try #require(!found.isEmpty, "\(checking.said)")
    if let mark = marked.marks[1] {
      #expect(found.contains { $0.position == mark }, "\(checking.said)")
    }
    if let hint = planted.hint {
      #expect(found.contains { $0.hint?.contains(hint) == true }, "\(found)")
    }
    for diagnostic in checking.diagnostics.all {
      #expect(!diagnostic.message.hasSuffix("."))
      #expect(diagnostic.code.allSatisfy { $0 == "-" || $0.isLowercase || $0.isNumber })
    }
  }

  /// One mistake is one diagnostic: what depends on it is left in peace.
  @Test(arguments: [
    "into: care_site\n→into: care_sites\n",
    "join: { stays: NUM_SEJOUR }→join: { stayz: NUM_SEJOUR }",
    "derive: { CODE_NU: \"upper(trim(CODE))\" }→derive: { CODE_NU: \"upper(trim(COD))\" }",
    "DATE_ENTREE: { timestamp: dd/MM/yyyy HH:mm }→DATE_ENTREE: { timestamp: jj/MM/yyyy HH:mm }",
    "NUM_SEJOUR: local_key\n      IPP→NUM_SEJOUR: local_kee\n      IPP",
    "key: [IPP]\n    columns:\n      IPP: identifier→key: [IPP]\n    columns:\n      IPP: identifer",
    "from: units→from: unitz",
  ])
  func `tells one mistake once`(_ change: String) throws {
    let parts = change.split(separator: "→").map(String.init)
    let pipeline = GoodProject.pipeline.replacing(parts[0], with: parts[1])
    #expect(pipeline != GoodProject.pipeline)
    let checking = try Checking(pipeline: pipeline)
    #expect(checking.diagnostics.errorCount == 1, "\(checking.said)")
  }

  @Test func `tells all mistakes at once, each in its place`() throws {
    let marked = MarkedText(
      GoodProject.pipeline
        .replacing("SEXE: text", with: "SEXE: 1️⃣txt")
        .replacing("into: care_site", with: "into: 2️⃣care_sit")
        .replacing("where: CODE is not null", with: "where: 3️⃣COD is not null and 4️⃣RANK > 1")
        .replacing("visit: { rule: stay,", with: "visit: { rule: 5️⃣sta,")
        .replacing("then 9201 else", with: "then 6️⃣9299 else")
        .replacing("condition_concept_id: 2,", with: "7️⃣condition_concept_idd: 2,"),
      file: "pipelines/p.yaml")
    func place(_ mark: Int) -> String { marked.marks[mark]?.description ?? "" }
    let checking = try Checking(pipeline: marked.text)
    #expect(
      checking.said == [
        "unknown-type \(place(1))", "unknown-cdm-table \(place(2))",
        "unknown-concept \(place(6))", "unknown-column \(place(3))",
        "unknown-column \(place(4))", "unknown-rule \(place(5))",
        "unknown-field \(place(7))",
      ])
  }

  @Test func `tells rules with one id and rules that refer to one another`() throws {
    let pipeline = GoodProject.pipeline
      .replacing("  - id: death\n", with: "  - id: person\n")
      .replacing("  - id: unit\n", with: "  - id: unit\n    was: stay\n")
    #expect(
      try Checking(pipeline: pipeline).diagnostics.all.map(\.code) == [
        "duplicate-id", "duplicate-id",
      ])
  }

  @Test func `warns of tables and notes columns that no rule uses`() throws {
    let pipeline = GoodProject.pipeline
      .replacing(
        "  stays:\n    csv",
        with: "  acts:\n    csv: { files: a.csv }\n    columns: { A: text }\n  stays:\n    csv"
      )
      .replacing("LIBELLE: text", with: "LIBELLE: text\n      AUTRE: text")
    let checking = try Checking(pipeline: pipeline)
    #expect(
      checking.diagnostics.sorted.map { "\($0.severity) \($0.code) \($0.message)" } == [
        "warning unused-table no rule reads the table `acts`",
        "note unused-column no rule reads the column `AUTRE`",
      ])
  }

  @Test func `checks the rows of the mapping files that rules use`() throws {
    let pipeline = GoodProject.pipeline
      .replacing(
        "case when TYPE_SEJOUR = 'H' then 9201 else 9202 end",
        with: "map(TYPE_SEJOUR, 'visit_type')"
      )
      .replacing("vocabulary: CIM10, default", with: "vocabulary: CIM10, map: lab, default")
    #expect(try Checking(pipeline: pipeline).said == [])
    let checking = try Checking(
      pipeline: pipeline,
      mappings: [
        "visit_type": "source,concept_id\nH,9299\nC,8507\nC,9202\n",
        "lab": "source_code,target_concept_id\nGLU,45\n", "unused": "nonsense",
      ])
    let said = checking.diagnostics.sorted.map {
      "\($0.severity) \($0.code) \($0.position?.line ?? 0)"
    }
    #expect(
      said.sorted() == [
        "error contradictory-code 4", "error non-standard-concept 2", "error unknown-concept 2",
        "warning other-domain 3",
      ])
  }

  @Test func `warns when no rule makes persons`() throws {
    let start = try #require(GoodProject.pipeline.firstRange(of: "  - id: person\n"))
    let end = try #require(GoodProject.pipeline.firstRange(of: "  - id: death\n"))
    var pipeline = GoodProject.pipeline
    pipeline.removeSubrange(start.lowerBound..<end.lowerBound)
    let checking = try Checking(pipeline: pipeline)
    #expect(checking.diagnostics.all.contains { $0.code == "no-person-rule" })
    #expect(!checking.diagnostics.hasErrors)
  }

  @Test(arguments: ["csv:cdm", "csv+gzip:/srv/cdm/", "sqlite:cdm.sqlite"])
  func `knows the targets`(target: String) throws {
    let checking = try Checking(
      project: GoodProject.project.replacing("sqlite:emc2.sqlite", with: target))
    #expect(checking.said == [])
  }

  @Test func `refuses a target and an abbreviation that cannot be`() throws {
    let checking = try Checking(
      project: GoodProject.project.replacing("sqlite:", with: "oracle:")
        .replacing("abbreviation: EMC2", with: "abbreviation: \(String(repeating: "E", count: 26))")
    )
    #expect(checking.diagnostics.all.map(\.code) == ["unknown-target", "text-too-long"])
  }

  @Test(arguments: [
    ReasonCode.joinUnmatched, .personMissing, .personUnknown, .keyMissing, .requiredMissing,
    .parentQuarantined, .referenceAmbiguous, .conflictingRows, .personTooLarge,
    .noObservationPeriod,
  ])
  func `a test may expect every reason for which a row is refused`(reason: ReasonCode) throws {
    let pipeline = GoodProject.pipeline.replacing(
      "reason: required_missing", with: "reason: \(reason)")
    #expect(try Checking(pipeline: pipeline).said == [])
  }

  @Test func `drug eras without any ingredient are told`() throws {
    let checking = try Checking(
      project: GoodProject.project + "\nderive: { condition_era: {}, drug_era: { gap: 10 } }\n")
    #expect(checking.diagnostics.all.map(\.code) == ["no-ingredients"])
    #expect(checking.checked?.definition.conditionEraGap?.value == 30)
    #expect(checking.checked?.definition.drugEraGap?.value == 10)
  }

  @Test func `says nothing of mapping files when their folder could not be read`() throws {
    let pipeline = GoodProject.pipeline
      .replacing(
        "case when TYPE_SEJOUR = 'H' then 9201 else 9202 end",
        with: "map(TYPE_SEJOUR, 'visit_type')"
      )
      .replacing("vocabulary: CIM10, default", with: "vocabulary: CIM10, map: lab, default")
    func said(_ project: String) throws -> Set<String> {
      let definition = try #require(Loading(project: project, pipeline: pipeline).project)
      var checker = ProjectChecker(definition, asOf: 0)
      _ = checker.check()
      return Set(checker.diagnostics.all.map(\.code))
    }
    #expect(try said(GoodProject.project) == [])
    #expect(
      try said(GoodProject.project.replacing("mappings: ../mappings\n", with: ""))
        == ["unknown-mapping-file", "unknown-value-map"])
  }
}
