import Diagnostics
import Expressions

extension PipelineChecker {
  /// The group or window of a rule: `group-key-not-a-name`, `unknown-function`,
  /// `wrong-argument-count`, `order-needed`, `unorderable`, `not-a-number`, `shadowed-column`.
  ///
  /// What comes after a group sees its keys and values alone; what comes after a window sees the
  /// rows still.
  mutating func addGroup(_ head: inout RuleHead) {
    guard let group = head.definition.group else { return }
    var checked = CheckedGroup(
      definition: group, keys: [], order: [], values: [], having: nil)
    for key in group.keys {
      guard let compiled = compile(key, in: head) else { continue }
      if compiled.compiled.columnReference == nil {
        diagnostics.error(
          "group-key-not-a-name", "a group is made by columns and derived values", at: key.place,
          hint: "give the expression a name in `derive:`")
        continue
      }
      checked.keys.append(compiled)
    }
    for ordering in group.order {
      if let order = order(ordering, head) { checked.order.append(order) }
    }
    for value in group.values {
      if let value = groupValue(value, group, head) { checked.values.append(value) }
    }
    if !group.isWindow {
      narrow(&head.scope, to: checked.keys.compactMap(\.compiled.columnReference))
    }
    for value in checked.values {
      head.scope.derived.append(Scope.Column(value.name, value.type))
    }
    checked.having = group.having.flatMap { compile($0, in: head, expecting: .boolean) }
    head.group = checked
  }

  /// Whether what comes after a group reads the text of an identifier, which does not wait with
  /// the rows since they may lie in a scratch file: `raw-after-group`.
  mutating func checkGroupedText(_ head: RuleHead, _ body: RuleBody) {
    guard let group = head.group else { return }
    var after = [group.having, head.person, body.prefer?.expression, body.concept?.code]
      .compactMap(\.self)
    after += (head.key ?? []) + (body.visit?.key ?? [])
    for field in body.fields {
      switch field.value {
      case .expression(let expression): after.append(expression)
      case .reference(let reference): after += reference.key
      case .concept(let concept, _): after.append(concept.code)
      }
    }
    for expression in after {
      guard let input = expression.compiled.inputs.first(where: { $0.form == .raw }) else {
        continue
      }
      diagnostics.error(
        "raw-after-group",
        "the text of the identifier `\(input.column)` cannot be read after a \(group.definition.place.value)",
        at: expression.source.place, hint: "compute it before, in `derive:`")
    }
  }

  /// Leaves in a scope the names given.
  private func narrow(_ scope: inout Scope, to inputs: [Input]) {
    func has(_ table: String?, _ column: String) -> Bool {
      inputs.contains { $0.table == table && $0.column == column }
    }
    func narrowed(_ table: Scope.Table) -> Scope.Table {
      Scope.Table(table.name, table.columns.filter { has(table.name, $0.name) })
    }
    scope.driving = scope.driving.map(narrowed)
    scope.joined = scope.joined.map(narrowed)
    scope.derived = scope.derived.filter { has(nil, $0.name) }
  }

  private mutating func groupValue(
    _ value: DerivedDefinition, _ group: GroupDefinition, _ head: RuleHead
  ) -> CheckedGroup.Value? {
    let name = value.name.value
    if !name.isName(dashes: false) {
      diagnostics.error(
        "invalid-name", "`\(name)` is not a name", at: value.name,
        hint: "letters, digits and `_`, a letter or `_` first")
    } else if head.scope.derived.contains(where: { $0.name == name })
      || head.table?.column(name) != nil
    {
      diagnostics.error(
        "shadowed-column", "`\(name)` is a column or a derived value already", at: value.name)
    }
    let place = value.expression.place
    let functions = group.isWindow ? GroupFunction.window : GroupFunction.group
    guard let call = GroupFunction.call(value.expression) else {
      diagnostics.error(
        "unknown-function",
        "a value of a \(group.place.value) is one function", at: place,
        hint: "functions: \(functions.joined(separator: ", "))")
      return nil
    }
    guard functions.contains(call.name) else {
      diagnostics.unknown("function", place.map { _ in call.name }, among: functions)
      return nil
    }
    if GroupFunction.ordered.contains(call.name), group.order.isEmpty {
      diagnostics.error(
        "order-needed", "`\(call.name)` depends on the order of the rows", at: place,
        hint: "write `order:`")
    }
    guard let source = call.argument else {
      guard ["count", "row_number"].contains(call.name) else {
        diagnostics.error("wrong-argument-count", "`\(call.name)` has one argument", at: place)
        return nil
      }
      return CheckedGroup.Value(name: name, function: call.name, argument: nil)
    }
    guard call.name != "row_number" else {
      diagnostics.error("wrong-argument-count", "`row_number` has no argument", at: place)
      return nil
    }
    guard let argument = compile(source, in: head) else { return nil }
    if call.name == "sum", !argument.compiled.type.isNumber {
      diagnostics.error(
        "not-a-number", "`sum` adds numbers, not \(argument.compiled.type)", at: place)
    }
    return CheckedGroup.Value(name: name, function: call.name, argument: argument)
  }

  private mutating func order(
    _ ordering: OrderingDefinition, _ head: RuleHead
  ) -> CheckedOrdering? {
    guard let expression = compile(ordering.expression, in: head) else { return nil }
    return CheckedOrdering(expression: expression, isDescending: ordering.isDescending)
  }
}

/// The functions of groups, which stand alone and are no functions of expressions.
enum GroupFunction {
  static let group = ["sum", "count", "min", "max", "first", "last", "any"]
  static let window = ["lag", "lead", "row_number"]
  static let ordered = ["first", "last", "lag", "lead", "row_number"]

  /// The name of the function, in lower case, and the text between its parentheses.
  static func call(_ source: SourceExpression) -> (name: String, argument: SourceExpression?)? {
    let text = source.text
    guard let open = text.firstIndex(of: "("), text.last == ")" else { return nil }
    let name = text[..<open].lowercased().filter { !$0.isWhitespace }
    let start = text.index(after: open)
    let inner = text[start...].dropLast()
    guard inner.contains(where: { !$0.isWhitespace }) else { return (name, nil) }
    return (name, source.part(from: text.distance(from: text.startIndex, to: start), text: inner))
  }
}

extension CheckedGroup.Value {
  /// The type of the value.
  var type: ExpressionType {
    switch function {
    case "count", "row_number": .integer
    default: argument?.compiled.type ?? .null
    }
  }
}
