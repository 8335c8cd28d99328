import Columnar
import EngineTestSupport
import TestSupport
import Testing

@testable import Engine

@Suite struct BroadcastTableTests {
  private static let schema = Schema([
    Field("key", .text), Field("rank", .integer), Field("value", .integer),
  ])

  private func broadcast(
    _ rows: [[Cell]], keys: [String] = ["key"], declared: Bool = false
  ) -> BroadcastTable {
    let source = MemoryTable("t", Self.schema, rows).batch()
    return BroadcastTable(
      BroadcastRequest(table: "t", keys: keys, isDeclaredKey: declared), source)
  }

  /// The values of the rows that each key finds, in the order of their chain.
  private func values(_ table: BroadcastTable, _ keys: [Column], count: Int) -> [[Int64]] {
    let lanes = table.rows["value"]?.lanes ?? []
    return table.find(keys, count: count).map { first in
      var found: [Int64] = []
      var row = first
      while row >= 0 {
        found.append(lanes[Int(row)])
        row = table.following(row)
      }
      return found
    }
  }

  private func texts(_ keys: [String?]) -> Column {
    Column(.text, cells: keys.map { $0.map(Cell.text) ?? .null })
  }

  @Test func `finds nothing in an empty table`() {
    let table = broadcast([])
    #expect(values(table, [texts(["a", nil])], count: 2) == [[], []])
  }

  @Test func `finds every row of a key, and none by a NULL`() {
    let table = broadcast([
      ["a", 1, 10], ["b", 1, 20], ["a", 2, 11], [nil, 1, 30], ["", 1, 40],
    ])
    let found = values(table, [texts(["a", "b", "c", nil, ""])], count: 5)
    #expect(found.map { $0.sorted() } == [[10, 11], [20], [], [], [40]])
  }

  @Test func `a NULL in any part of a key is never found`() {
    let table = broadcast(
      [["a", nil, 1], ["a", 0, 2], [nil, 0, 3]], keys: ["key", "rank"])
    let keys = [texts(["a", "a", nil]), Column(.integer, cells: [nil, 0, 0])]
    #expect(values(table, keys, count: 3) == [[], [2], []])
  }

  @Test func `the order of a chain follows the contents, not the order of the rows`() {
    let rows: [[Cell]] = (0..<20).map { ["a", .lane($0 % 3), .lane($0)] }
    let there = values(broadcast(rows), [texts(["a"])], count: 1)
    let back = values(broadcast(rows.reversed()), [texts(["a"])], count: 1)
    #expect(there == back)
    #expect(there[0].sorted() == (0..<20).map(Int64.init))
  }

  @Test func `equal rows under a declared key are one row, the one that stands first`() {
    let table = broadcast([["a", 1, 10], ["b", 1, 20], ["a", 1, 10]], declared: true)
    let found = table.find([texts(["a"])], count: 1)
    #expect(found.count == 1)
    #expect(table.following(found[0]) == -1)
    #expect(!table.conflicting[Int(found[0])])
    #expect(SourcePosition(packed: table.positions[Int(found[0])]).offset == 0)
  }

  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func `differing rows under a declared key are in conflict in any order`(order: [Int]) {
    let rows: [[Cell]] = [["a", 1, 10], ["a", 1, 11], ["a", 1, 10]]
    let table = broadcast(order.map { rows[$0] } + [["b", 1, 20]], declared: true)
    let found = table.find([texts(["a", "b"])], count: 2)
    #expect(table.conflicting[Int(found[0])])
    #expect(!table.conflicting[Int(found[1])])
  }

  @Test func `differing rows of a key that is not declared are no conflict`() {
    let table = broadcast([["a", 1, 10], ["a", 1, 11]])
    #expect(!table.conflicting.contains(true))
  }

  @Test func `keys whose hashes collide are told apart`() {
    // A digest is hashed by its last word alone.
    let schema = Schema([Field("key", .digest), Field("value", .integer)])
    let rows: [[Cell]] = (0..<50).map { [.digest(Digest($0, 0, 0, 7)), .lane(Int64($0))] }
    let source = MemoryTable("t", schema, rows).batch()
    let table = BroadcastTable(
      BroadcastRequest(table: "t", keys: ["key"], isDeclaredKey: true), source)
    let asked = Column(
      .digest, cells: (0..<60).map { .digest(Digest($0, 0, 0, 7)) })
    let found = table.find([asked], count: 60)
    #expect(found.prefix(50).map { Int($0) } == Array(0..<50))
    #expect(found.suffix(10).allSatisfy { $0 == -1 })
    #expect(!table.conflicting.contains(true))
  }

  @Test func `both zeros of a double are one key`() {
    let schema = Schema([Field("key", .double), Field("value", .integer)])
    let source = MemoryTable("t", schema, [[.double(0.0), 1], [.double(2.5), 2]]).batch()
    let table = BroadcastTable(
      BroadcastRequest(table: "t", keys: ["key"], isDeclaredKey: true), source)
    let asked = Column(.double, cells: [.double(-0.0), .double(2.5), .double(3)])
    #expect(table.find([asked], count: 3) == [0, 1, -1])
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
  func `finds what a dictionary finds`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let rows: [[Cell]] = (0..<300).map { number in
      [
        Int.random(in: 0..<8, using: &random) == 0
          ? .null : .text("k\(Int.random(in: 0..<40, using: &random))"),
        .lane(Int64.random(in: 0..<3, using: &random)), .lane(number),
      ]
    }
    var expected: [[Cell]: Set<Int64>] = [:]
    for (number, row) in rows.enumerated() where row[0] != .null {
      expected[[row[0], row[1]], default: []].insert(Int64(number))
    }
    let table = broadcast(rows, keys: ["key", "rank"])
    let asked: [[Cell]] = (0..<200).map { _ in
      [
        .text("k\(Int.random(in: 0..<50, using: &random))"),
        .lane(Int64.random(in: 0..<4, using: &random)),
      ]
    }
    let keys = [
      Column(.text, cells: asked.map { $0[0] }), Column(.integer, cells: asked.map { $0[1] }),
    ]
    let found = values(table, keys, count: asked.count)
    for (key, values) in zip(asked, found) {
      #expect(Set(values) == expected[key] ?? [])
      #expect(values.count == Set(values).count)
    }
  }
}
