import CommonDataModel
import Diagnostics
import Expressions
import Testing

@testable import Pipelines

struct CheckedRuleTests {
  private func rule(_ id: String, _ pipeline: String = GoodProject.pipeline) throws -> CheckedRule {
    let checking = try Checking(pipeline: pipeline)
    #expect(!checking.diagnostics.hasErrors, "\(checking.said)")
    return try #require(checking.checked?.pipelines.first?.rule(id))
  }

  @Test func `holds everything of a rule compiled`() throws {
    let rule = try rule("diagnosis")
    #expect(rule.target == .event && rule.table.name.value == "diagnoses")
    #expect(rule.joins.map(\.table.name.value) == ["stays"])
    #expect(rule.joins[0].keys.map(\.theirs) == ["NUM_SEJOUR"])
    #expect(rule.joins[0].keys.map(\.mine) == [Input(table: "diagnoses", column: "NUM_SEJOUR")])
    #expect(rule.filter?.compiled.type == .boolean)
    #expect(rule.derived.map(\.name) == ["CODE_NU"])
    #expect(rule.person?.compiled.type == .identifier(namespace: "hcl/IPP"))
    #expect(
      rule.key.map(\.compiled.type) == [.localKey(namespace: "hcl/NUM_SEJOUR"), .integer])
    #expect(rule.visit?.rule == "stay" && rule.visit?.table?.name == "visit_occurrence")
    #expect(rule.prefer?.isDescending == true)
    #expect(rule.concept?.vocabulary == "CIM10" && rule.concept?.defaultDomain == "Condition")
    #expect(rule.fields.map(\.name) == ["start_datetime", "type_concept_id", "status_concept_id"])
  }

  @Test func `takes the key of the table when the rule has none`() throws {
    let rule = try rule("stay")
    #expect(rule.key.map { $0.compiled.columnReference?.column } == ["NUM_SEJOUR"])
    guard case .reference(let unit)? = rule.fields.last?.value else {
      Issue.record("care_site_id is a reference")
      return
    }
    #expect(unit.rule == "unit" && unit.table?.name == "care_site")
  }

  @Test func `takes the person as the key of persons and deaths`() throws {
    let pipeline = GoodProject.pipeline.replacing(
      "    key: [IPP]\n    columns", with: "    columns")
    let rule = try rule("death", pipeline)
    #expect(rule.key.map { $0.compiled.columnReference?.column } == ["IPP"])
  }

  @Test func `tells which columns are read, and in which form`() throws {
    let pipeline = GoodProject.pipeline
      .replacing("SEXE: text", with: "SEXE: text\n      CP: identifier")
      .replacing("gender_source_value: SEXE", with: "gender_source_value: department(CP)")
    let inputs = try rule("person", pipeline).inputs
    #expect(inputs.contains(Input(table: "patients", column: "CP", form: .raw)))
    #expect(!inputs.contains(Input(table: "patients", column: "CP")))
    #expect(inputs.contains(Input(table: "patients", column: "IPP")))
    let read = try rule("diagnosis").inputs
    #expect(Set(read).count == read.count)
    #expect(
      Set(read) == [
        Input(table: "diagnoses", column: "NUM_SEJOUR"),
        Input(table: "stays", column: "NUM_SEJOUR"), Input(table: "diagnoses", column: "CODE"),
        Input(table: "stays", column: "IPP"), Input(table: "diagnoses", column: "RANG"),
        Input(table: "diagnoses", column: "POIDS"), Input(table: "stays", column: "DATE_ENTREE"),
        Input(table: "diagnoses", column: "TYPE"),
      ])
  }

  @Test func `points into folded and quoted expressions`() throws {
    let marked = MarkedText(
      GoodProject.pipeline.replacing(
        "where: CODE is not null",
        with: "where: >-\n      CODE is not null\n        and 1️⃣COD = 'x'"
      ).replacing(
        "status_concept_id: case when TYPE = 'DP' then 32902 else 32908 end",
        with: "status_concept_id: 'case when 2️⃣TIPE = ''DP'' then 32902 else 3️⃣RANK end'"),
      file: "pipelines/p.yaml")
    let checking = try Checking(pipeline: marked.text)
    let places = checking.diagnostics.sorted.map(\.position)
    #expect(places == [marked.marks[1], marked.marks[2], marked.marks[3]], "\(checking.said)")
  }

  /// Whatever is cut out of a pipeline or doubled, checking ends with diagnostics and not with a
  /// trap.
  @Test(arguments: 0..<150)
  func `survives pipelines with pieces cut out or doubled`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var text = Array(GoodProject.pipeline)
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let start = Int.random(in: 0..<text.count, using: &generator)
      let end = min(text.count, start + Int.random(in: 1...40, using: &generator))
      let piece = Array(text[start..<end])
      if Bool.random(using: &generator) {
        text.removeSubrange(start..<end)
      } else {
        text.insert(contentsOf: piece, at: Int.random(in: 0...text.count, using: &generator))
      }
    }
    let checking = try Checking(pipeline: String(text))
    for diagnostic in checking.diagnostics.all {
      if let position = diagnostic.position { #expect(position.line >= 1 && position.column >= 1) }
    }
    let count = checking.checked?.pipelines.first?.definition.rules.count ?? 0
    if !checking.diagnostics.hasErrors {
      #expect(checking.checked?.pipelines.first?.rules.count == count)
    }
  }
}
