import Columnar

extension Evaluator {
  /// Three-valued `and` or `or`, from left to right.
  ///
  /// An operand that may fail is computed only on the rows that are still open: those where no
  /// earlier one has decided.
  mutating func logical(_ isAnd: Bool, _ operands: [Node]) -> Operand {
    // Two bits a row: seen the deciding value, seen null.
    let deciding: Int64 = isAnd ? 0 : 1
    var decided = [Bool](repeating: false, count: count)
    var unknown = [Bool](repeating: false, count: count)
    for node in operands {
      let rows = node.canFail ? openRows(decided) : nil
      let (operand, isDense) =
        rows.map { evaluate(node, on: $0) } ?? (evaluate(node), true)
      let lanes = operand.column.lanes
      let values = lanes.span
      let validity = operand.column.validity ?? []
      let hasNulls = operand.column.validity != nil
      let total = rows?.count ?? count
      for index in 0..<total {
        let row = rows.map { Int($0[index]) } ?? index
        let position = (isDense ? row : index) &* operand.stride
        if hasNulls, !validity[position] {
          unknown[row] = true
        } else if values[position] == deciding {
          decided[row] = true
        }
      }
    }
    var validity: [Bool]?
    if unknown.contains(true) {
      validity = [Bool](capacity: count) { out in
        for row in 0..<count { out.append(decided[row] || !unknown[row]) }
      }
    }
    let result = [Int64](capacity: count) { out in
      for row in 0..<count { out.append(decided[row] ? deciding : 1 - deciding) }
    }
    return Operand(Column(.boolean, .lanes(result), validity: validity))
  }

  private func openRows(_ decided: [Bool]) -> [Int32] {
    var rows: [Int32] = []
    rows.reserveCapacity(count)
    for row in 0..<count where !decided[row] { rows.append(Int32(row)) }
    return rows
  }

  /// The rows, of those given, on which a condition is true, and the others.
  private mutating func split(
    _ rows: [Int32], by condition: Node
  ) -> (taken: [Int32], left: [Int32]) {
    let (operand, isDense) = evaluate(condition, on: rows)
    let lanes = operand.column.lanes
    let values = lanes.span
    let validity = operand.column.validity
    var taken: [Int32] = []
    var left: [Int32] = []
    for index in rows.indices {
      let position = (isDense ? Int(rows[index]) : index) &* operand.stride
      if values[position] != 0, validity?[position] ?? true {
        taken.append(rows[index])
      } else {
        left.append(rows[index])
      }
    }
    return (taken, left)
  }

  mutating func choice(
    _ branches: [Node.Branch], _ otherwise: Node, type: ColumnType
  ) -> Operand {
    var rows = (0..<Int32(count)).map { $0 }
    var assembly = Assembly(count: count)
    for branch in branches where !rows.isEmpty {
      let (taken, left) = split(rows, by: branch.when)
      if !taken.isEmpty {
        let (operand, isDense) = evaluate(branch.then, on: taken)
        assembly.add(operand, rows: taken, isDense: isDense)
      }
      rows = left
    }
    if !rows.isEmpty {
      let (operand, isDense) = evaluate(otherwise, on: rows)
      assembly.add(operand, rows: rows, isDense: isDense)
    }
    return Operand(assembly.column(type))
  }

  mutating func coalesce(_ operands: [Node], type: ColumnType) -> Operand {
    var rows = (0..<Int32(count)).map { $0 }
    var assembly = Assembly(count: count)
    for node in operands where !rows.isEmpty {
      let (operand, isDense) = evaluate(node, on: rows)
      assembly.add(operand, rows: rows, isDense: isDense)
      guard let validity = operand.column.validity else { break }
      var left: [Int32] = []
      for index in rows.indices {
        let position = (isDense ? Int(rows[index]) : index) &* operand.stride
        if !validity[position] { left.append(rows[index]) }
      }
      rows = left
    }
    return Operand(assembly.column(type))
  }
}
