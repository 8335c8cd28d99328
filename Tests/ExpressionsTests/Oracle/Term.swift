@testable import Expressions

/// An expression: its text, its type, and its value on a row as an obvious interpreter has it.
struct Term {
  let text: String
  let type: ExpressionType
  let isConstant: Bool
  let value: (Row) throws -> Value

  typealias Row = [String: Value]
}

/// A small generator of numbers that repeats for a seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x2545_F491_4F6C_DD1D }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }
}

/// Makes random terms over the columns of a scope.
struct TermMaker {
  var random: Seeded

  static let columns: [(name: String, type: ExpressionType)] = [
    ("i", .integer), ("j", .integer), ("p", .decimal(scale: 2)), ("q", .decimal(scale: 4)),
    ("f", .double), ("s", .text), ("u", .text), ("d", .date), ("e", .date), ("t", .timestamp),
    ("b", .boolean), ("c", .boolean), ("k", .identifier(namespace: "n")),
    ("l", .identifier(namespace: "n")),
  ]

  static let scope = Scope(
    driving: .init("t", columns.map { Scope.Column($0.name, $0.type) }))

  init(seed: Int) { random = Seeded(seed) }

  /// A keyword in small letters or capitals.
  mutating func word(_ keyword: String) -> String {
    random.chance(30) ? keyword.uppercased() : keyword
  }

  /// A term of some parts, one that reads no row and fails given up for a column.
  mutating func make(
    _ text: String, _ type: ExpressionType, _ parts: [Term],
    _ value: @escaping ([Term], Term.Row) throws -> Value
  ) -> Term {
    let isConstant = parts.allSatisfy(\.isConstant)
    let term = Term(text: "(\(text))", type: type, isConstant: isConstant) { row in
      try value(parts, row)
    }
    if isConstant, (try? term.value([:])) == nil { return column(type) ?? literal(type) }
    return term
  }

  mutating func column(_ type: ExpressionType) -> Term? {
    let names = TermMaker.columns.filter { $0.type == type }.map(\.name)
    if names.isEmpty { return nil }
    let name = random.pick(names)
    return Term(text: name, type: type, isConstant: false) { row in row[name] ?? .null }
  }

  mutating func literal(_ type: ExpressionType) -> Term {
    let text: String
    let value: Value
    switch type {
    case .boolean:
      let truth = random.chance(50)
      (text, value) = (word("\(truth)"), .truth(truth))
    case .integer:
      let number = random.below(20)
      (text, value) = ("\(number)", .lane(Int64(number)))
    case .decimal(let scale):
      if scale == 0 { return typedNull(type) }
      let number = random.below(3000)
      let digits = "\(number % Int(power(scale)))"
      let zeros = String(repeating: "0", count: max(0, scale - digits.count))
      (text, value) = ("\(number / Int(power(scale))).\(zeros)\(digits)", .lane(Int64(number)))
    case .double:
      let number = random.below(30)
      (text, value) = ("\(number)e-1", .double(Double("\(number)e-1") ?? 0))
    case .text:
      let string = self.string()
      let quoted = string.split(separator: "'", omittingEmptySubsequences: false)
      (text, value) = ("'\(quoted.joined(separator: "''"))'", .text(string))
    case .date:
      let day = Int64(random.below(30_000) - 5000)
      let (year, month, date) = CountedCalendar.date(day)
      let padded = [month, date].map { $0 < 10 ? "0\($0)" : "\($0)" }
      (text, value) = (
        "\(word("date")) '\(year)-\(padded[0])-\(padded[1])'", .lane(day)
      )
    default: return typedNull(type)
    }
    return Term(text: text, type: type, isConstant: true) { _ in value }
  }

  /// A null of a type, which only a condition on a column gives to keys and timestamps.
  private mutating func typedNull(_ type: ExpressionType) -> Term {
    guard let column = column(type) else {
      return Term(text: "\(word("cast"))(null as \(type))", type: type, isConstant: true) { _ in
        .null
      }
    }
    return Term(
      text: "nullif(\(column.text), \(column.text))", type: type, isConstant: false
    ) { _ in .null }
  }

  mutating func string() -> String {
    let alphabet = ["a", "b", "A", "é", "œ", "1", "4", "-", " ", "'", "%", "_", "€", "😀"]
    return (0..<random.below(6)).map { _ in random.pick(alphabet) }.joined()
  }

  /// A value of a column for a row.
  mutating func cell(_ type: ExpressionType) -> Value {
    if random.chance(20) { return .null }
    switch type {
    case .boolean: return .truth(random.chance(50))
    case .integer, .decimal:
      if random.chance(6) { return .lane(random.pick([.max, .min, .max - 1])) }
      return .lane(Int64(random.below(40) - 12))
    case .double: return .double(Double(random.below(60) - 20) / 4)
    case .text: return .text(string())
    case .date: return .lane(Int64(random.below(30_000) - 5000))
    case .timestamp: return .lane(Int64(random.below(3_000_000_000)) * 500_000)
    default: return .key(UInt64(random.below(3)))
    }
  }
}
