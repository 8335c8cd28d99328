internal import Engine

/// Which rules the tests of a project speak of.
package struct RuleCoverage: Sendable {
  /// How far the tests go with a rule.
  package enum Reach: String, Codable, Comparable, Sendable {
    /// No test gives a row that reaches the rule.
    case notReached = "not reached"
    /// Rows reach the rule, and none leaves it.
    case noRows = "no rows"
    /// Rows leave the rule, to tables that the test does not name under `expect`.
    case notExpected = "not expected"
    /// A test says what must come of the rule.
    case covered

    private var rank: Int {
      switch self {
      case .notReached: 0
      case .noRows: 1
      case .notExpected: 2
      case .covered: 3
      }
    }

    package static func < (left: Reach, right: Reach) -> Bool { left.rank < right.rank }
  }

  /// The rules as `pipeline/id`, in their order, with the best that any test reached.
  package private(set) var rules: [(name: String, reach: Reach)]

  package init(rules: [String]) { self.rules = rules.map { ($0, .notReached) } }

  package var covered: Int { rules.count { $0.reach == .covered } }

  /// Takes the books of a test and the tables that it names under `expect`; a rule whose rows are
  /// expected in quarantine is covered by that.
  mutating func add(_ books: Books, expected: Set<String>, quarantined: Set<String>) {
    for index in rules.indices {
      guard let account = books.rules[rules[index].name] else { continue }
      let given = account.boxes.values.reduce(0, +)
      let tables = account.rows.filter { $0.value > 0 }.keys
      let reach: Reach =
        if quarantined.contains(rules[index].name) || !expected.isDisjoint(with: tables) {
          .covered
        } else if !tables.isEmpty {
          .notExpected
        } else {
          given > 0 ? .noRows : .notReached
        }
      rules[index].reach = max(rules[index].reach, reach)
    }
  }
}
