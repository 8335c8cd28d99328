import Diagnostics
import Expressions

extension PipelineChecker {
  /// `unknown-column`, `duplicate-header`, `same-delimiter-and-quote`, `line-end-as-delimiter`,
  /// `no-columns`, `no-source`, `two-sources`.
  mutating func check(_ table: TableDefinition) {
    if table.sources.count > 1 {
      diagnostics.error(
        "two-sources",
        "the table `\(table.name.value)` has both `\(table.sources[0])` and `\(table.sources[1])`",
        at: table.name)
    } else if let external = table.external {
      if external.command.isEmpty {
        diagnostics.error(
          "no-source", "the table `\(table.name.value)` has no command", at: table.name)
      }
    } else if table.reader == nil, table.csv.files.isEmpty {
      diagnostics.error(
        "no-source", "nothing says where the rows of `\(table.name.value)` are", at: table.name,
        hint: "write `csv: { files: … }`")
    }
    let names = table.columns.map(\.name.value)
    for column in table.key where !names.contains(column.value) {
      diagnostics.unknown("column", column, among: names)
    }
    if table.columns.isEmpty {
      diagnostics.error(
        "no-columns", "the table `\(table.name.value)` has no columns", at: table.name)
    }
    var headers: [String: Located<String>] = [:]
    for column in table.columns {
      if let first = headers[column.header] {
        diagnostics.error(
          "duplicate-header", "two columns are read from `\(column.header)`", at: column.name,
          hint: "the first one is at line \(first.position.line)")
      } else {
        headers[column.header] = column.name
      }
    }
    if table.csv.delimiter == table.csv.quote {
      diagnostics.error(
        "same-delimiter-and-quote", "the delimiter and the quote are one character",
        at: table.name)
    }
    checkStages(of: table)
    let lineEnds: [UInt8] = [10, 13]
    if lineEnds.contains(table.csv.delimiter) || table.csv.quote.map(lineEnds.contains) == true {
      diagnostics.error(
        "line-end-as-delimiter", "the delimiter or the quote is the end of a line",
        at: table.name)
    }
  }

  /// A table as expressions see it; a column whose type is not known takes part in everything, so
  /// that its one mistake is told once.
  func scopeTable(_ table: TableDefinition) -> Scope.Table {
    Scope.Table(
      table.name.value,
      table.allColumns.map { Scope.Column($0.name.value, $0.type?.expressionType ?? .null) })
  }
}
