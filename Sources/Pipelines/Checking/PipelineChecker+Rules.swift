import CommonDataModel
import Diagnostics
import Expressions

extension PipelineChecker {
  /// Checks the body of a rule and keeps what was compiled in `bodies`.
  mutating func check(_ head: RuleHead, _ persons: PersonNamespaces) {
    let before = diagnostics.errorCount
    var body = RuleBody()
    checkPersonNamespace(head, persons)
    if head.table != nil {
      body.filter = head.definition.filter.flatMap {
        compile($0, in: head, scope: head.rowScope, expecting: .boolean)
      }
      body.prefer = prefer(head)
      body.concept = concept(head)
    }
    body.visit = visit(head)
    body.fields = fields(head)
    checkGroupedText(head, body)
    checkTruncation(head)
    checkRequired(head)
    body.isBroken = head.isBroken || diagnostics.errorCount > before
    bodies.append(body)
    guard let rule = rule(head) else { return }
    checkFurtherTables(rule)
    bodies[bodies.count - 1].isBroken = diagnostics.errorCount > before
  }

  /// The rule of a head whose body is the last that was checked, if no mistake was found in it.
  func rule(_ head: RuleHead) -> CheckedRule? {
    guard let body = bodies.last, !body.isBroken, let target = head.target,
      let table = head.table, let key = head.key
    else { return nil }
    var rule = CheckedRule(
      definition: head.definition, target: target, table: table, also: head.also,
      unpivot: head.unpivot, joins: head.joins, filter: body.filter, derived: head.derived,
      group: head.group, person: head.person, key: key,
      visit: body.visit, prefer: body.prefer, concept: body.concept, fields: body.fields,
      inputs: [])
    rule.inputs = rule.allInputs
    return rule
  }

  /// `unknown-person-namespace`, `no-person-rule`.
  private mutating func checkPersonNamespace(_ head: RuleHead, _ persons: PersonNamespaces) {
    guard let person = head.person, let namespace = person.compiled.type.namespace,
      head.definition.into.value != "person", !persons.names.contains(namespace),
      !persons.isUncertain
    else { return }
    let place = person.source.place
    guard persons.hasRule else {
      return diagnostics.tell(
        .warning, "no-person-rule",
        "no rule of the project makes persons: every row would be quarantined", at: place,
        hint: "write a rule `into: person`")
    }
    let names = persons.names.sorted().map { "`\($0)`" }.joined(separator: ", ")
    diagnostics.error(
      "unknown-person-namespace",
      "no rule makes persons whose key is in the namespace `\(namespace)`",
      at: place, hint: "persons have keys in \(names); set `namespace` on the column")
  }

  /// `unorderable`.
  private mutating func prefer(_ head: RuleHead) -> CheckedOrdering? {
    guard let ordering = head.definition.prefer,
      let expression = compile(ordering.expression, in: head)
    else { return nil }
    let type = expression.compiled.type
    switch type {
    case .integer, .decimal, .date, .timestamp, .partialDate, .boolean, .null: break
    case .double, .text, .identifier, .localKey:
      diagnostics.error(
        "unorderable", "rows cannot be put in the order of a value of the type \(type)",
        at: ordering.expression.place, hint: "order by a date, a timestamp or an exact number")
      return nil
    }
    return CheckedOrdering(expression: expression, isDescending: ordering.isDescending)
  }
}

/// What a rule says after its head.
struct RuleBody {
  var filter: CheckedExpression?
  var prefer: CheckedOrdering?
  var concept: CheckedConcept?
  var visit: CheckedReference?
  var fields: [CheckedField] = []
  /// Whether a mistake was found in the rule.
  var isBroken = false
}

extension CheckedRule {
  /// The columns of tables that any expression or join reads, each once, in the order of their
  /// first mention.
  fileprivate var allInputs: [Input] {
    var all: [Input] = []
    var seen: Set<Input> = []
    func add(_ inputs: [Input]) {
      for input in inputs where input.table != nil && seen.insert(input).inserted {
        all.append(input)
      }
    }
    func add(_ expressions: [CheckedExpression]) {
      for expression in expressions { add(expression.compiled.inputs) }
    }
    for join in joins {
      add(join.keys.map(\.mine))
      add(join.keys.map { Input(table: join.table.name.value, column: $0.theirs) })
    }
    add(unpivot?.columns.map { Input(table: table.name.value, column: $0) } ?? [])
    add(derived.map(\.expression))
    if let group {
      add(group.keys + group.order.map(\.expression) + group.values.compactMap(\.argument))
      add([group.having].compactMap(\.self))
    }
    add([filter, person, concept?.code, prefer?.expression].compactMap(\.self))
    add(key)
    add(visit?.key ?? [])
    for field in fields {
      switch field.value {
      case .expression(let expression): add([expression])
      case .reference(let reference): add(reference.key)
      case .concept(let concept, _): add([concept.code])
      }
    }
    return all
  }
}
