import Diagnostics
import Expressions

extension PipelineChecker {
  /// `unused-table`, `unused-column`: what is read from the files for nothing.
  ///
  /// Nothing is told while there are errors or an expression could not be compiled, because what
  /// it reads is not known.
  mutating func checkUnused() {
    guard !diagnostics.hasErrors, !lacksExpressions else { return }
    let used = Set(
      pipeline.rules.flatMap { [$0.from.value] + $0.also.map(\.value) }
        + pipeline.rules.flatMap { $0.joins.map(\.table.value) })
    for table in pipeline.tables {
      guard used.contains(table.name.value) else {
        diagnostics.tell(
          .warning, "unused-table", "no rule reads the table `\(table.name.value)`",
          at: table.name)
        continue
      }
      for column in table.allColumns {
        let isRead =
          reads.contains { $0.table == table.name.value && $0.column == column.name.value }
          || table.steps.contains { $0.from.contains { $0.value == column.name.value } }
        // A column that may reject its record does something even when no rule reads it.
        guard !isRead, !column.rejectsRecord else { continue }
        diagnostics.tell(
          .note, "unused-column", "no rule reads the column `\(column.name.value)`",
          at: column.name)
      }
    }
  }
}
