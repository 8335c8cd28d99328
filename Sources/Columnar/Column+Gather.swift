extension Column {
  /// The rows at the positions given, in their order; a position of −1 gives a null.
  ///
  /// - Complexity: O(*n*) in the positions and the bytes of their texts.
  package func gather(_ rows: [Int32]) -> Column {
    let outValidity = gatheredValidity(rows)
    switch values {
    case .lanes(let lanes):
      return Column(
        type, .lanes(Column.pick(lanes, rows, missing: 0)), validity: outValidity)
    case .doubles(let doubles):
      return Column(
        type, .doubles(Column.pick(doubles, rows, missing: 0)), validity: outValidity)
    case .digests(let digests):
      return Column(
        type, .digests(Column.pick(digests, rows, missing: .zero)), validity: outValidity)
    case .text(let texts):
      return Column(type, .text(texts.gather(rows)), validity: outValidity)
    }
  }

  /// The validity of the rows at the positions given; `nil` when all are there and valid.
  private func gatheredValidity(_ rows: [Int32]) -> [Bool]? {
    let positions = rows.span
    var isWhole = true
    if let validity {
      let flags = validity.span
      let gathered = [Bool](capacity: rows.count) { out in
        for index in positions.indices {
          let row = Int(positions[index])
          let isValid = row >= 0 && flags[row]
          isWhole = isWhole && isValid
          out.append(isValid)
        }
      }
      return isWhole ? nil : gathered
    }
    for index in positions.indices where positions[index] < 0 { isWhole = false }
    return isWhole ? nil : rows.map { $0 >= 0 }
  }

  @inlinable
  static func pick<Value>(_ values: [Value], _ rows: [Int32], missing: Value) -> [Value] {
    let source = values.span
    let positions = rows.span
    return [Value](capacity: rows.count) { out in
      for index in positions.indices {
        let row = Int(positions[index])
        out.append(row < 0 ? missing : source[row])
      }
    }
  }

  /// The rows of several columns of one type, one after the other.
  package static func concatenated(_ columns: [Column], type: ColumnType) -> Column {
    precondition(columns.allSatisfy { $0.type == type }, "columns of different types")
    if columns.count == 1 { return columns[0] }
    var validity: [Bool]?
    if columns.contains(where: { $0.validity != nil }) {
      validity = columns.flatMap { $0.validity ?? [Bool](repeating: true, count: $0.count) }
    }
    let values: Values
    switch type {
    case .text:
      var texts = TextArray()
      texts.reserveCapacity(
        count: columns.reduce(0) { $0 + $1.count },
        bytes: columns.reduce(0) { $0 + $1.texts.bytes.count })
      for column in columns { texts.append(column.texts) }
      values = .text(texts)
    case .double: values = .doubles(columns.flatMap(\.doubles))
    case .digest: values = .digests(columns.flatMap(\.digests))
    default: values = .lanes(columns.flatMap(\.lanes))
    }
    return Column(type, values, validity: validity)
  }
}

extension Batch {
  /// The rows at the positions given, in their order.
  package func gather(_ rows: [Int32]) -> Batch {
    Batch(schema, columns.map { $0.gather(rows) }, count: rows.count)
  }

  /// A batch without rows.
  package static func empty(_ schema: Schema) -> Batch {
    Batch(schema, schema.fields.map { .nulls($0.type, count: 0) }, count: 0)
  }

  /// The rows of several batches of one schema, one after the other.
  package static func concatenated(_ batches: [Batch], schema: Schema) -> Batch {
    if batches.count == 1 { return batches[0] }
    precondition(batches.allSatisfy { $0.schema == schema }, "batches of different schemas")
    let columns = schema.fields.indices.map { index in
      Column.concatenated(batches.map { $0.columns[index] }, type: schema.fields[index].type)
    }
    return Batch(schema, columns, count: batches.reduce(0) { $0 + $1.count })
  }
}

extension Column {
  /// Orders a row of this column and one of another of the same type: nulls first, then by value
  /// (texts by bytes); negative, zero or positive.
  package func order(_ row: Int, _ other: Column, _ otherRow: Int) -> Int {
    switch (isValid(row), other.isValid(otherRow)) {
    case (false, false): return 0
    case (false, true): return -1
    case (true, false): return 1
    case (true, true): break
    }
    func sign<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
      left < right ? -1 : left == right ? 0 : 1
    }
    switch (values, other.values) {
    case (.lanes(let left), .lanes(let right)): return sign(left[row], right[otherRow])
    case (.doubles(let left), .doubles(let right)): return sign(left[row], right[otherRow])
    case (.digests(let left), .digests(let right)): return sign(left[row], right[otherRow])
    case (.text(let left), .text(let right)): return left.order(row, right, otherRow)
    default: preconditionFailure("columns of one type have one form")
    }
  }
}
