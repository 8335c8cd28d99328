import Testing

@testable import Engine

@Suite struct BooksTests {
  /// Books that balance, with something in every box.
  private var balanced: Books {
    var books = Books()
    books.tables["stays"] = TableAccount()
    books.tables["stays"]?.read = 12
    books.tables["stays"]?.accepted = 10
    books.tables["stays"]?.quarantined = 2
    var rule = RuleAccount(table: "stays")
    rule.boxes = [.emitted: 4, .filtered: 1, .unmatched: 2, .collapsed: 2, .quarantined: 1]
    rule.joinFanOut = 3
    rule.mappingFanOut = 2
    rule.rows = ["observation": 6, "measurement": 3]
    books.rules["hcl/stay"] = rule
    books.targets["observation"] = TargetAccount()
    books.targets["observation"]?.emitted = 6
    books.targets["observation"]?.derived = 5
    books.targets["observation"]?.collapsed = 1
    books.targets["observation"]?.loaded = 10
    books.targets["measurement"] = TargetAccount()
    books.targets["measurement"]?.emitted = 3
    books.targets["measurement"]?.loaded = 3
    return books
  }

  @Test func `books that add up have no imbalance`() {
    #expect(balanced.imbalances == [])
    #expect(Books().imbalances == [])
  }

  /// A mistake in books that balance.
  struct Slip: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let place: String
    let change: @Sendable (inout Books) -> Void

    init(_ what: String, _ place: String, _ change: @escaping @Sendable (inout Books) -> Void) {
      testDescription = what
      self.place = place
      self.change = change
    }
  }

  static let slips: [Slip] = [
    Slip("a row that was read and got lost", "stays") {
      $0.tables["stays"]?.read += 1
    },
    Slip("a row that was accepted from nowhere", "stays") {
      $0.tables["stays"]?.accepted += 1
    },
    Slip("a record in quarantine that was not read", "stays") {
      $0.tables["stays"]?.quarantined += 1
    },
    Slip("a row in no box", "hcl/stay") {
      $0.rules["hcl/stay"]?.boxes[.filtered] = 0
    },
    Slip("a row in two boxes", "hcl/stay") {
      $0.rules["hcl/stay"]?.boxes[.quarantined] = 2
    },
    Slip("a box with less than nothing", "hcl/stay") {
      $0.rules["hcl/stay"]?.boxes[.collapsed] = -1
      $0.rules["hcl/stay"]?.boxes[.filtered] = 4
    },
    Slip("a rule whose table was never read", "hcl/stay") {
      $0.rules["hcl/stay"]?.tables = ["other"]
    },
    Slip("a row more than the fan-outs explain", "hcl/stay") {
      $0.rules["hcl/stay"]?.rows["observation"] = 7
    },
    Slip("a join's fan-out without its row", "hcl/stay") {
      $0.rules["hcl/stay"]?.joinFanOut += 1
    },
    Slip("a mapping's fan-out without its row", "hcl/stay") {
      $0.rules["hcl/stay"]?.mappingFanOut += 1
    },
    Slip("a row that left no rule", "observation") {
      $0.targets["observation"]?.emitted += 1
      $0.targets["observation"]?.loaded = 11
    },
    Slip("a row that did not reach the target", "observation") {
      $0.targets["observation"]?.loaded = 9
    },
    Slip("a row in the target that was not sent", "measurement") {
      $0.targets["measurement"]?.loaded = 4
    },
    Slip("a table that was not counted", "measurement") {
      $0.targets["measurement"]?.loaded = nil
    },
    Slip("a table that only the target knows", "death") {
      $0.targets["death"] = TargetAccount()
      $0.targets["death"]?.loaded = 1
    },
  ]

  @Test(arguments: slips)
  func `finds an imbalance and says where`(slip: Slip) {
    var books = balanced
    slip.change(&books)
    let found = books.imbalances
    #expect(!found.isEmpty)
    #expect(found.contains { $0.hasPrefix("\(slip.place): ") }, "\(found)")
  }

  @Test func `the sum of two workers' books is the books of both`() {
    var sum = Books()
    sum.add(balanced)
    #expect(sum == balanced)
    sum.add(balanced)
    #expect(sum.tables["stays"]?.read == 24)
    #expect(sum.rules["hcl/stay"]?[.emitted] == 8)
    #expect(sum.rules["hcl/stay"]?.rows == ["observation": 12, "measurement": 6])
    #expect(sum.targets["observation"]?.loaded == 20)
    #expect(sum.imbalances == [])
  }

  @Test func `adding does not depend on the order`() {
    var first = balanced
    var second = Books()
    second.tables["stays"] = TableAccount()
    second.tables["stays"]?.notes = ["blank_line": 2]
    second.rules["hcl/stay"] = RuleAccount(table: "stays")
    second.rules["hcl/stay"]?.reasons = [.keyMissing: 1]
    second.rules["hcl/stay"]?.rejectedCells = ["x: not_a_date": 1]
    second.rules["hcl/stay"]?.unmapped = 3
    second.targets["death"] = TargetAccount()
    var other = second
    other.add(first)
    first.add(second)
    #expect(first == other)
  }

  @Test func `an account that workers open without the table's name learns it`() {
    var books = Books()
    var nameless = Books()
    nameless.rules["hcl/stay"] = RuleAccount()
    books.add(nameless)
    var named = Books()
    named.rules["hcl/stay"] = RuleAccount(table: "stays")
    books.add(named)
    #expect(books.rules["hcl/stay"]?.tables == ["stays"])
  }
}
