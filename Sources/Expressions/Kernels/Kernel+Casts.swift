import Columnar

extension Kernel {
  /// The conversion that happens without being asked, or `nil` when there is none.
  static func widening(_ from: ExpressionType, _ to: ExpressionType) -> Kernel? {
    switch (from, to) {
    case (.date, .timestamp):
      return Kernel { frame in
        frame.mapLanes { days in
          let range = IsoFormat.days
          return min(max(days, range.lowerBound), range.upperBound)
            * CivilCalendar.microsecondsPerDay
        }
      }
    case (_, .double):
      guard let scale = from.exactScale else { return nil }
      let power = Double(PowersOfTen.narrow[scale])
      return Kernel { frame in .doubles(frame.lanes(0).map { Double($0) / power }) }
    case (_, .decimal(let scale)):
      guard let digits = from.exactScale.map({ scale - $0 }), digits >= 0 else { return nil }
      let factor = PowersOfTen.narrow[digits]
      return Kernel(canFail: true) { frame in
        frame.mapLanes(failing: .overflow) { $0.multipliedReportingOverflow(by: factor) }
      }
    default: return nil
    }
  }

  /// The conversion that a cast asks for, or `nil` when there is none.
  ///
  /// A cast that tries gives null instead of failing.
  static func cast(
    _ from: ExpressionType, _ to: ExpressionType, trying: Bool
  ) -> Kernel? {
    guard let kernel = cast(from, to) else { return nil }
    return trying ? kernel.silenced : kernel
  }

  /// The kernel with null where it fails.
  var silenced: Kernel {
    Kernel(strict: isStrict) { frame in
      let values = run(&frame)
      frame.failures = []
      return values
    }
  }

  private static func cast(_ from: ExpressionType, _ to: ExpressionType) -> Kernel? {
    if let widening = widening(from, to) { return widening }
    switch (from, to) {
    case (.boolean, .integer): return Kernel { frame in frame.operands[0].column.values }
    case (.decimal(let scale), .integer): return rescale(dropping: scale)
    case (.decimal(let scale), .decimal(let wanted)): return rescale(dropping: scale - wanted)
    case (.double, .integer): return fromDouble(scale: 0)
    case (.double, .decimal(let scale)): return fromDouble(scale: scale)
    case (.timestamp, .date):
      return Kernel { frame in frame.mapLanes { CivilCalendar.days(ofMicroseconds: $0) } }
    case (.text, _): return reading(to, failing: .castFailed)
    case (_, .text): return writing(from)
    default: return nil
    }
  }

  /// Cuts digits off decimals; halves round away from zero.
  static func rescale(dropping digits: Int) -> Kernel {
    let divisor = PowersOfTen.narrow[digits]
    return Kernel { frame in frame.mapLanes { PowersOfTen.divide($0, by: divisor) } }
  }

  private static func fromDouble(scale: Int) -> Kernel {
    let power = Double(PowersOfTen.narrow[scale])
    return Kernel(canFail: true) { frame in
      var result = [Int64](repeating: 0, count: frame.count)
      let doubles = frame.operands[0].column.doubles
      for row in 0..<frame.count {
        if let lane = NumberFormat.rounded(doubles[row] * power) {
          result[row] = lane
        } else {
          frame.fail(row, .overflow)
        }
      }
      return .lanes(result)
    }
  }

  /// Texts read as values of another type.
  static func reading(_ type: ExpressionType, failing reason: FailureReason) -> Kernel? {
    switch type {
    case .integer:
      Kernel(canFail: true) { $0.readTexts(failing: reason) { NumberFormat.integer($0) } }
    case .decimal(let scale):
      Kernel(canFail: true) { frame in
        frame.readTexts(failing: reason) {
          NumberFormat.decimal($0, scale: scale, rounding: true)
        }
      }
    case .date:
      Kernel(canFail: true) { frame in
        frame.readTexts(failing: reason) { IsoFormat.date($0.extracting(Bytes.trimmed($0))) }
      }
    case .timestamp:
      Kernel(canFail: true) { frame in
        frame.readTexts(failing: reason) { IsoFormat.timestamp($0.extracting(Bytes.trimmed($0))) }
      }
    case .boolean:
      Kernel(canFail: true) { $0.readTexts(failing: reason) { truth($0) } }
    case .double:
      Kernel(canFail: true) { frame in
        let texts = frame.operands[0].column.texts
        var result = [Double](repeating: 0, count: frame.count)
        for row in 0..<frame.count {
          if let value = NumberFormat.double(texts.span(row)) {
            result[row] = value
          } else {
            frame.fail(row, reason)
          }
        }
        return .doubles(result)
      }
    default: nil
    }
  }

  private static let truthWords = [Array("false".utf8), Array("true".utf8)]

  private static func truth(_ text: Span<UInt8>) -> Int64? {
    let range = Bytes.trimmed(text)
    for value in 0...1 where range.count == truthWords[value].count {
      if range.allSatisfy({ text[$0] | 0x20 == truthWords[value][$0 - range.lowerBound] }) {
        return Int64(value)
      }
    }
    return nil
  }

  /// Values written as texts.
  private static func writing(_ type: ExpressionType) -> Kernel? {
    switch type {
    case .integer: Kernel { $0.writeLanes { $0.append(decimal: $1, scale: 0) } }
    case .decimal(let scale): Kernel { $0.writeLanes { $0.append(decimal: $1, scale: scale) } }
    case .date: Kernel { $0.writeLanes { $0.append(date: $1) } }
    case .timestamp: Kernel { $0.writeLanes { $0.append(timestamp: $1) } }
    case .partialDate: Kernel { $0.writeLanes { $0.append(partialDate: $1) } }
    case .boolean: Kernel { $0.writeLanes { $0.append(truthWords[$1 == 0 ? 0 : 1]) } }
    case .double:
      Kernel { frame in
        var writer = TextWriter(count: frame.count)
        for value in frame.operands[0].column.doubles {
          writer.append(Array(value.description.utf8))
          writer.close()
        }
        return writer.values
      }
    default: nil
    }
  }
}
