import Columnar

extension Kernel {
  static let not = Kernel { frame in frame.mapLanes { $0 == 0 ? 1 : 0 } }

  static func isNull(negated: Bool) -> Kernel {
    Kernel(strict: false) { frame in
      guard let validity = frame.operands[0].column.validity else {
        return .lanes([Int64](repeating: negated ? 1 : 0, count: frame.count))
      }
      return .lanes(validity.map { $0 == negated ? 1 : 0 })
    }
  }

  /// `is true` and `is false`: never unknown.
  static func isTruth(_ truth: Bool, negated: Bool) -> Kernel {
    let wanted: Int64 = truth ? 1 : 0
    return Kernel(strict: false) { frame in
      let operand = frame.operands[0].column
      let lanes = operand.lanes
      guard let validity = operand.validity else {
        return .lanes(lanes.map { ($0 == wanted) != negated ? 1 : 0 })
      }
      return .lanes(
        lanes.indices.map { (validity[$0] && lanes[$0] == wanted) != negated ? 1 : 0 })
    }
  }

  /// `is distinct from`, by the kernel that says whether two values are equal.
  static func isDistinct(_ equality: Kernel, negated: Bool) -> Kernel {
    Kernel(strict: false) { frame in
      var inner = KernelFrame(frame.operands, count: frame.count, strict: true)
      guard case .lanes(let equal) = equality.run(&inner) else { return .lanes([]) }
      let (left, right) = (frame.operands[0], frame.operands[1])
      return .lanes(
        (0..<frame.count).map { row in
          let isLeft = left.isValid(row)
          let isRight = right.isValid(row)
          let same = isLeft && isRight ? equal[row] == 1 : isLeft == isRight
          return same == negated ? 1 : 0
        })
    }
  }
}
