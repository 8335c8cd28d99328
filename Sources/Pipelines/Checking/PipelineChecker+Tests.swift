import CommonDataModel
import Diagnostics

extension PipelineChecker {
  /// `unknown-table`, `unknown-column`, `unknown-cdm-table`, `unknown-field`, `unknown-rule`,
  /// `unknown-row`, `unknown-concept`, `other-table`, `wrong-value`.
  mutating func check(_ test: TestDefinition) {
    for given in test.given {
      guard let table = pipeline.table(given.table.value) else {
        diagnostics.unknown("table", given.table, among: pipeline.tables.map(\.name.value))
        continue
      }
      let names = table.columns.map(\.name.value)
      for cell in given.rows.joined() where !names.contains(cell.column.value) {
        diagnostics.unknown("column", cell.column, among: names)
      }
    }
    for expected in test.expected { check(expected) }
    for expected in test.quarantine ?? [] { check(expected, test) }
    if let vocabulary = test.vocabulary { check(vocabulary) }
  }

  private mutating func check(_ expected: ExpectedTable) {
    guard let table = CommonDataModel.table(expected.table.value) else {
      return diagnostics.unknown(
        "CDM table", expected.table, among: CommonDataModel.tables.map(\.name),
        code: "unknown-cdm-table")
    }
    for value in expected.rows.joined() {
      guard let field = table.field(value.field.value) else {
        diagnostics.unknown("field", value.field, among: table.fields.map(\.name))
        continue
      }
      if let text = value.text.value, !field.datatype.reads(text) {
        diagnostics.error(
          "wrong-value", "`\(field.name)` is \(field.datatype), not `\(text)`", at: value.text)
      }
    }
  }

  private mutating func check(_ expected: ExpectedQuarantine, _ test: TestDefinition) {
    let tables = pipeline.tables.map(\.name.value)
    guard tables.contains(expected.table.value) else {
      return diagnostics.unknown("table", expected.table, among: tables)
    }
    let rows = test.given.first { $0.table.value == expected.table.value }?.rows.count ?? 0
    if expected.row.value > rows {
      diagnostics.error(
        "unknown-row",
        "the test gives \(rows == 0 ? "no rows" : rows == 1 ? "one row" : "\(rows) rows")"
          + " of `\(expected.table.value)`",
        at: expected.row)
    }
    guard let id = expected.rule else { return }
    guard let rule = pipeline.rule(id.value) else {
      return diagnostics.unknown("rule", id, among: pipeline.rules.map(\.id.value))
    }
    if !([rule.from] + rule.also).contains(where: { $0.value == expected.table.value }) {
      diagnostics.error(
        "other-table", "the rule `\(id.value)` reads `\(rule.from.value)`", at: id)
    }
  }

  private mutating func check(_ vocabulary: TestVocabulary) {
    var ids: Set<Int64> = []
    for concept in vocabulary.concepts where !ids.insert(concept.id.value).inserted {
      diagnostics.error(
        "duplicate-id", "the concept \(concept.id.value) stands twice", at: concept.id)
    }
    for pair in vocabulary.mapsTo + vocabulary.mapsToValue {
      for id in [pair.source, pair.target] where !ids.contains(id.value) {
        diagnostics.error(
          "unknown-concept", "the concept \(id.value) is not in the test's vocabulary", at: id)
      }
    }
  }
}

extension CDMDatatype {
  /// Whether a text can be a value of the datatype.
  fileprivate func reads(_ text: String) -> Bool {
    switch self {
    case .integer, .bigint: Int64(text) != nil
    case .numeric: Double(text) != nil
    case .varchar, .text: true
    case .date: CalendarDay(text) != nil
    case .datetime: CalendarDay(String(text.prefix(10))) != nil
    }
  }
}
