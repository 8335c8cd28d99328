@testable import Expressions

extension TermMaker {
  /// A lane of each part, or `nil` when one is null.
  private static func lanes(_ values: [Value]) -> [Int64]? {
    var lanes: [Int64] = []
    for value in values { if case .lane(let lane) = value { lanes.append(lane) } }
    return lanes.count == values.count ? lanes : nil
  }

  private static func divide(_ left: Int64, _ right: Int64) throws -> (Int128, Int128) {
    if right == 0 { throw RowFailure(reason: .divisionByZero) }
    return (Int128(left), Int128(right))
  }

  mutating func integer(_ depth: Int) -> Term {
    switch random.below(8) {
    case 0, 1:
      let symbol = random.pick(["+", "-", "*", "%"])
      let parts = [term(.integer, depth), term(.integer, depth)]
      return make("\(parts[0].text) \(symbol) \(parts[1].text)", .integer, parts) { parts, row in
        guard let lanes = TermMaker.lanes(try parts.map { try $0.value(row) }) else {
          return .null
        }
        let (left, right) = (Int128(lanes[0]), Int128(lanes[1]))
        switch symbol {
        case "+": return try fitting(left + right)
        case "-": return try fitting(left - right)
        case "*": return try fitting(left * right)
        default:
          _ = try TermMaker.divide(lanes[0], lanes[1])
          return try fitting(left % right)
        }
      }
    case 2:
      let parts = [term(.integer, depth), term(.integer, depth)]
      return make("div(\(parts[0].text), \(parts[1].text))", .integer, parts) { parts, row in
        guard let lanes = TermMaker.lanes(try parts.map { try $0.value(row) }) else {
          return .null
        }
        let (left, right) = try TermMaker.divide(lanes[0], lanes[1])
        return try fitting(left / right)
      }
    case 3:
      let part = term(.text, depth)
      return make("length(\(part.text))", .integer, [part]) { parts, row in
        guard case .text(let text) = try parts[0].value(row) else { return .null }
        return .lane(Int64(text.unicodeScalars.count))
      }
    case 4:
      let part = term(.text, depth)
      let isCast = random.chance(50)
      let text = isCast ? "cast(\(part.text) as integer)" : "to_integer(\(part.text))"
      return make(text, .integer, [part]) { parts, row in
        guard case .text(let text) = try parts[0].value(row) else { return .null }
        let trimmed = text.split(separator: " ", omittingEmptySubsequences: true)
        guard trimmed.count == 1, let number = Int64(trimmed[0]) else {
          throw RowFailure(reason: isCast ? .castFailed : .notAnInteger)
        }
        return .lane(number)
      }
    case 5:
      let type = random.pick([ExpressionType.decimal(scale: 2), .decimal(scale: 4)])
      let name = random.pick(["round", "floor", "ceil", "sign"])
      let part = term(type, depth)
      return make("\(name)(\(part.text))", .integer, [part]) { parts, row in
        guard case .lane(let lane) = try parts[0].value(row) else { return .null }
        let unit = power(scale(type))
        let wide = Int128(lane)
        let floor = wide >= 0 || wide % unit == 0 ? wide / unit : wide / unit - 1
        switch name {
        case "round": return try fitting(rounded(wide, unit))
        case "floor": return try fitting(floor)
        case "ceil": return try fitting(wide % unit == 0 ? floor : floor + 1)
        default: return .lane(lane.signum())
        }
      }
    case 6:
      let parts = [term(.date, depth), term(.date, depth)]
      let isMinus = random.chance(50)
      let text =
        isMinus
        ? "\(parts[1].text) - \(parts[0].text)" : "days_between(\(parts[0].text), \(parts[1].text))"
      return make(text, .integer, isMinus ? parts.reversed() : parts) { parts, row in
        guard let lanes = TermMaker.lanes(try parts.map { try $0.value(row) }) else {
          return .null
        }
        return .lane(isMinus ? lanes[0] - lanes[1] : lanes[1] - lanes[0])
      }
    default:
      let unit = random.pick(["year", "month", "day"])
      let part = term(.date, depth)
      let text = random.chance(50) ? "\(unit)(\(part.text))" : "extract(\(unit) from \(part.text))"
      return make(text, .integer, [part]) { parts, row in
        guard case .lane(let lane) = try parts[0].value(row) else { return .null }
        let (year, month, day) = CountedCalendar.date(lane)
        return .lane(Int64(unit == "year" ? year : unit == "month" ? month : day))
      }
    }
  }

  /// A decimal of the scale or a double, out of arithmetic of whatever numbers, cast to the type.
  mutating func number(_ type: ExpressionType, _ depth: Int) -> Term {
    let types =
      type == .double
      ? [ExpressionType.double, random.pick(TermMaker.numbers)]
      : [
        random.pick(Array(TermMaker.numbers.dropLast())),
        random.pick(Array(TermMaker.numbers.dropLast())),
      ]
    let operation = random.pick(["+", "-", "*", "/"])
    let parts = [term(types[0], depth), term(types[1], depth)]
    let text = "\(parts[0].text) \(operation) \(parts[1].text)"
    if type == .double {
      return make(text, .double, parts) { parts, row in
        let first = try widen(try parts[0].value(row), types[0], .double)
        let second = try widen(try parts[1].value(row), types[1], .double)
        guard case .double(let left) = first, case .double(let right) = second else { return .null }
        if operation == "/", right == 0 { throw RowFailure(reason: .divisionByZero) }
        let result =
          operation == "+"
          ? left + right
          : operation == "-" ? left - right : operation == "*" ? left * right : left / right
        if !result.isFinite { throw RowFailure(reason: .overflow) }
        return .double(result)
      }
    }
    let scales = types.map { scale($0) }
    let common = max(scales[0], scales[1])
    let natural: ExpressionType =
      operation == "/"
      ? .decimal(scale: max(common, 6))
      : types == [.integer, .integer]
        ? .integer : .decimal(scale: operation == "*" ? min(9, scales[0] + scales[1]) : common)
    // One unit more or less after the cast would show, so that the rounding is tested as well.
    return make("cast(\(text) as decimal(\(scale(type))))", type, parts) { parts, row in
      var values: [Value] = []
      for (part, partType) in zip(parts, types) {
        let isSum = operation == "+" || operation == "-"
        let value = try part.value(row)
        values.append(isSum ? try widen(value, partType, natural) : value)
      }
      guard let lanes = TermMaker.lanes(values) else { return .null }
      let (left, right) = (Int128(lanes[0]), Int128(lanes[1]))
      let result: Value
      switch operation {
      case "+": result = try fitting(left + right)
      case "-": result = try fitting(left - right)
      case "*":
        result = try fitting(
          rounded(left * right, power(scales[0] + scales[1] - scale(natural))))
      default:
        let (top, bottom) = try TermMaker.divide(lanes[0], lanes[1])
        result = try fitting(
          rounded(top * power(scale(natural) + scales[1] - scales[0]), bottom))
      }
      guard case .lane(let lane) = result else { return .null }
      let digits = scale(natural) - scale(type)
      return try fitting(
        digits >= 0 ? rounded(Int128(lane), power(digits)) : Int128(lane) * power(-digits))
    }
  }

  mutating func date(_ depth: Int) -> Term {
    if random.chance(30) {
      let part = term(.timestamp, depth)
      return make("date(\(part.text))", .date, [part]) { parts, row in
        guard case .lane(let lane) = try parts[0].value(row) else { return .null }
        return .lane(lane >= 0 ? lane / 86_400_000_000 : (lane + 1) / 86_400_000_000 - 1)
      }
    }
    if random.chance(50) {
      let months = random.below(30)
      let isMinus = random.chance(50)
      let part = term(.date, depth)
      let text = "\(part.text) \(isMinus ? "-" : "+") interval '\(months)' month"
      return make(text, .date, [part]) { parts, row in
        guard case .lane(let lane) = try parts[0].value(row) else { return .null }
        let (year, month, day) = CountedCalendar.date(lane)
        let total = year * 12 + month - 1 + (isMinus ? -months : months)
        guard total >= 12, total < 120_000 else { throw RowFailure(reason: .overflow) }
        let last = CountedCalendar.length(total % 12 + 1, total / 12)
        return .lane(CountedCalendar.days(total / 12, total % 12 + 1, min(day, last)))
      }
    }
    let parts = [term(.date, depth), term(.integer, depth)]
    let isMinus = random.chance(50)
    return make("\(parts[0].text) \(isMinus ? "-" : "+") \(parts[1].text)", .date, parts) {
      parts, row in
      guard let lanes = TermMaker.lanes(try parts.map { try $0.value(row) }) else { return .null }
      let sum = Int128(lanes[0]) + (isMinus ? -Int128(lanes[1]) : Int128(lanes[1]))
      guard sum >= -719_162, sum <= 2_932_896 else { throw RowFailure(reason: .overflow) }
      return try fitting(sum)
    }
  }

  mutating func timestamp(_ depth: Int) -> Term {
    let isDate = random.chance(40)
    let part = term(isDate ? .date : .timestamp, depth)
    let hours = random.below(100)
    return make("\(part.text) - interval '\(hours)' hours", .timestamp, [part]) { parts, row in
      let value = try widen(try parts[0].value(row), isDate ? .date : .timestamp, .timestamp)
      guard case .lane(let lane) = value else { return .null }
      let (sum, overflow) = lane.subtractingReportingOverflow(Int64(hours) * 3_600_000_000)
      guard !overflow, sum >= -719_162 * 86_400_000_000 else {
        throw RowFailure(reason: .overflow)
      }
      return .lane(sum)
    }
  }
}
