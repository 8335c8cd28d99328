import Columnar

/// A column, or one row that stands for all.
struct Operand: Sendable {
  let column: Column
  /// 1 for a column, 0 for one row that stands for all: row `i` is at `i * stride`.
  let stride: Int

  init(_ column: Column) {
    self.column = column
    stride = 1
  }

  init(scalar column: Column) {
    self.column = column
    stride = 0
  }

  var isScalar: Bool { stride == 0 }

  /// Whether it has no value on any row.
  var isNullScalar: Bool { isScalar && !column.isValid(0) }

  func isValid(_ row: Int) -> Bool { column.isValid(row &* stride) }

  /// The rows at the positions given.
  func gather(_ rows: [Int32]) -> Operand { isScalar ? self : Operand(column.gather(rows)) }

  /// The operand as a column of `count` rows.
  func column(count: Int) -> Column {
    isScalar ? column.gather([Int32](repeating: 0, count: count)) : column
  }
}

/// The operands of a kernel, and what it says about rows.
struct KernelFrame {
  let operands: [Operand]
  let count: Int
  /// Which rows have a value; `nil` when all have.
  var validity: [Bool]?
  var failures: [EvaluationFailure] = []

  init(_ operands: [Operand], count: Int, strict: Bool) {
    self.operands = operands
    self.count = count
    if strict { validity = KernelFrame.combinedValidity(operands, count: count) }
  }

  /// Which rows have a value in all operands; `nil` when all have.
  static func combinedValidity(_ operands: [Operand], count: Int) -> [Bool]? {
    var combined: [Bool]?
    for operand in operands {
      guard let validity = operand.column.validity else { continue }
      if operand.isScalar {
        if !validity[0] { return [Bool](repeating: false, count: count) }
      } else if let others = combined {
        let left = others.span
        let right = validity.span
        combined = [Bool](capacity: count) { out in
          for row in 0..<count { out.append(left[row] && right[row]) }
        }
      } else {
        combined = validity
      }
    }
    return combined
  }

  /// Takes the value of a row away.
  mutating func setNull(_ row: Int) {
    if validity == nil { validity = [Bool](repeating: true, count: count) }
    validity?[row] = false
  }

  /// Notes that a row could not be computed, unless it had no value anyway.
  mutating func fail(_ row: Int, _ reason: FailureReason) {
    guard validity?[row] ?? true else { return }
    failures.append(EvaluationFailure(row: Int32(row), reason: reason))
    setNull(row)
  }
}
