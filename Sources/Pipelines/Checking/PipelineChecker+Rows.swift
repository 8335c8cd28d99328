import Diagnostics
import Expressions

extension PipelineChecker {
  /// The further tables of a rule: `unknown-table`, `double-table`.
  mutating func addFurtherTables(_ head: inout RuleHead) {
    var seen = [head.definition.from.value]
    for name in head.definition.also {
      guard let table = pipeline.table(name.value) else {
        diagnostics.unknown("table", name, among: pipeline.tables.map(\.name.value))
        continue
      }
      if seen.contains(name.value) {
        diagnostics.error("double-table", "`\(name.value)` is read already", at: name)
        continue
      }
      seen.append(name.value)
      head.also.append(table)
    }
  }

  /// Whether the further tables have what the rule reads of the first: `union-missing-column`,
  /// `union-type-mismatch`.
  mutating func checkFurtherTables(_ rule: CheckedRule) {
    let first = rule.table
    let read = Set(rule.inputs.filter { $0.table == first.name.value }.map(\.column)).sorted()
    for (table, place) in zip(rule.also, rule.definition.also) {
      for name in read {
        reads.insert(Input(table: table.name.value, column: name))
        guard let column = table.column(name) else {
          diagnostics.error(
            "union-missing-column",
            "`\(table.name.value)` has no column `\(name)`, which the rule reads of `\(first.name.value)`",
            at: place, hint: "declare it with `header:` where the file calls it otherwise")
          continue
        }
        let mine = column.type?.expressionType ?? .null
        let theirs = first.column(name)?.type?.expressionType ?? .null
        if mine != theirs, mine != .null, theirs != .null {
          diagnostics.error(
            "union-type-mismatch",
            "`\(name)` is \(mine) in `\(table.name.value)` and \(theirs) in `\(first.name.value)`",
            at: place, hint: "declare both columns with one type and one namespace")
        }
      }
    }
  }

  /// The unpivoted columns: `unknown-column`, `unpivot-type-mismatch`, `shadowed-column`.
  mutating func addUnpivot(_ head: inout RuleHead) {
    guard let unpivot = head.definition.unpivot, let table = head.table else { return }
    var type: ExpressionType?
    var names: [String] = []
    for name in unpivot.columns {
      guard let column = table.column(name.value) else {
        diagnostics.unknown("column", name, among: table.allColumns.map(\.name.value))
        continue
      }
      let own = column.type?.expressionType ?? .null
      if let type, type != own {
        diagnostics.error(
          "unpivot-type-mismatch", "`\(name.value)` is \(own), the columns before it \(type)",
          at: name
        )
      }
      type = type ?? own
      names.append(name.value)
      reads.insert(Input(table: table.name.value, column: name.value))
    }
    for name in [unpivot.value, unpivot.name].compactMap(\.self)
    where table.column(name.value) != nil {
      diagnostics.error(
        "shadowed-column", "`\(name.value)` is a column of `\(table.name.value)`", at: name)
    }
    guard let type else { return }
    head.unpivot = CheckedUnpivot(
      columns: names, value: unpivot.value.value, name: unpivot.name?.value, type: type)
    head.scope.derived.append(Scope.Column(unpivot.value.value, type))
    if let name = unpivot.name { head.scope.derived.append(Scope.Column(name.value, .text)) }
  }
}
