import CommonDataModel
import Diagnostics
import Expressions

extension PipelineChecker {
  /// The visit of a rule: `unexpected-visit`, and what references add.
  mutating func visit(_ head: RuleHead) -> CheckedReference? {
    guard let visit = head.definition.visit else { return nil }
    let place = visit.rule
    if case .table(let table) = head.target,
      table.field("visit_occurrence_id") == nil
        || table.name == "visit_occurrence"
    {
      diagnostics.error(
        "unexpected-visit", "the rows of `\(table.name)` belong to no visit", at: place,
        hint: "leave out `visit:`")
    }
    return reference(visit, to: "visit_occurrence", in: head)
  }

  /// A reference to the row of another rule: `unknown-rule`, `wrong-reference-table`,
  /// `reference-key-mismatch`.
  mutating func reference(
    _ reference: ReferenceDefinition, to wanted: String?, in head: RuleHead
  ) -> CheckedReference? {
    var key: [CheckedExpression] = []
    if head.table != nil {
      for part in reference.key {
        if let compiled = compile(part, in: head) { key.append(compiled) }
      }
    }
    let id = reference.rule
    guard let other = heads.first(where: { $0.definition.id.value == id.value }) else {
      diagnostics.unknown("rule", id, among: pipeline.rules.map(\.id.value))
      return nil
    }
    let table: CDMTable?
    switch other.target {
    case nil: return nil
    case .event:
      if let wanted {
        diagnostics.error(
          "wrong-reference-table",
          "the rule `\(id.value)` makes events, whose table is not known beforehand;"
            + " a row of `\(wanted)` is wanted", at: id)
        return nil
      }
      table = nil
    case .table(let found): table = found
    }
    if let wanted, let table, table.name != wanted {
      let fitting = pipeline.rules.filter { $0.into.value == wanted }.map { "`\($0.id.value)`" }
      diagnostics.error(
        "wrong-reference-table",
        "the rule `\(id.value)` makes rows of `\(table.name)`, not of `\(wanted)`", at: id,
        hint: fitting.isEmpty
          ? "no rule makes rows of `\(wanted)`"
          : "rules into `\(wanted)`: \(fitting.joined(separator: ", "))")
      return nil
    }
    guard fits(reference, key, other) else { return nil }
    return CheckedReference(definition: reference, rule: id.value, table: table, key: key)
  }

  /// Whether a key is made like that of another rule, which is told.
  private mutating func fits(
    _ reference: ReferenceDefinition, _ key: [CheckedExpression], _ other: RuleHead
  ) -> Bool {
    guard let theirs = other.key else { return false }
    let written = theirs.map(\.source.text).joined(separator: ", ")
    let hint = "the key of `\(other.definition.id.value)` is: \(written)"
    guard reference.key.count == theirs.count else {
      diagnostics.error(
        "reference-key-mismatch",
        "the key has \(reference.key.count) \(reference.key.count == 1 ? "part" : "parts"), that of"
          + " `\(other.definition.id.value)` has \(theirs.count)",
        at: reference.key[0].place, hint: hint)
      return false
    }
    guard key.count == theirs.count else { return false }
    var fits = true
    for (mine, their) in zip(key, theirs) {
      let mineType = mine.compiled.type
      let theirType = their.compiled.type
      let isSame =
        mineType == theirType || mineType == .null || theirType == .null
        || mineType.namespace != nil && mineType.namespace == theirType.namespace
      guard !isSame else { continue }
      fits = false
      diagnostics.error(
        "reference-key-mismatch",
        "the key is \(mineType), that of `\(other.definition.id.value)` is \(theirType)",
        at: mine.source.place, hint: hint)
    }
    return fits
  }

  /// `reference-cycle`: rules that refer to one another can never be put in order.
  mutating func checkCycles() {
    var edges: [String: [Located<String>]] = [:]
    for rule in pipeline.rules {
      var targets = rule.visit.map { [$0.rule] } ?? []
      for field in rule.fields {
        if case .reference(let reference) = field.value { targets.append(reference.rule) }
      }
      edges[rule.id.value] = targets
    }
    var done: Set<String> = []
    var path: [String] = []
    func follow(_ id: String, _ tell: (Located<String>, [String]) -> Void) {
      path.append(id)
      for target in edges[id] ?? [] {
        if let start = path.firstIndex(of: target.value) {
          tell(target, Array(path[start...]) + [target.value])
        } else if !done.contains(target.value) {
          follow(target.value, tell)
        }
      }
      path.removeLast()
      done.insert(id)
    }
    var cycles: [(Located<String>, [String])] = []
    for rule in pipeline.rules where !done.contains(rule.id.value) {
      follow(rule.id.value) { cycles.append(($0, $1)) }
    }
    for (place, ids) in cycles {
      diagnostics.error(
        "reference-cycle",
        ids.count == 2
          ? "the rule `\(ids[0])` refers to itself"
          : "the rules refer to one another: \(ids.map { "`\($0)`" }.joined(separator: " → "))",
        at: place)
    }
  }
}
