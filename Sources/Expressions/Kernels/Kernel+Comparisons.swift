import Columnar

extension Kernel {
  /// A comparison of two operands: of one type, or two exact numbers of any scales.
  static func compare(
    _ comparison: Comparison, _ left: ExpressionType, _ right: ExpressionType
  ) -> Kernel {
    switch left {
    case .double:
      return Kernel { frame in
        compare(
          comparison, frame, frame.operands[0].column.doubles, frame.operands[1].column.doubles)
      }
    case .text: return compareTexts(comparison)
    case .identifier, .localKey:
      return Kernel { frame in
        compare(
          comparison, frame, frame.operands[0].column.digests, frame.operands[1].column.digests)
      }
    default: break
    }
    let leftScale = left.exactScale ?? 0
    let rightScale = right.exactScale ?? 0
    if leftScale == rightScale {
      return Kernel { frame in compare(comparison, frame, frame.lanes(0), frame.lanes(1)) }
    }
    let leftFactor = PowersOfTen.wide[max(0, rightScale - leftScale)]
    let rightFactor = PowersOfTen.wide[max(0, leftScale - rightScale)]
    return Kernel { frame in
      let order = frame.zip(frame.lanes(0), frame.lanes(1)) { (left, right) -> Int64 in
        let first = Int128(left) * leftFactor
        let second = Int128(right) * rightFactor
        return first < second ? -1 : first == second ? 0 : 1
      }
      return decide(comparison, order)
    }
  }

  /// One loop for each comparison, so that none chooses inside.
  private static func compare<Value: Comparable>(
    _ comparison: Comparison, _ frame: KernelFrame, _ left: [Value], _ right: [Value]
  ) -> Column.Values {
    switch comparison {
    case .equal: .lanes(frame.zip(left, right) { $0 == $1 ? 1 : 0 })
    case .notEqual: .lanes(frame.zip(left, right) { $0 != $1 ? 1 : 0 })
    case .less: .lanes(frame.zip(left, right) { $0 < $1 ? 1 : 0 })
    case .lessOrEqual: .lanes(frame.zip(left, right) { $0 <= $1 ? 1 : 0 })
    case .greater: .lanes(frame.zip(left, right) { $0 > $1 ? 1 : 0 })
    case .greaterOrEqual: .lanes(frame.zip(left, right) { $0 >= $1 ? 1 : 0 })
    }
  }

  /// What a comparison makes of negative, zero and positive orders.
  private static func decide(_ comparison: Comparison, _ order: [Int64]) -> Column.Values {
    switch comparison {
    case .equal: .lanes(order.map { $0 == 0 ? 1 : 0 })
    case .notEqual: .lanes(order.map { $0 != 0 ? 1 : 0 })
    case .less: .lanes(order.map { $0 < 0 ? 1 : 0 })
    case .lessOrEqual: .lanes(order.map { $0 <= 0 ? 1 : 0 })
    case .greater: .lanes(order.map { $0 > 0 ? 1 : 0 })
    case .greaterOrEqual: .lanes(order.map { $0 >= 0 ? 1 : 0 })
    }
  }

  private static func compareTexts(_ comparison: Comparison) -> Kernel {
    let isEquality = comparison == .equal || comparison == .notEqual
    return Kernel { frame in
      let left = frame.operands[0].column.texts
      let right = frame.operands[1].column.texts
      let leftStride = frame.operands[0].stride
      let rightStride = frame.operands[1].stride
      let order = [Int64](capacity: frame.count) { out in
        for row in 0..<frame.count {
          let first = left.span(row &* leftStride)
          let second = right.span(row &* rightStride)
          // Texts of different length are unequal, whatever their order.
          if isEquality, first.count != second.count {
            out.append(1)
          } else {
            out.append(Bytes.order(first, second))
          }
        }
      }
      return decide(comparison, order)
    }
  }

  /// Whether the operand is a member of a list; a null in the list makes "no" unknown.
  static func isMember(of list: Column) -> Kernel {
    let hasNull = list.nullCount > 0
    switch list.values {
    case .text(let texts):
      var index = KeyIndex()
      for row in 0..<list.count where list.isValid(row) { _ = index.insert(texts.span(row)) }
      let keys = index
      return Kernel { frame in
        let texts = frame.operands[0].column.texts
        let found = [Int64](capacity: frame.count) { out in
          for row in 0..<frame.count { out.append(keys.find(texts.span(row)) == nil ? 0 : 1) }
        }
        return frame.membership(found, hasNull: hasNull)
      }
    case .lanes(let lanes):
      let members = Set((0..<list.count).filter { list.isValid($0) }.map { lanes[$0] }).sorted()
      return Kernel { frame in
        let values = frame.lanes(0)
        let source = values.span
        let wanted = members.span
        let found = [Int64](capacity: frame.count) { out in
          for row in 0..<frame.count { out.append(Kernel.contains(wanted, source[row])) }
        }
        return frame.membership(found, hasNull: hasNull)
      }
    case .digests, .doubles:
      preconditionFailure("no list of constants has this type")
    }
  }

  /// Binary search: 1 when an ascending run has the value, else 0.
  private static func contains(_ members: Span<Int64>, _ value: Int64) -> Int64 {
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < members.count && members[low] == value ? 1 : 0
  }
}

extension KernelFrame {
  fileprivate mutating func membership(_ found: [Int64], hasNull: Bool) -> Column.Values {
    if hasNull {
      for row in 0..<count where found[row] == 0 { setNull(row) }
    }
    return .lanes(found)
  }
}
