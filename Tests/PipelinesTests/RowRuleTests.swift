import Diagnostics
import Testing

@testable import Pipelines

/// Mistakes in what brings rows together: groups, windows, unpivoted columns, several tables.
struct RowRuleTests {
  /// A rule over stays, in the place of the good project's rule `stay`.
  private static func planted(
    _ change: String, _ code: String, hint: String? = nil
  ) -> Planted {
    Planted(
      "from: stays\n    person: IPP\n    fields:\n      visit_concept_id:",
      "from: stays\n    \(change)\n    person: IPP\n    fields:\n      visit_concept_id:", code,
      hint: hint)
  }

  static let mistakes: [Planted] = [
    planted("group: { by: [IPP, 1️⃣upper(CODE_UF)] }", "group-key-not-a-name", hint: "`derive:`"),
    planted("group: { by: [IPP], values: { N: 1️⃣CODE_UF } }", "unknown-function", hint: "sum"),
    planted("group: { by: [IPP], values: { N: 1️⃣summ(1) } }", "unknown-function", hint: "`sum`"),
    planted("group: { by: [IPP], values: { N: 1️⃣lag(CODE_UF) } }", "unknown-function"),
    planted("group: { by: [IPP], values: { N: 1️⃣first(CODE_UF) } }", "order-needed"),
    planted("group: { by: [IPP], values: { N: 1️⃣sum(CODE_UF) } }", "not-a-number"),
    planted("group: { by: [IPP], values: { N: 1️⃣sum() } }", "wrong-argument-count"),
    planted("group: { by: [IPP], values: { 1️⃣CODE_UF: count() } }", "shadowed-column"),
    planted("group: { by: [IPP], values: { N: min(1️⃣CODE_UFF) } }", "unknown-column"),
    planted(
      "window: { by: IPP, order: [DATE_ENTREE], values: { N: 1️⃣row_number(IPP) } }",
      "wrong-argument-count"),
    planted(
      "group: { by: [IPP] }\n    1️⃣window: { by: IPP, order: [IPP], values: { N: row_number() } }",
      "double-group"),
    planted("unpivot: { columns: [TYPE_SEJOUR, 1️⃣CODE], value: V }", "unknown-column"),
    planted(
      "unpivot: { columns: [TYPE_SEJOUR, 1️⃣DATE_ENTREE], value: V }", "unpivot-type-mismatch"),
    planted(
      "unpivot: { columns: [TYPE_SEJOUR, CODE_UF], value: 1️⃣IPP }", "shadowed-column"),
    Planted("from: units", "from: [units, 1️⃣unit]", "unknown-table", hint: "`units`"),
    Planted("from: units", "from: [units, 1️⃣units]", "double-table"),
    Planted("from: units", "from: [units, 1️⃣patients]", "union-missing-column", hint: "`header:`"),
    Planted(
      "gender_source_value: SEXE", "1️⃣gender_source_value: { rule: unit }", "incomplete-value"),
    Planted(
      "gender_source_value: SEXE", "1️⃣gender_source_value: { code: SEXE, vocabulary: CIM10 }",
      "unexpected-concept"),
  ]

  @Test func `tables read alike have their columns of one type`() throws {
    let pipeline = GoodProject.pipeline
      .replacing("from: units", with: "from: [units, patients]")
      .replacing("SEXE: text", with: "SEXE: text\n      CODE: integer\n      LIBELLE: text")
    #expect(try Checking(pipeline: pipeline).diagnostics.all.map(\.code) == ["union-type-mismatch"])
  }

  /// The text of an identifier does not wait with the rows of a group.
  @Test(arguments: [
    "group: { by: [IPP, CP], values: { DAY: min(DATE_ENTREE), N: count() } }",
    "window: { by: IPP, order: [DATE_ENTREE], values: { DAY: lag(DATE_ENTREE), N: row_number() } }",
  ])
  func `what is told of an identifier is told before rows are grouped`(_ group: String) throws {
    let columns = GoodProject.pipeline.replacing(
      "TYPE_SEJOUR: text\n", with: "TYPE_SEJOUR: text\n      CP: identifier\n")
    func codes(_ group: String, _ place: String) throws -> [(code: String, hint: String?)] {
      let rule = """
        transform:
          - id: place
            into: observation
            from: stays
            derive: { PLACE: department(CP) }
            \(group)
            person: IPP
            key: [IPP, N]
            fields:
              observation_concept_id: 0
              observation_date: cast(DAY as date)
              observation_type_concept_id: 32817
              value_as_string: \(place)

        """
      return try Checking(pipeline: columns.replacing("transform:\n", with: rule))
        .diagnostics.all.filter { $0.severity == .error }.map { ($0.code, $0.hint) }
    }
    let late = try codes(group, "department(CP)")
    #expect(late.map(\.code) == ["raw-after-group"])
    #expect(late.first?.hint?.contains("`derive:`") == true)
    #expect(try codes(group.replacing("CP]", with: "PLACE]"), "PLACE").isEmpty)
  }
}
