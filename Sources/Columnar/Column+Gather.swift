extension Column {
  /// The rows at the positions given, in their order; a position of −1 gives a null.
  ///
  /// - Complexity: O(*n*) in the positions and the bytes of their texts.
  package func gather(_ rows: [Int32]) -> Column {
    let rowSpan = rows.span
    var outValidity: [Bool]?
    let hasMissing = rows.contains { $0 < 0 }
    if validity != nil || hasMissing {
      outValidity = [Bool](repeating: true, count: rows.count)
      for index in rows.indices {
        let row = Int(rowSpan[index])
        outValidity?[index] = row >= 0 && isValid(row)
      }
    }
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
      var out = TextArray()
      var total = 0
      for index in rowSpan.indices where rowSpan[index] >= 0 {
        total += texts.range(Int(rowSpan[index])).count
      }
      out.reserveCapacity(count: rows.count, bytes: total)
      for index in rowSpan.indices {
        let row = Int(rowSpan[index])
        if row < 0 { out.close() } else { out.append(texts.span(row)) }
      }
      return Column(type, .text(out), validity: outValidity)
    }
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
