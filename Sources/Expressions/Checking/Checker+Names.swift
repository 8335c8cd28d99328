import Diagnostics

extension Checker {
  /// The column that a name means.
  mutating func column(_ table: Word?, _ name: Word, _ range: Range<Int>) -> Node? {
    resolve(table, name, range).map { read($0, $1) }
  }

  /// The input that a name means, and its type.
  mutating func resolve(
    _ table: Word?, _ name: Word, _ range: Range<Int>
  ) -> (Input, ExpressionType)? {
    guard let table else { return unqualified(name, range) }
    guard let found = scope.tables.first(where: { $0.name == table.text }) else {
      let near = suggestion(for: table.text, in: scope.tables.map(\.name))
      error(
        "unknown-table", "no table “\(table.text)” is read here", table.range,
        hint: near ?? tablesHint)
      return nil
    }
    guard let column = found.column(name.text) else {
      let near = suggestion(for: name.text, in: found.columns.map(\.name))
      error(
        "unknown-column", "table “\(table.text)” has no column “\(name.text)”", name.range,
        hint: near)
      return nil
    }
    return (Input(table: found.name, column: column.name), column.type)
  }

  private mutating func unqualified(
    _ name: Word, _ range: Range<Int>
  ) -> (Input, ExpressionType)? {
    if let column = scope.derived.first(where: { $0.name == name.text }) {
      return (Input(table: nil, column: column.name), column.type)
    }
    if let driving = scope.driving, let column = driving.column(name.text) {
      return (Input(table: driving.name, column: column.name), column.type)
    }
    let owners = scope.joined.filter { $0.column(name.text) != nil }
    if !owners.isEmpty {
      let choices = owners.map { "\(Checker.spelled($0.name)).\(Checker.spelled(name.text))" }
      error(
        "unqualified-column", "“\(name.text)” is a column of a joined table", range,
        hint: "write \(choices.joined(separator: " or "))")
      return nil
    }
    error(
      "unknown-column", "there is no column “\(name.text)” here", range,
      hint: nearest(name.text))
    return nil
  }

  /// The hint on the nearest name in scope, as it would be written.
  private func nearest(_ name: String) -> String? {
    var spellings: [String: String] = [:]
    for table in scope.joined.reversed() {
      for column in table.columns {
        spellings[column.name] = "\(Checker.spelled(table.name)).\(Checker.spelled(column.name))"
      }
    }
    for column in (scope.driving?.columns ?? []) + scope.derived {
      spellings[column.name] = Checker.spelled(column.name)
    }
    return suggestion(for: name, in: Array(spellings.keys), spelled: spellings)
  }

  private var tablesHint: String? {
    scope.tables.isEmpty
      ? nil : "there are \(scope.tables.map { "“\($0.name)”" }.joined(separator: ", "))"
  }

  /// A name as it is written, in double quotes when it needs them.
  static func spelled(_ name: String) -> String {
    var lexer = Lexer(SourceText(name, at: Position(file: "", line: 1, column: 1)))
    let tokens = lexer.tokens()
    if tokens.count == 2, tokens[0].kind == .word, !tokens[0].isReserved { return name }
    return
      "\"\(name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
  }
}
