import Diagnostics
import TestSupport
import Testing

@testable import Expressions

struct RobustnessTests {
  private static let seeds = [
    "case when TYPE = 'DP' then 32902 else 32908 end", "upper(trim(CODE)) like 'E1_%' escape '!'",
    "coalesce(stays.DATE_ENTREE, timestamp '2024-01-31 10:00') + interval '3' hour",
    "cast(\"odd \"\"name\" as decimal(10, 2)) * 1.5e-3 between -1 and +2",
    "not (a is not distinct from b or c in (1, null, 'x')) and extract(year from d) <> 2024",
    "position('a' in s) + substring(s from 2 for 3) || map(x, 'gender') is not true",
  ]

  private static let pieces =
    seeds.flatMap { $0.split(separator: " ").map(String.init) }
    + [
      "(", ")", "'", "\"", ",", ".", "--", "é", "😀", "\u{0}", "\n", "||", "<>", "1e", "1.",
      "9999999999999999999",
    ]

  /// A text of random bytes, of random pieces, or a sound expression with some bytes changed.
  private static func text(_ random: inout Seeded) -> String {
    var bytes: [UInt8]
    switch random.below(3) {
    case 0: bytes = (0..<random.below(40)).map { _ in UInt8(random.below(256)) }
    case 1:
      let count = random.below(14)
      return (0..<count).map { _ in random.pick(pieces) }
        .joined(separator: random.chance(50) ? " " : "")
    default:
      bytes = Array(random.pick(seeds).utf8)
      for _ in 0...random.below(4) {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert(contentsOf: random.pick(pieces).utf8, at: place)
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: 0..<8)
  func `whatever stands in an expression, the parser gives a form or a place`(_ seed: Int) {
    var random = Seeded(seed)
    var parsed = 0
    for _ in 0..<Effort.rounds(10_000) {
      let text = RobustnessTests.text(&random)
      let source = SourceText(text, at: origin)
      var lexer = Lexer(source)
      let tokens = lexer.tokens()
      var parser = Parser(tokens)
      var isSound = tokens.last?.kind == .end
      do throws(Parser.Mistake) {
        let syntax = try parser.parse()
        isSound = isSound && syntax.range.upperBound <= source.bytes.count
        parsed += 1
      } catch {
        isSound = isSound && !error.message.isEmpty
      }
      if !isSound { Issue.record("\(text)") }
    }
    #expect(parsed > 10)
  }

  @Test(arguments: 0..<8)
  func `whatever stands in an expression, it is compiled or its mistakes lie inside it`(
    _ seed: Int
  ) {
    var random = Seeded(seed + 1000)
    for _ in 0..<Effort.rounds(400) {
      let text = RobustnessTests.text(&random)
      for mistake in mistakes(text, DiagnosticTests.scope) {
        let column = (mistake.position?.column ?? 0) - origin.column
        if column < 0 || column + mistake.length > max(1, text.count + 1) {
          Issue.record("\(mistake.code) at \(column), \(mistake.length) in \(text)")
        }
      }
    }
  }

  @Test(arguments: [
    "(", "not ", "- ", "+", "case when ", "case ", "coalesce(", "1 in (", "cast(", "a + (",
    "true and (", "upper(", "extract(year from ", "position(", "substring(", "1 between (",
    "(1)+", "1 + ", "1 * ", "1 = ", "'a' like ",
  ])
  func `parts that stand too deep inside one another are refused`(_ part: String) {
    let text = String(repeating: part, count: 60_000 / part.count)
    #expect(mistakes(text).map(\.code) == ["expression-too-deep"])
  }

  @Test func `of very many mistakes only the first are told`() {
    let names = (0..<3000).map { "A\($0)" }.joined(separator: " or ")
    #expect(mistakes(names).count == 50)
    #expect(mistakes(String(repeating: "#", count: 60_000)).count == 20)
  }

  @Test func `a long run of one operator is refused when it nests and taken when it does not`() {
    func run(_ part: String, _ count: Int, _ separator: String) -> String {
      [String](repeating: part, count: count).joined(separator: separator)
    }
    #expect(mistakes(run("1", 5000, " + ")).map(\.code) == ["expression-too-deep"])
    #expect(mistakes(run("true", 5000, " and ")) == [])
    #expect(mistakes(run("false", 5000, " or ")) == [])
    #expect(mistakes(run("'a'", 5000, " || ")) == [])
    #expect(mistakes("1 in (\(run("1", 5000, ", ")))") == [])
    #expect(mistakes("case \(run("when true then 1", 2000, " ")) end") == [])
    #expect(mistakes(run("1", 150, " + ")) == [])
    #expect(mistakes(run("(", 90, "") + "1" + run(")", 90, "")) == [])
  }

  @Test func `an expression that is too long is refused`() {
    let text = "'\(String(repeating: "a", count: 70_000))'"
    #expect(mistakes(text).map(\.code) == ["expression-too-long"])
  }
}
