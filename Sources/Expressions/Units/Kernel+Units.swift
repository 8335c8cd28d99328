import Columnar

extension Kernel {
  /// How the rows of a unit become another unit, or why they cannot.
  private enum Outcome {
    case conversion(UnitConversion)
    case failure(FailureReason)
  }

  /// Numbers, exact ones of a scale or doubles, brought from one unit to another.
  static func convert(_ conversion: UnitConversion, _ type: ExpressionType) -> Kernel {
    if type == .double {
      return Kernel(canFail: true) { frame in
        let values = frame.operands[0].column.doubles
        var result = [Double](repeating: 0, count: frame.count)
        for row in 0..<frame.count { frame.set(&result, row, conversion.double(values[row])) }
        return .doubles(result)
      }
    }
    return Kernel(canFail: true) { frame in
      let values = frame.lanes(0)
      var result = [Int64](repeating: 0, count: frame.count)
      for row in 0..<frame.count {
        if let lane = conversion.lane(values[row]) {
          result[row] = lane
        } else {
          frame.fail(row, .overflow)
        }
      }
      return .lanes(result)
    }
  }

  /// Numbers brought from the unit of their row (the second operand) to another.
  static func convert(
    to target: Unit, _ type: ExpressionType, resultScale: Int
  ) -> Kernel {
    let scale = type.exactScale
    return Kernel(canFail: true) { frame in
      let texts = frame.operands[1].column.texts
      let unitStride = frame.operands[1].stride
      let valueStride = frame.operands[0].stride
      let lanes = scale == nil ? [] : frame.lanes(0)
      let values = scale == nil ? frame.operands[0].column.doubles : []
      var results = [Int64](repeating: 0, count: scale == nil ? 0 : frame.count)
      var doubles = [Double](repeating: 0, count: scale == nil ? frame.count : 0)
      // Each unit of the batch is read once.
      var units = KeyIndex()
      var outcomes: [Outcome] = []
      for row in 0..<frame.count where frame.validity?[row] ?? true {
        let text = texts.span(row &* unitStride)
        let number = units.insert(text.extracting(Bytes.trimmed(text)))
        if number == outcomes.count {
          outcomes.append(
            outcome(units.keys[number], target, scale ?? 0, scale == nil ? 0 : resultScale))
        }
        switch outcomes[number] {
        case .failure(let reason): frame.fail(row, reason)
        case .conversion(let conversion) where scale == nil:
          frame.set(&doubles, row, conversion.double(values[row &* valueStride]))
        case .conversion(let conversion):
          if let lane = conversion.lane(lanes[row &* valueStride]) {
            results[row] = lane
          } else {
            frame.fail(row, .overflow)
          }
        }
      }
      return scale == nil ? .doubles(doubles) : .lanes(results)
    }
  }

  private static func outcome(
    _ text: String, _ target: Unit, _ scale: Int, _ resultScale: Int
  ) -> Outcome {
    guard let unit = try? UnitParser.unit(text) else { return .failure(.unknownUnit) }
    let conversion = UnitConversion(
      from: unit, to: target, scale: scale, resultScale: resultScale)
    if let conversion { return .conversion(conversion) }
    return .failure(unit.kind == target.kind ? .overflow : .incommensurableUnits)
  }
}

extension KernelFrame {
  /// Sets a double, or notes that there is no room for it.
  fileprivate mutating func set(_ results: inout [Double], _ row: Int, _ value: Double) {
    if value.isFinite { results[row] = value } else { fail(row, .overflow) }
  }
}
