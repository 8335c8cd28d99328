@testable import Expressions

extension TermMaker {
  mutating func text(_ depth: Int) -> Term {
    switch random.below(8) {
    case 0: return texts("||", depth)
    case 1: return texts("concat", depth)
    case 2:
      let isUpper = random.chance(50)
      return mapped(isUpper ? "upper" : "lower", depth) {
        isUpper ? $0.uppercased() : $0.lowercased()
      }
    case 3:
      let (isLeft, isRight) = random.pick([(true, true), (true, false), (false, true)])
      let name = isLeft && isRight ? "trim" : isLeft ? "ltrim" : "rtrim"
      return mapped(name, depth) { text in
        var scalars = Array(text.unicodeScalars)
        while isLeft, scalars.first == " " { scalars.removeFirst() }
        while isRight, scalars.last == " " { scalars.removeLast() }
        return TermMaker.string(scalars)
      }
    case 4: return substring(depth)
    case 5: return side(depth)
    case 6: return replace(depth)
    default:
      let type = random.pick([ExpressionType.integer, .boolean, .decimal(scale: 2)])
      let part = term(type, depth)
      return make("cast(\(part.text) as text)", .text, [part]) { parts, row in
        guard case .lane(let lane) = try parts[0].value(row) else { return .null }
        switch type {
        case .boolean: return .text(lane == 0 ? "false" : "true")
        case .integer: return .text("\(lane)")
        default:
          let cents = lane.magnitude % 100
          return .text(
            "\(lane < 0 ? "-" : "")\(lane.magnitude / 100).\(cents < 10 ? "0" : "")\(cents)")
        }
      }
    }
  }

  static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var string = String.UnicodeScalarView()
    for scalar in scalars { string.append(scalar) }
    return String(string)
  }

  private mutating func mapped(
    _ name: String, _ depth: Int, _ body: @escaping (String) -> String
  ) -> Term {
    let part = term(.text, depth)
    return make("\(name)(\(part.text))", .text, [part]) { parts, row in
      guard case .text(let text) = try parts[0].value(row) else { return .null }
      return .text(body(text))
    }
  }

  private mutating func texts(_ name: String, _ depth: Int) -> Term {
    let parts = (0...1 + random.below(2)).map { _ in term(.text, depth) }
    let written = parts.map(\.text)
    let isConcat = name == "concat"
    let text =
      isConcat
      ? "concat(\(written.joined(separator: ", ")))" : written.joined(separator: " || ")
    return make(text, .text, parts) { parts, row in
      var joined = ""
      var hasNull = false
      for part in parts {
        if case .text(let text) = try part.value(row) { joined += text } else { hasNull = true }
      }
      return hasNull && !isConcat ? .null : .text(joined)
    }
  }

  private mutating func substring(_ depth: Int) -> Term {
    let hasLength = random.chance(60)
    let parts =
      [term(.text, depth), term(.integer, depth)] + (hasLength ? [term(.integer, depth)] : [])
    let text = "substring(\(parts.map(\.text).joined(separator: ", ")))"
    return make(text, .text, parts) { parts, row in
      let values = try parts.map { try $0.value(row) }
      guard case .text(let text) = values[0], case .lane(let from) = values[1] else {
        return .null
      }
      var end = Int128.max
      if hasLength {
        guard case .lane(let length) = values[2] else { return .null }
        end = Int128(from) + max(0, Int128(length))
      }
      return .text(
        TermMaker.string(
          text.unicodeScalars.enumerated()
            .filter { Int128($0.offset) + 1 >= Int128(from) && Int128($0.offset) + 1 < end }
            .map(\.element)))
    }
  }

  private mutating func side(_ depth: Int) -> Term {
    let name = random.pick(["left", "right", "lpad", "rpad"])
    let parts = [term(.text, depth), term(.integer, depth)]
    return make("\(name)(\(parts[0].text), \(parts[1].text))", .text, parts) { parts, row in
      let values = try parts.map { try $0.value(row) }
      guard case .text(let text) = values[0], case .lane(let count) = values[1] else {
        return .null
      }
      let scalars = Array(text.unicodeScalars)
      let isPad = name.hasSuffix("pad")
      if isPad, count > 1000 { throw RowFailure(reason: .overflow) }
      let wanted = Int(max(0, min(count, Int64(Int32.max))))
      let spaces = [Unicode.Scalar](
        repeating: " ", count: isPad ? max(0, wanted - scalars.count) : 0)
      switch name {
      case "left": return .text(TermMaker.string(scalars.prefix(wanted)))
      case "right": return .text(TermMaker.string(scalars.suffix(wanted)))
      case "lpad": return .text(TermMaker.string(spaces + scalars.prefix(wanted)))
      default: return .text(TermMaker.string(scalars.prefix(wanted) + spaces))
      }
    }
  }

  private mutating func replace(_ depth: Int) -> Term {
    let parts = [term(.text, depth), term(.text, 0), term(.text, 0)]
    let text = "replace(\(parts.map(\.text).joined(separator: ", ")))"
    return make(text, .text, parts) { parts, row in
      let values = try parts.map { try $0.value(row) }
      guard case .text(let text) = values[0], case .text(let part) = values[1],
        case .text(let other) = values[2]
      else { return .null }
      if part.isEmpty { return .text(text) }
      var rest = Array(text.unicodeScalars)
      let wanted = Array(part.unicodeScalars)
      var result: [Unicode.Scalar] = []
      while !rest.isEmpty {
        if rest.starts(with: wanted) {
          result += other.unicodeScalars
          rest.removeFirst(wanted.count)
        } else {
          result.append(rest.removeFirst())
        }
      }
      return .text(TermMaker.string(result))
    }
  }
}
