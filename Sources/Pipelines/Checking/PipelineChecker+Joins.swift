import Diagnostics
import Expressions

extension PipelineChecker {
  /// `unknown-table`, `self-join`, `unknown-column`, `join-type-mismatch`,
  /// `join-namespace-mismatch`.
  mutating func addJoins(_ head: inout RuleHead) {
    for join in head.definition.joins {
      guard let table = pipeline.table(join.table.value) else {
        let names = pipeline.tables.map(\.name.value).filter { $0 != head.definition.from.value }
        diagnostics.unknown("table", join.table, among: names)
        head.lacksTables = true
        continue
      }
      if join.table.value == head.definition.from.value {
        diagnostics.error("self-join", "a table cannot be joined to itself", at: join.table)
        continue
      }
      var checked = CheckedJoin(definition: join, table: table, keys: [])
      for pair in join.columns {
        if let key = key(pair, of: table, head) { checked.keys.append(key) }
      }
      head.joins.append(checked)
      head.scope.joined.append(scopeTable(table))
    }
  }

  private mutating func key(
    _ pair: JoinDefinition.Pair, of table: TableDefinition, _ head: RuleHead
  ) -> CheckedJoin.Key? {
    let theirs = table.column(pair.theirs.value)
    if theirs == nil {
      diagnostics.unknown(
        "column", pair.theirs, among: table.allColumns.map(\.name.value),
        hint: hint(for: pair.theirs.value, in: table))
    }
    guard let (mine, mineType) = column(pair.mine, head), let theirs else { return nil }
    let type = theirs.type?.expressionType ?? .null
    let input = CheckedJoin.Key(mine: mine, theirs: theirs.name.value, type: type)
    reads.insert(mine)
    reads.insert(Input(table: table.name.value, column: theirs.name.value))
    guard mineType != type, mineType != .null, type != .null else { return input }
    if mineType.isKey, type.isKey {
      diagnostics.error(
        "join-namespace-mismatch",
        "`\(pair.mine.value)` is \(mineType) and `\(table.name.value).\(theirs.name.value)` is \(type):"
          + " they never meet",
        at: pair.mine, hint: "give both columns one `namespace`")
    } else {
      diagnostics.error(
        "join-type-mismatch",
        "`\(pair.mine.value)` is \(mineType) and `\(table.name.value).\(theirs.name.value)` is \(type)",
        at: pair.mine, hint: "declare both columns with one type")
    }
    return nil
  }

  /// A column of the rule's table, or `table.COLUMN` of a table joined before.
  private mutating func column(
    _ name: Located<String>, _ head: RuleHead
  ) -> (Input, ExpressionType)? {
    guard let driving = head.table else { return nil }
    if let column = driving.column(name.value) {
      return (
        Input(table: driving.name.value, column: name.value),
        column.type?.expressionType ?? .null
      )
    }
    for join in head.joins where name.value.hasPrefix(join.table.name.value + ".") {
      let rest = String(name.value.dropFirst(join.table.name.value.count + 1))
      if let column = join.table.column(rest) {
        return (
          Input(table: join.table.name.value, column: rest), column.type?.expressionType ?? .null
        )
      }
    }
    diagnostics.unknown(
      "column", name, among: driving.allColumns.map(\.name.value),
      hint: hint(for: name.value, in: driving))
    return nil
  }

  private func hint(for name: String, in table: TableDefinition) -> String? {
    let names = table.allColumns.map(\.name.value)
    let nearest = nearestName(to: name, in: names).map { "did you mean `\($0)`?" }
    return nearest ?? "columns of `\(table.name.value)`: \(names.joined(separator: ", "))"
  }
}
