import Diagnostics
import Testing

@testable import Pipelines

struct ShapeTests {
  @Test func `says nothing about a good project`() {
    #expect(Loading().said == [])
  }

  static let pipelineMistakes: [Planted] = [
    Planted("pipeline: hcl", "pipeline: 1️⃣3hcl", "invalid-name"),
    Planted("language: 1", "language: 1️⃣2", "unknown-language", hint: "allowed: 1"),
    Planted("language: 1\n", "1️⃣", "missing-key", hint: "version"),
    Planted("delivered: 2024-03-01", "delivered: 1️⃣2024-13-01", "wrong-kind"),
    Planted("delivered: 2024-03-01", "1️⃣delivred: 2024-03-01", "unknown-key", hint: "`delivered`"),
    Planted("csv: { files: \"${data}/hcl/uf.csv\",", "1️⃣csv: {", "missing-key", hint: "path"),
    Planted(
      "encoding: windows-1252", "encoding: 1️⃣window-1252", "unknown-encoding",
      hint: "`windows-1252`"),
    Planted(
      "encoding: windows-1252", "quoting: 1️⃣off", "unknown-quoting", hint: "standard, none"),
    Planted(
      "encoding: windows-1252", "quoting: none, quote: 1️⃣x", "quote-without-quoting",
      hint: "quotes are data"),
    Planted("delivery: full", "delivery: 1️⃣fulll", "unknown-delivery", hint: "`full`"),
    Planted("key: [IPP]", "key: 1️⃣{ IPP: 1 }", "wrong-kind"),
    Planted("SEXE: text", "SEXE: 1️⃣txt", "unknown-type", hint: "`text`"),
    Planted(
      "NAISSANCE: { date: dd/MM/yyyy,", "NAISSANCE: { date: 1️⃣jj/MM/yyyy,",
      "unknown-date-letter", hint: "`dd`"),
    Planted(
      "NAISSANCE: { date: dd/MM/yyyy,", "NAISSANCE: { date: \"dd/MM/1️⃣YYYY\",",
      "unknown-date-letter", hint: "`yyyy`"),
    Planted(
      "NAISSANCE: { date: dd/MM/yyyy,", "NAISSANCE: { date: dd/MM/1️⃣dd,",
      "repeated-date-letter"),
    Planted(
      "NAISSANCE: { date: dd/MM/yyyy,", "NAISSANCE: { date: 1️⃣MM/yyyy,",
      "unfit-date-pattern"),
    Planted(
      "NAISSANCE: { date: dd/MM/yyyy,", "NAISSANCE: { date: 1️⃣dd/MM/yyyy HH:mm,",
      "unfit-date-pattern", hint: "`timestamp`"),
    Planted("NAISSANCE: { date: dd/MM/yyyy, ", "1️⃣NAISSANCE: { ", "missing-type", hint: "integer"),
    Planted(
      "NAISSANCE: { date: dd/MM/yyyy,", "NAISSANCE: { 1️⃣dat: dd/MM/yyyy,", "unknown-key",
      hint: "`date`"),
    Planted("{ decimal: { scale: 2,", "{ decimal: { scale: 1️⃣19,", "out-of-range"),
    Planted("{ decimal: { scale: 2,", "{ decimal: { scale: 1️⃣two,", "wrong-kind"),
    Planted("mark: \",\"", "mark: 1️⃣\";\"", "unknown-decimal-mark"),
    Planted("RANG: integer", "RANG: { integer: {}, 1️⃣text: {} }", "two-types"),
    Planted(
      "RANG: integer", "RANG: { integer: {}, on_error: 1️⃣rejct }", "unknown-on-error",
      hint: "`reject`"),
    Planted("RANG: integer", "RANG: { integer: {}, optional: 1️⃣yes }", "wrong-kind"),
    Planted("RANG: integer", "RANG: 1️⃣[integer]", "wrong-kind"),
    Planted(
      "RANG: integer", "RANG: { boolean: { true: [O], false: [N, 1️⃣O] } }",
      "ambiguous-boolean"),
    Planted("RANG: integer", "RANG: integer\n      1️⃣RANG: text", "duplicate-key"),
    Planted(
      "\"${data}/hcl/uf.csv\"", "\"1️⃣${dta}/hcl/uf.csv\"", "unknown-parameter",
      hint: "`data`"),
    Planted("  units:\n", "  1️⃣unités:\n", "invalid-name"),
    Planted("from: units", "1️⃣form: units", "unknown-key", hint: "`from`"),
    Planted("into: care_site", "1️⃣int: care_site", "unknown-key", hint: "`into`"),
    Planted("id: unit\n", "id: 1️⃣[unit]\n", "wrong-kind"),
    Planted("where: CODE is not null", "where: 1️⃣''", "wrong-kind"),
    Planted(
      "visit: { rule: stay, key: NUM_SEJOUR }", "1️⃣visit: { rule: stay }", "missing-key",
      hint: "source key"),
    Planted(
      "visit: { rule: stay, key: NUM_SEJOUR }", "visit: 1️⃣stay", "wrong-kind",
      hint: "rule, key"),
    Planted(
      "derive: { CODE_NU: \"upper(trim(CODE))\" }", "derive: 1️⃣upper(trim(CODE))",
      "wrong-kind"),
    Planted(
      "type_concept_id: 32817\n      status", "type_concept_id: 1️⃣[32817]\n      status",
      "wrong-kind"),
    Planted(
      "join: { stays: NUM_SEJOUR }", "join: { stays: { on: NUM_SEJOUR, 1️⃣require: false } }",
      "unknown-key", hint: "`required`"),
    Planted("maps_to: [[1, 2]]", "maps_to: [1️⃣[1, 2, 3]]", "wrong-kind"),
    Planted("standard_concept: S", "standard_concept: 1️⃣X", "unknown-standard-concept"),
    Planted(
      "reason: required_missing", "reason: 1️⃣required_mising", "unknown-reason",
      hint: "`required_missing`"),
    Planted("row: 2", "row: 1️⃣0", "out-of-range"),
  ]

  @Test(arguments: pipelineMistakes)
  func `finds a mistake in a pipeline`(_ planted: Planted) throws {
    let marked = try planted.marked(GoodProject.pipeline, file: "pipelines/p.yaml")
    let loading = Loading(pipeline: marked.text)
    let found = loading.diagnostics.all.filter { $0.code == planted.code }
    try #require(found.count == 1, "\(loading.said)")
    #expect(found[0].position == marked.marks[1])
    if let hint = planted.hint { #expect(found[0].hint?.contains(hint) == true, "\(found[0])") }
  }

  static let projectMistakes: [Planted] = [
    Planted("project: emc2\n", "project: 1️⃣[emc2]\n", "wrong-kind"),
    Planted("key: ${data}/demo.key\n", "ky: x\n", "missing-key"),
    Planted("${data}/vocabulary", "1️⃣${data/vocabulary", "unknown-parameter"),
    Planted("${data}/vocabulary", "1️⃣${}/vocabulary", "unknown-parameter"),
    Planted("[p.yaml]", "[p.yaml, 1️⃣q.yaml]", "unreadable-file"),
    Planted("[p.yaml]", "[p.yaml, 1️⃣p.yaml]", "duplicate-pipeline"),
    Planted("target: sqlite:emc2.sqlite", "1️⃣tarjet: x", "unknown-key", hint: "`target`"),
    Planted("holder: Hospices civils de Lyon", "1️⃣holde: HCL", "unknown-key", hint: "`holder`"),
  ]

  @Test(arguments: projectMistakes)
  func `finds a mistake in a project`(_ planted: Planted) throws {
    let marked = try planted.marked(GoodProject.project, file: "pipelines/emc2.yaml")
    let loading = Loading(project: marked.text)
    let found = loading.diagnostics.all.filter { $0.code == planted.code }
    try #require(found.count == 1, "\(loading.said)")
    if let mark = marked.marks[1] { #expect(found[0].position == mark) }
    if let hint = planted.hint { #expect(found[0].hint?.contains(hint) == true, "\(found[0])") }
  }

  @Test func `tells all mistakes of all files at once`() {
    let project = GoodProject.project.replacing("target:", with: "tarjet:")
    let pipeline = GoodProject.pipeline
      .replacing("encoding: windows-1252", with: "encoding: latin9")
      .replacing("SEXE: text", with: "SEXE: txt")
      .replacing("into: care_site", with: "int: care_site")
      .replacing("RANG: integer", with: "RANG: integer\n      RANG: text")
    let codes = Set(Loading(project: project, pipeline: pipeline).diagnostics.all.map(\.code))
    #expect(
      codes.isSuperset(of: [
        "unknown-key", "unknown-encoding", "unknown-type", "missing-key", "duplicate-key",
      ]))
  }

  @Test func `refuses a pipeline in place of a project`() {
    let loading = Loading(project: GoodProject.pipeline)
    #expect(loading.project == nil)
    #expect(loading.said == ["not-a-project pipelines/emc2.yaml:1:1"])
  }

  @Test func `refuses a value of --set without a parameter`() {
    let loading = Loading(overrides: [("dta", "/tmp")])
    #expect(loading.said == ["unknown-parameter nowhere"])
    #expect(loading.diagnostics.all[0].hint?.contains("`data`") == true)
  }
}
