import CommonDataModel
import Diagnostics
import Expressions

extension PipelineChecker {
  /// The head of a rule: `unknown-cdm-table`, `not-a-rule-target`, `unknown-table`,
  /// `shadowed-column`, and what joins, person and key add.
  mutating func head(of rule: RuleDefinition) -> RuleHead {
    let before = diagnostics.errorCount
    var head = RuleHead(definition: rule)
    head.target = target(of: rule)
    head.table = pipeline.table(rule.from.value)
    if let table = head.table {
      reads.formUnion(table.key.map { Input(table: table.name.value, column: $0.value) })
      head.scope.driving = scopeTable(table)
      addFurtherTables(&head)
      addUnpivot(&head)
      addJoins(&head)
      addDerived(&head)
      head.rowScope = head.scope
      addGroup(&head)
      addPerson(&head)
      addKey(&head)
    } else {
      diagnostics.unknown("table", rule.from, among: pipeline.tables.map(\.name.value))
    }
    head.isBroken = diagnostics.errorCount > before
    return head
  }

  private mutating func target(of rule: RuleDefinition) -> CheckedTarget? {
    let name = rule.into.value
    if name == "event" { return .event }
    guard let table = CommonDataModel.table(name) else {
      let names = ["event"] + CommonDataModel.tables.filter(\.isRuleTarget).map(\.name)
      diagnostics.unknown("CDM table", rule.into, among: names, code: "unknown-cdm-table")
      return nil
    }
    guard table.isRuleTarget else {
      diagnostics.error(
        "not-a-rule-target", "no rule can fill `\(name)`", at: rule.into,
        hint: table.isDerived ? "the program derives it from the other tables" : nil)
      return nil
    }
    return .table(table)
  }

  private mutating func addDerived(_ head: inout RuleHead) {
    for derived in head.definition.derived {
      let name = derived.name.value
      if !name.isName(dashes: false) {
        diagnostics.error(
          "invalid-name", "`\(name)` is not a name", at: derived.name,
          hint: "letters, digits and `_`, a letter or `_` first")
      } else if let column = head.table?.column(name) {
        diagnostics.error(
          "shadowed-column", "`\(name)` is a column of `\(head.definition.from.value)`",
          at: derived.name, hint: "the column is at line \(column.name.position.line)")
      }
      let expression = compile(derived.expression, in: head)
      head.scope.derived.append(Scope.Column(name, expression?.compiled.type ?? .null))
      if let expression {
        head.derived.append(CheckedDerived(name: name, expression: expression))
      }
    }
  }

  /// `person-missing`, `unexpected-person`, `person-not-a-key`.
  private mutating func addPerson(_ head: inout RuleHead) {
    guard let person = head.definition.person else {
      if head.target != nil, head.isPersonBound {
        diagnostics.error(
          "missing-person",
          "the rows of `\(head.definition.into.value)` belong to persons, and the rule has no `person:`",
          at: head.definition.id, hint: "write `person:` with the column that names the person")
      }
      return
    }
    if head.target != nil, !head.isPersonBound {
      diagnostics.error(
        "unexpected-person", "the rows of `\(head.definition.into.value)` belong to no person",
        at: person.place, hint: "leave out `person:`")
    }
    guard let compiled = compile(person, in: head) else { return }
    head.person = compiled
    let type = compiled.compiled.type
    if !type.isKey, type != .null {
      diagnostics.error(
        "person-not-a-key", "the person is of the type \(type), not identifier or local_key",
        at: person.place, hint: "declare the column as `identifier`")
    }
  }

  /// `missing-row-key`.
  private mutating func addKey(_ head: inout RuleHead) {
    let rule = head.definition
    var parts = rule.key
    if parts.isEmpty, let group = rule.group, !group.isWindow { parts = group.keys }
    if parts.isEmpty, let table = head.table {
      parts = table.key.filter { table.column($0.value) != nil }.map(SourceExpression.init(column:))
      if parts.isEmpty, !table.key.isEmpty { return }
    }
    if parts.isEmpty, let person = rule.person, ["person", "death"].contains(rule.into.value) {
      parts = [person]
    }
    guard !parts.isEmpty else {
      diagnostics.error(
        "missing-row-key", "nothing names the rows of the rule `\(rule.id.value)`", at: rule.id,
        hint: "write `key:` in the rule or in the table `\(rule.from.value)`")
      return
    }
    var key: [CheckedExpression] = []
    for part in parts {
      guard let compiled = compile(part, in: head) else { continue }
      if compiled.compiled.isConstant {
        diagnostics.error(
          "constant-key", "the key is the same on every row", at: part.place)
      }
      key.append(compiled)
    }
    if key.count == parts.count { head.key = key }
  }
}

extension CDMTable {
  /// Tables that the program makes from others.
  var isDerived: Bool { group == .derived && name != "episode" || name == "observation_period" }

  /// Whether rules may fill the table.
  var isRuleTarget: Bool {
    switch group {
    case .clinical, .healthSystem, .economics, .derived:
      !isDerived
    case .metadata, .vocabulary, .results: false
    }
  }
}
