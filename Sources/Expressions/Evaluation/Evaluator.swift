import Columnar

/// Runs a node over the rows of a batch, column by column.
struct Evaluator {
  var inputs: [Operand]
  let count: Int
  /// In the order of evaluation; a row may occur again.
  var failures: [EvaluationFailure] = []

  init(inputs: [Operand], count: Int) {
    self.inputs = inputs
    self.count = count
  }

  /// The first failure of each row, by row.
  var firstFailures: [EvaluationFailure] {
    if failures.isEmpty { return [] }
    var seen = [Bool](repeating: false, count: count)
    var first: [EvaluationFailure] = []
    for failure in failures where !seen[Int(failure.row)] {
      seen[Int(failure.row)] = true
      first.append(failure)
    }
    return first.sorted { $0.row < $1.row }
  }

  mutating func evaluate(_ node: Node) -> Operand {
    switch node.operation {
    case .input(let slot): return inputs[slot]
    case .constant(let column): return Operand(scalar: column)
    case .call(let kernel, let operands):
      return call(kernel, operands.map { evaluate($0) }, type: node.type.columnType)
    case .logical(let isAnd, let operands): return logical(isAnd, operands)
    case .choice(let branches, let otherwise):
      return choice(branches, otherwise, type: node.type.columnType)
    case .coalesce(let operands): return coalesce(operands, type: node.type.columnType)
    case .attempt(let node): return attempt(node)
    case .bind(let value, let slot, let body):
      inputs[slot] = evaluate(value)
      return evaluate(body)
    }
  }

  /// The value of a node, with null instead of its failures.
  private mutating func attempt(_ node: Node) -> Operand {
    let before = failures.count
    let operand = evaluate(node)
    guard failures.count > before else { return operand }
    var column = operand.column(count: count)
    var validity = column.validity ?? [Bool](repeating: true, count: count)
    for failure in failures[before...] { validity[Int(failure.row)] = false }
    failures.removeSubrange(before...)
    column.validity = validity
    return Operand(column)
  }

  /// Runs a kernel; operands that all stand for all rows give one row that does.
  private mutating func call(
    _ kernel: Kernel, _ operands: [Operand], type: ColumnType
  ) -> Operand {
    let isScalar = operands.allSatisfy(\.isScalar)
    if kernel.isStrict, operands.contains(where: \.isNullScalar) {
      return Operand(scalar: .nulls(type, count: 1))
    }
    var frame = KernelFrame(operands, count: isScalar ? 1 : count, strict: kernel.isStrict)
    let values = kernel.run(&frame)
    let column = Column(type, values, validity: frame.validity)
    guard isScalar else {
      failures += frame.failures
      return Operand(column)
    }
    if let failure = frame.failures.first {
      failures += (0..<count).map {
        EvaluationFailure(row: Int32($0), reason: failure.reason)
      }
    }
    return Operand(scalar: column)
  }

  /// Evaluates a node on some rows: the operand, and whether its rows are all rows of the batch
  /// rather than those asked for.
  mutating func evaluate(_ node: Node, on rows: [Int32]) -> (operand: Operand, isDense: Bool) {
    if rows.count == count { return (evaluate(node), true) }
    switch node.operation {
    case .input, .constant: return (evaluate(node), true)
    default: break
    }
    var part = Evaluator(inputs: inputs, count: rows.count)
    for slot in node.slots { part.inputs[slot] = inputs[slot].gather(rows) }
    let operand = part.evaluate(node)
    for failure in part.failures {
      failures.append(
        EvaluationFailure(row: rows[Int(failure.row)], reason: failure.reason))
    }
    return (operand, false)
  }
}
