package import Columnar

/// An expression that was checked and can be run over batches.
package struct CompiledExpression: Sendable {
  /// The type of its values.
  package let type: ExpressionType
  /// The columns that it reads, each once, in the order of their first mention.
  package let inputs: [Input]
  /// The value maps that it looks into, each once, in the order of their first mention.
  package let valueMaps: [String]
  let root: Node
  /// The slot of each input, and the number of slots in all.
  let slots: [Int]
  let slotCount: Int
  /// The map and the text of an expression that is a call of `map()` and nothing else.
  let lookup: (map: String, text: Node)?

  /// Whether it gives the same value on every row.
  package var isConstant: Bool { root.isConstant }

  /// The name of the value map and the text that is looked up there, if the expression is a call of
  /// `map()` and nothing else, and reads the row.
  package var mapping: (map: String, text: CompiledExpression)? {
    guard let lookup, !isConstant else { return nil }
    return (
      lookup.map,
      CompiledExpression(
        type: lookup.text.type, inputs: inputs, valueMaps: valueMaps, root: lookup.text,
        slots: slots, slotCount: slotCount, lookup: nil)
    )
  }

  /// The column to which the expression is a bare reference, if it is one.
  package var columnReference: Input? {
    guard case .input(let slot) = root.operation else { return nil }
    return slots.firstIndex(of: slot).map { inputs[$0] }
  }

  /// Runs the expression over the rows of a batch.
  ///
  /// - Parameters:
  ///   - columns: one for each of `inputs`, in order, in the physical form of its type (text for
  ///     the raw form), with `count` rows each.
  ///   - count: the number of rows.
  /// - Returns: the column, and the rows on which it could not be computed.
  package func evaluate(_ columns: [Column], count: Int) -> Evaluation {
    precondition(columns.count == inputs.count, "one column an input")
    for column in columns { precondition(column.count == count, "columns of one count") }
    var operands = [Operand](
      repeating: Operand(scalar: .constant(0, count: 1)), count: slotCount)
    for (slot, column) in zip(slots, columns) { operands[slot] = Operand(column) }
    var evaluator = Evaluator(inputs: operands, count: count)
    var column = evaluator.evaluate(root).column(count: count)
    let failures = evaluator.firstFailures
    if !failures.isEmpty {
      var validity = column.validity ?? [Bool](repeating: true, count: count)
      for failure in failures { validity[Int(failure.row)] = false }
      column.validity = validity
    }
    return Evaluation(column: column, failures: failures)
  }
}

/// What an expression gave on the rows of a batch.
package struct Evaluation: Sendable {
  package var column: Column
  /// The rows on which it failed, ascending, each once with the first reason; they are null.
  package var failures: [EvaluationFailure]

  package init(column: Column, failures: [EvaluationFailure]) {
    self.column = column
    self.failures = failures
  }
}

/// A row on which an expression could not be computed.
package struct EvaluationFailure: Hashable, Sendable {
  package var row: Int32
  package var reason: FailureReason

  package init(row: Int32, reason: FailureReason) {
    self.row = row
    self.reason = reason
  }
}

/// Why an expression failed on a row; the raw value is the stable reason code.
package enum FailureReason: String, Hashable, Sendable, CaseIterable {
  case divisionByZero = "division_by_zero"
  case overflow
  case castFailed = "cast_failed"
  case notAnInteger = "not_an_integer"
  case notADecimal = "not_a_decimal"
  case notADate = "not_a_date"
  case notATimestamp = "not_a_timestamp"
  case invalidArgument = "invalid_argument"
  case unknownUnit = "unknown_unit"
  case incommensurableUnits = "incommensurable_units"
}
