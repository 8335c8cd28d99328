internal import Columnar
internal import Engine
internal import Expressions

extension RuleOutput {
  /// Evaluates every field over the rows that are left.
  mutating func evaluate(into output: inout MapOutput) {
    let plan = rule.plan
    for (name, value) in plan.fields {
      switch value {
      case .expression(let expression):
        if let mapping = expression.mapping, let file = plan.values[name]?.values {
          let evaluation = frame.evaluate(mapping.text)
          rule.rejectCells(evaluation.failures, field: name, frame, into: &output)
          let found = ValueRows(evaluation.column, file)
          values[name] = found.concepts
          coded[name] = found.coded
          continue
        }
        let evaluation = frame.evaluate(expression)
        rule.rejectCells(evaluation.failures, field: name, frame, into: &output)
        values[name] = evaluation.column
      case .concept(let concept, let isSource):
        let evaluation = frame.evaluate(concept.code)
        rule.rejectCells(evaluation.failures, field: name, frame, into: &output)
        values[name] = concepts(
          of: evaluation.column, concept, isSource: isSource, field: name, into: &output)
      case .reference(_, let key):
        let evaluation = frame.key(key, hasher: plan.hasher)
        rule.rejectCells(evaluation.failures, field: name, frame, into: &output)
        references[name] = evaluation.column
      }
    }
    if let (_, key) = plan.visit {
      let evaluation = frame.key(key, hasher: plan.hasher)
      rule.rejectCells(evaluation.failures, field: "visit", frame, into: &output)
      visit = evaluation.column
    }
    if let (value, isDescending) = plan.preference {
      let evaluation = frame.evaluate(value)
      rule.rejectCells(evaluation.failures, field: "prefer", frame, into: &output)
      let column = evaluation.column
      // What is preferred sorts first.
      let lanes = isDescending ? column.lanes.map { ~$0 } : column.lanes
      preference = Column(.integer, .lanes(lanes), validity: column.validity)
    }
  }

  /// The concepts of a column of codes: 0 where a code has none, which is counted; NULL where there
  /// is no code.
  private mutating func concepts(
    of codes: Column, _ plan: ConceptPlan, isSource: Bool, field: String,
    into output: inout MapOutput
  ) -> Column {
    let (meanings, rows) = plan.resolver.resolve(codes)
    if rule.plan.codes != nil, !isSource {
      coded[field] = CodedRows(codes: codes, rows: rows, areMapped: meanings.map(\.isMapped))
    }
    let lanes = rows.map { row -> Int64 in
      let meaning = meanings[Int(row)]
      return isSource ? meaning.sourceConcept : meaning.targets[0].concept
    }
    for row in lanes.indices where lanes[row] == 0 && codes.isValid(row) {
      let isWithoutTarget = meanings[Int(rows[row])].isWithoutTarget && !isSource
      output.account.notes[
        isWithoutTarget ? "without_target:\(field)" : "unmapped:\(field)", default: 0] += 1
    }
    return Column(.integer, .lanes(lanes), validity: codes.validity)
  }
}
