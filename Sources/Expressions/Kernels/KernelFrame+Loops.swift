import Columnar

/// The loops of the kernels.
///
/// Each takes its body as an argument and is always inlined, so that the body is part of the loop
/// and no closure is called per row. An operand that stands for all rows is read once.
extension KernelFrame {
  func lanes(_ index: Int) -> [Int64] { operands[index].column.lanes }

  /// One lane for each row from one operand.
  @inline(__always)
  func mapLanes(_ body: (Int64) -> Int64) -> Column.Values {
    let values = lanes(0)
    let source = values.span
    return .lanes(
      [Int64](capacity: count) { out in
        for row in 0..<count { out.append(body(source[row])) }
      })
  }

  /// One result for each row from two arrays, of which one may stand for all rows.
  @inline(__always)
  func zip<Value, Result>(
    _ first: [Value], _ second: [Value], _ body: (Value, Value) -> Result
  ) -> [Result] {
    let left = first.span
    let right = second.span
    if operands[0].stride == 1, operands[1].stride == 1 {
      return [Result](capacity: count) { out in
        for row in 0..<count { out.append(body(left[row], right[row])) }
      }
    }
    if operands[1].stride == 0 {
      let other = right[0]
      let stride = operands[0].stride
      return [Result](capacity: count) { out in
        for row in 0..<count { out.append(body(left[row &* stride], other)) }
      }
    }
    let other = left[0]
    return [Result](capacity: count) { out in
      for row in 0..<count { out.append(body(other, right[row])) }
    }
  }

  /// One lane for each row from two operands whose values are lanes.
  @inline(__always)
  func zipLanes(_ body: (Int64, Int64) -> Int64) -> Column.Values {
    .lanes(zip(lanes(0), lanes(1), body))
  }

  /// As `zipLanes`, where the body says that a row overflows; such rows fail.
  ///
  /// The loop only remembers whether any row did; a second one, seldom run, finds which.
  @inline(__always)
  mutating func zipLanes(
    failing reason: FailureReason,
    _ body: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> Column.Values {
    var failed = false
    let result = zip(lanes(0), lanes(1)) { (left, right) -> Int64 in
      let (value, overflow) = body(left, right)
      failed = failed || overflow
      return value
    }
    if failed {
      let left = lanes(0)
      let right = lanes(1)
      for row in 0..<count
      where body(left[row &* operands[0].stride], right[row &* operands[1].stride]).overflow {
        fail(row, reason)
      }
    }
    return .lanes(result)
  }

  /// As `mapLanes`, where the body says that a row overflows; such rows fail.
  @inline(__always)
  mutating func mapLanes(
    failing reason: FailureReason, _ body: (Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> Column.Values {
    let values = lanes(0)
    let source = values.span
    var failed = false
    let result = [Int64](capacity: count) { out in
      for row in 0..<count {
        let (value, overflow) = body(source[row])
        failed = failed || overflow
        out.append(value)
      }
    }
    if failed {
      for row in 0..<count where body(values[row]).overflow { fail(row, reason) }
    }
    return .lanes(result)
  }

  /// One double for each row; rows whose result is not finite fail.
  @inline(__always)
  mutating func zipDoubles(_ body: (Double, Double) -> Double) -> Column.Values {
    let result = zip(operands[0].column.doubles, operands[1].column.doubles, body)
    for row in 0..<count where !result[row].isFinite { fail(row, .overflow) }
    return .doubles(result)
  }

  /// One lane for each row from the bytes of one text.
  @inline(__always)
  func mapTexts(_ body: (Span<UInt8>) -> Int64) -> Column.Values {
    let texts = operands[0].column.texts
    return .lanes(
      [Int64](capacity: count) { out in
        for row in 0..<count { out.append(body(texts.span(row))) }
      })
  }

  /// One lane for each row from the bytes of one text; rows without a result fail, or, without a
  /// reason, are null.
  @inline(__always)
  mutating func readTexts(
    failing reason: FailureReason?, _ body: (Span<UInt8>) -> Int64?
  ) -> Column.Values {
    let texts = operands[0].column.texts
    var result = [Int64](repeating: 0, count: count)
    for row in 0..<count {
      if let value = body(texts.span(row)) {
        result[row] = value
      } else if let reason {
        fail(row, reason)
      } else {
        setNull(row)
      }
    }
    return .lanes(result)
  }
}
