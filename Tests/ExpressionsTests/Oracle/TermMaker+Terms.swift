@testable import Expressions

extension TermMaker {
  static let numbers: [ExpressionType] = [
    .integer, .decimal(scale: 2), .decimal(scale: 4), .double,
  ]
  static let comparable: [ExpressionType] = numbers + [.text, .date, .timestamp, .boolean]

  /// A random term of a type.
  mutating func term(_ type: ExpressionType, _ depth: Int) -> Term {
    if depth == 0 || random.chance(8) {
      if random.chance(75), let column = column(type) { return column }
      return literal(type)
    }
    if random.chance(25) { return chosen(type, depth - 1) }
    switch type {
    case .boolean: return condition(depth - 1)
    case .integer: return integer(depth - 1)
    case .decimal, .double: return number(type, depth - 1)
    case .text: return text(depth - 1)
    case .date: return date(depth - 1)
    case .timestamp: return timestamp(depth - 1)
    default: return column(type) ?? literal(type)
    }
  }

  /// `case`, `coalesce`, `nullif`, `greatest`, `least` of one type.
  private mutating func chosen(_ type: ExpressionType, _ depth: Int) -> Term {
    let isKey = type.isKey
    switch random.below(isKey ? 4 : 5) {
    case 0:
      let parts = [
        term(.boolean, depth), term(type, depth), term(.boolean, depth),
        term(type, depth), term(type, depth),
      ]
      let hasElse = random.chance(70)
      let text =
        "\(word("case")) \(word("when")) \(parts[0].text) then \(parts[1].text) when "
        + "\(parts[2].text) then \(parts[3].text)\(hasElse ? " else \(parts[4].text)" : "") end"
      return make(text, type, Array(parts.prefix(hasElse ? 5 : 4))) { parts, row in
        if try parts[0].value(row) == .lane(1) { return try parts[1].value(row) }
        if try parts[2].value(row) == .lane(1) { return try parts[3].value(row) }
        return parts.count > 4 ? try parts[4].value(row) : .null
      }
    case 1:
      let parts = [term(type, depth), term(type, depth), term(type, depth)]
      let text = "coalesce(\(parts.map(\.text).joined(separator: ", ")))"
      return make(text, type, parts) { parts, row in
        for part in parts {
          let value = try part.value(row)
          if value != .null { return value }
        }
        return .null
      }
    case 2:
      let parts = [term(type, depth), term(type, depth)]
      return make("nullif(\(parts[0].text), \(parts[1].text))", type, parts) { parts, row in
        let (first, second) = (try parts[0].value(row), try parts[1].value(row))
        return try order(first, type, second, type) == 0 ? .null : first
      }
    case 3:
      let other = isKey ? type : random.pick(TermMaker.comparable)
      let parts = [term(other, depth), term(other, depth), term(type, depth), term(type, depth)]
      let text =
        "case \(parts[0].text) when \(parts[1].text) then \(parts[2].text) else \(parts[3].text) end"
      return make(text, type, parts) { parts, row in
        let (first, second) = (try parts[0].value(row), try parts[1].value(row))
        return try parts[try order(first, other, second, other) == 0 ? 2 : 3].value(row)
      }
    default:
      let isGreatest = random.chance(50)
      let parts = [term(type, depth), term(type, depth), term(type, depth)]
      let name = isGreatest ? "greatest" : "least"
      let text = "\(name)(\(parts.map(\.text).joined(separator: ", ")))"
      return make(text, type, parts) { parts, row in
        let values = try parts.map { try $0.value(row) }
        if values.contains(.null) { return .null }
        return try values.reduce(values[0]) { best, value in
          let sign = try order(value, type, best, type) ?? 0
          return sign == (isGreatest ? 1 : -1) ? value : best
        }
      }
    }
  }

  /// Two types of one family, which widen to one another.
  private mutating func family() -> (ExpressionType, ExpressionType) {
    if random.chance(40) {
      return (random.pick(TermMaker.numbers), random.pick(TermMaker.numbers))
    }
    if random.chance(20) {
      return (random.pick([.date, .timestamp]), random.pick([.date, .timestamp]))
    }
    let type = random.pick([ExpressionType.text, .boolean, .identifier(namespace: "n"), .text])
    return (type, type)
  }

  private mutating func condition(_ depth: Int) -> Term {
    switch random.below(9) {
    case 0, 1:
      let isAnd = random.chance(50)
      let parts = (0...1 + random.below(2)).map { _ in term(.boolean, depth) }
      let text = parts.map(\.text).joined(separator: " \(word(isAnd ? "and" : "or")) ")
      return make(text, .boolean, parts) { parts, row in
        var result = Value.truth(isAnd)
        for part in parts {
          let value = try part.value(row)
          if value == .truth(!isAnd) { return value }
          if value == .null { result = .null }
        }
        return result
      }
    case 2: return negation(depth)
    case 3:
      let type = random.pick(TermMaker.comparable + [.identifier(namespace: "n")])
      let negated = random.chance(50)
      let part = term(type, depth)
      return make("\(part.text) is \(negated ? "not " : "")null", .boolean, [part]) { parts, row in
        .truth((try parts[0].value(row) == .null) != negated)
      }
    case 4:
      let truth = random.chance(50)
      let negated = random.chance(50)
      let part = term(.boolean, depth)
      let text = "\(part.text) is \(negated ? "not " : "")\(truth)"
      return make(text, .boolean, [part]) { parts, row in
        .truth((try parts[0].value(row) == .truth(truth)) != negated)
      }
    case 5: return membership(depth)
    case 6: return between(depth)
    case 7:
      let part = term(.text, depth)
      let pattern = (0..<random.below(5)).map { _ in random.pick(["a", "é", "%", "_", "1"]) }
        .joined()
      return make("\(part.text) like '\(pattern)'", .boolean, [part]) { parts, row in
        guard case .text(let text) = try parts[0].value(row) else { return .null }
        return .truth(matches(Array(text.unicodeScalars), Array(pattern.unicodeScalars)))
      }
    default: return comparison(depth)
    }
  }

  private mutating func negation(_ depth: Int) -> Term {
    let part = term(.boolean, depth)
    return make("\(word("not")) \(part.text)", .boolean, [part]) { parts, row in
      guard case .lane(let lane) = try parts[0].value(row) else { return .null }
      return .lane(1 - lane)
    }
  }

  private mutating func comparison(_ depth: Int) -> Term {
    let (left, right) = family()
    let parts = [term(left, depth), term(right, depth)]
    if random.chance(15) {
      let negated = random.chance(50)
      let text = "\(parts[0].text) is \(negated ? "not " : "")distinct from \(parts[1].text)"
      return make(text, .boolean, parts) { parts, row in
        let (first, second) = (try parts[0].value(row), try parts[1].value(row))
        let same =
          try order(first, left, second, right).map { $0 == 0 }
          ?? (first == .null && second == .null)
        return .truth(same == negated)
      }
    }
    let operations: [(String, (Int) -> Bool)] = [
      ("=", { $0 == 0 }), ("<>", { $0 != 0 }), ("!=", { $0 != 0 }), ("<", { $0 < 0 }),
      ("<=", { $0 <= 0 }), (">", { $0 > 0 }), (">=", { $0 >= 0 }),
    ]
    let (symbol, decide) = operations[random.below(left.isKey ? 3 : 7)]
    return make("\(parts[0].text) \(symbol) \(parts[1].text)", .boolean, parts) { parts, row in
      let (first, second) = (try parts[0].value(row), try parts[1].value(row))
      return try order(first, left, second, right).map { .truth(decide($0)) } ?? .null
    }
  }

  private mutating func membership(_ depth: Int) -> Term {
    let (left, right) = family()
    let onlyLiterals = random.chance(50)
    let items = (0...random.below(4)).map { _ in
      onlyLiterals ? literal(right) : term(right, depth)
    }
    let parts = [term(left, depth)] + items
    let negated = random.chance(40)
    let list = items.map(\.text).joined(separator: ", ")
    let text = "\(parts[0].text)\(negated ? " not" : "") \(word("in")) (\(list))"
    return make(text, .boolean, parts) { parts, row in
      let first = try parts[0].value(row)
      var isUnknown = false
      for part in parts.dropFirst() {
        guard let sign = try order(first, left, try part.value(row), right) else {
          isUnknown = true
          continue
        }
        if sign == 0 { return .truth(!negated) }
      }
      return isUnknown ? .null : .truth(negated)
    }
  }

  private mutating func between(_ depth: Int) -> Term {
    var (left, right) = family()
    if left.isKey { (left, right) = (.text, .text) }
    let (type, other) = (left, right)
    let parts = [term(type, depth), term(other, depth), term(other, depth)]
    let negated = random.chance(40)
    let text =
      "\(parts[0].text)\(negated ? " not" : "") between \(parts[1].text) and \(parts[2].text)"
    return make(text, .boolean, parts) { parts, row in
      let first = try parts[0].value(row)
      let low = try order(first, type, try parts[1].value(row), other)
      if let low, low < 0 { return .truth(negated) }
      let high = try order(first, type, try parts[2].value(row), other)
      if let high, high > 0 { return .truth(negated) }
      return low == nil || high == nil ? .null : .truth(!negated)
    }
  }
}
