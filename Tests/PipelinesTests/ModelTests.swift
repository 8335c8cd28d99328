import Diagnostics
import Extract
import Testing

@testable import Pipelines

struct ModelTests {
  private func pipeline(_ text: String = GoodProject.pipeline) throws -> PipelineDefinition {
    try #require(Loading(pipeline: text).project?.pipelines.first)
  }

  private func columns(_ lines: String) throws -> [ColumnDefinition] {
    let text = """
      language: 1
      pipeline: p
      source: { name: n }
      extract:
        t:
          csv: { files: t.csv }
          columns:
      \(lines.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
      transform: []
      """
    let loading = Loading(pipeline: text)
    #expect(loading.said == [])
    return try #require(loading.project?.pipelines.first?.tables.first?.columns)
  }

  @Test(arguments: [
    ("T: text", ColumnKind.text), ("T: { text: {} }", .text), ("T: { text: }", .text),
    ("T: integer", .integer), ("T: decimal", .decimal(scale: 6, mark: 46)),
    ("T: { decimal: { scale: 2, mark: \",\" } }", .decimal(scale: 2, mark: 44)),
    ("T: identifier", .identifier(namespace: "p/T")),
    ("T: { identifier: { namespace: ipp }, header: X }", .identifier(namespace: "ipp")),
    ("T: { local_key: {}, header: X }", .localKey(namespace: "p/T")),
    ("T: boolean", .boolean(true: ["true", "1"], false: ["false", "0"])),
    ("T: { boolean: { true: [O, OUI], false: N } }", .boolean(true: ["O", "OUI"], false: ["N"])),
  ])
  func `reads the types of columns`(_ line: String, _ kind: ColumnKind) throws {
    #expect(try columns(line).map(\.type) == [kind])
  }

  @Test(arguments: [
    ("T: date", "yyyy-MM-dd"), ("T: { date: dd/MM/yy }", "dd/MM/yy"),
    ("T: timestamp", "yyyy-MM-dd HH:mm:ss"),
    ("T: { timestamp: yyyy-MM-ddTHH:mm:ss.SSSZ }", "yyyy-MM-ddTHH:mm:ss.SSSZ"),
    ("T: partial_date", "yyyy-MM-dd"), ("T: { partial_date: MM/yyyy }", "MM/yyyy"),
  ])
  func `reads the patterns of dates`(_ line: String, _ text: String) throws {
    switch try columns(line).first?.type {
    case .date(let pattern), .timestamp(let pattern), .partialDate(let pattern):
      #expect(pattern.text == text)
    default: Issue.record("not a type with a pattern")
    }
  }

  @Test func `cuts a pattern into its elements`() {
    var mistakes: [DatePattern.Mistake] = []
    let pattern = DatePattern("dd/MM/yyyyTHH:mm", mistakes: &mistakes)
    #expect(mistakes.isEmpty)
    #expect(
      pattern.elements == [
        .day, .literal("/"), .month, .literal("/"), .year, .literal("T"), .hour, .literal(":"),
        .minute,
      ])
  }

  @Test func `reads the options of a column`() throws {
    let all = try columns(
      """
      A: { text: {}, on_error: reject, optional: true, nulls: ["?", ~], header: CODE POSTAL }
      B: { date: dd/MM/yyyy, sentinels: 01/01/1600 }
      """)
    #expect(all[0].rejectsRecord && all[0].isOptional)
    #expect(all[0].nulls == ["?", ""] && all[0].header == "CODE POSTAL")
    #expect(!all[1].rejectsRecord && !all[1].isOptional && all[1].nulls == nil)
    #expect(all[1].sentinels == ["01/01/1600"] && all[1].header == "B")
  }

  @Test func `reads csv files with their defaults`() throws {
    let tables = try pipeline().tables
    #expect(tables.map(\.name.value) == ["patients", "stays", "units", "diagnoses"])
    #expect(tables[0].csv.encoding == .windows1252 && tables[0].csv.delimiter == 59)
    #expect(tables[0].csv.nulls == [""] && tables[1].csv.nulls == ["", "NULL"])
    #expect(tables[1].csv.encoding == .utf8 && tables[1].csv.hasHeader)
    #expect(tables[1].csv.quote == 34 && tables[1].csv.maximumRecordBytes == 1_048_576)
    #expect(tables[2].key.map(\.value) == ["CODE"])
  }

  @Test(arguments: CSVEncoding.allCases)
  func `reads every encoding`(encoding: CSVEncoding) throws {
    let text = GoodProject.pipeline.replacing(
      "encoding: windows-1252", with: "encoding: \(encoding.rawValue)")
    #expect(try pipeline(text).tables[0].csv.encoding == encoding)
  }

  @Test func `reads whether quotes are data`() throws {
    for (quoting, quote) in [("standard", UInt8(34)), ("none", nil)] {
      let text = GoodProject.pipeline.replacing(
        "encoding: windows-1252", with: "quoting: \(quoting)")
      #expect(try pipeline(text).tables[0].csv.quote == quote)
    }
  }

  @Test func `reads rules with their places`() throws {
    let rule = try #require(pipeline().rule("diagnosis"))
    #expect(rule.into.value == "event" && rule.from.value == "diagnoses")
    #expect(rule.joins.map(\.table.value) == ["stays"])
    #expect(rule.joins[0].isRequired)
    #expect(rule.joins[0].columns.map(\.mine.value) == ["NUM_SEJOUR"])
    #expect(rule.derived.map(\.name.value) == ["CODE_NU"])
    #expect(rule.key.map(\.text) == ["NUM_SEJOUR", "RANG"])
    #expect(rule.prefer?.expression.text == "POIDS" && rule.prefer?.isDescending == true)
    #expect(rule.concept?.vocabulary?.value == "CIM10")
    #expect(rule.visit?.rule.value == "stay")
    #expect(rule.fields.map(\.name.value).count == 3)
    let lines = GoodProject.pipeline.split(separator: "\n", omittingEmptySubsequences: false)
    let derived = rule.derived[0].expression.position
    #expect(lines[derived.line - 1].dropFirst(derived.column - 1).hasPrefix("upper(trim"))
  }

  @Test(arguments: [
    ("{ stays: NUM_SEJOUR }", ["NUM_SEJOUR=NUM_SEJOUR"], true),
    ("{ stays: [A, B] }", ["A=A", "B=B"], true),
    ("{ stays: { on: A } }", ["A=A"], true),
    ("{ stays: { on: { A: B, C: D }, required: false } }", ["A=B", "C=D"], false),
  ])
  func `reads joins in all their forms`(
    _ text: String, _ pairs: [String], _ isRequired: Bool
  ) throws {
    let join = try #require(
      pipeline(GoodProject.pipeline.replacing("{ stays: NUM_SEJOUR }", with: text))
        .rule("diagnosis")?.joins.first)
    #expect(join.columns.map { "\($0.mine.value)=\($0.theirs.value)" } == pairs)
    #expect(join.isRequired == isRequired)
  }

  @Test(arguments: [
    ("A", "A", false), ("A desc", "A", true), ("A  ASC", "A", false),
    ("coalesce(A, B) Desc", "coalesce(A, B)", true), ("Adesc", "Adesc", false),
    ("desc", "desc", false),
  ])
  func `reads orders`(_ text: String, _ expression: String, _ isDescending: Bool) throws {
    let order = try #require(
      pipeline(GoodProject.pipeline.replacing("prefer: POIDS desc", with: "prefer: \(text)"))
        .rule("diagnosis")?.prefer)
    #expect(order.expression.text == expression && order.isDescending == isDescending)
  }

  @Test func `reads tests`() throws {
    let test = try #require(pipeline().tests.first)
    #expect(test.given.map(\.table.value) == ["patients", "stays", "diagnoses"])
    #expect(test.given[2].rows[1].map(\.text.value) == ["S1", "2", ""])
    #expect(test.expected.map(\.table.value) == ["condition_occurrence"])
    #expect(test.expected[0].rows[0].map(\.text.value) == ["E11.9", "2", nil])
    #expect(test.quarantine?.map(\.reason.value) == ["required_missing"])
    #expect(test.vocabulary?.concepts.map(\.name) == ["E11.9", "Diabetes"])
    #expect(test.vocabulary?.mapsTo.map(\.target.value) == [2])
    #expect(test.vocabulary?.mapsToValue.isEmpty == true)
  }

  @Test func `makes paths relative to the file in which they stand`() throws {
    let project = try #require(Loading().project)
    #expect(project.vocabulary?.value == "pipelines/../sample-data/vocabulary")
    #expect(project.mappings?.value == "pipelines/../mappings")
    #expect(project.target?.value == "sqlite:emc2.sqlite")
    #expect(
      project.pipelines[0].tables[0].csv.files.map(\.value)
        == ["pipelines/../sample-data/hcl/patients.csv"])
  }

  @Test func `makes paths of --set relative to the working directory`() throws {
    let relative = try #require(Loading(overrides: [("data", "a"), ("data", "in")]).project)
    #expect(relative.vocabulary?.value == "in/vocabulary")
    #expect(relative.key?.value == "in/demo.key")
    let absolute = try #require(Loading(overrides: [("data", "/srv/in")]).project)
    #expect(absolute.vocabulary?.value == "/srv/in/vocabulary")
  }
}
