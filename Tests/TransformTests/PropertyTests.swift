import Columnar
import CommonDataModel
import Engine
import EngineTestSupport
import TestSupport
import Testing

@testable import Transform

/// What must hold of every world, seen on random ones.
@Suite struct PropertyTests {
  static let seeds: [UInt64] = Array(1...12)

  @Test(arguments: seeds)
  func `every source row is in one box, and in quarantine once at most`(seed: UInt64) throws {
    // The books, the loader's rules and the entries of the quarantine are checked by every run.
    let outcome = try World.random(seed).run()
    for entries in Dictionary(
      grouping: outcome.quarantine.filter { $0.kind == .row }, by: { $0.rule }
    ).values {
      #expect(Set(entries.map(\.position)).count == entries.count)
    }
    for (name, account) in outcome.books.rules {
      let reasons = account.reasons.values.reduce(0, +)
      #expect(reasons == account[.quarantined] + account[.unmatched], "\(name)")
      #expect(account.boxes.values.allSatisfy { $0 >= 0 })
    }
    // The world is not empty, and something of everything happened.
    #expect(outcome["visit_occurrence"].count > 1)
    #expect(outcome.quarantine.count > 5)
    #expect(outcome.rule("act")[.filtered] + outcome.rule("act")[.unmatched] > 0)
  }

  @Test(arguments: seeds)
  func `stays and acts fare as a plain reading of the design says`(seed: UInt64) throws {
    let world = World.random(seed)
    let outcome = try world.run()
    let reference = ObviousReference(world)
    let stays = ObviousReference.account(
      reference.stays.indices.map { reference.fate(ofStay: $0) })
    #expect(outcome.rule("stay").boxes.filter { $0.value != 0 } == stays.boxes)
    #expect(outcome.rule("stay").rows == stays.rows)
    let acts = ObviousReference.account(reference.acts.map { reference.fate(ofAct: $0) })
    #expect(outcome.rule("act").boxes.filter { $0.value != 0 } == acts.boxes)
    #expect(outcome.rule("act").rows == acts.rows)
    let known = Set(reference.people.map { $0[0] }).filter { reference.isKnown($0) }
    #expect(outcome["person"].count == known.count)
    #expect(outcome["death"].count == Set(outcome.values("death", "person_id")).count)
  }

  static let manners: [Manner] = [
    Manner(threads: 2, chunkRows: 1),
    Manner(threads: 1, chunkRows: 7, shuffleBytes: 0, partitionBytes: 1),
    Manner(threads: 2, chunkRows: 3, shuffleBytes: 5_000, partitionBytes: 2_000, shuffle: 1),
    Manner(threads: 1, chunkRows: 1000, shuffle: 2),
    Manner(joinsWait: true),
    Manner(
      threads: 2, chunkRows: 3, shuffleBytes: 0, partitionBytes: 400, shuffle: 4, joinsWait: true),
    Manner(threads: 3, chunkRows: 2, shuffleBytes: 0, partitionBytes: 500, shuffle: 3),
    Manner(
      threads: 2, chunkRows: 3, shuffleBytes: 0, partitionBytes: 300, largeBytes: 0, shuffle: 5,
      joinsWait: true),
  ]

  @Test(arguments: seeds)
  func `the same rows come out however the run is done`(seed: UInt64) throws {
    let world = World.random(seed)
    let expected = try world.run()
    for manner in Self.manners {
      let outcome = try world.run(manner)
      #expect(outcome.target.lines == expected.target.lines, "\(manner)")
      // The books are the same too, positions aside.
      #expect(outcome.books == expected.books, "\(manner)")
      #expect(
        reasons(outcome) == reasons(expected), "\(manner)")
      #expect(outcome.partitions == 1 || manner.partitionBytes < .max)
    }
  }

  @Test func `small partitions are many`() throws {
    #expect(try World.random(1).run(Manner(partitionBytes: 1)).partitions > 5)
  }

  private func reasons(_ outcome: Outcome) -> [String] {
    outcome.quarantine.map { "\($0.kind) \($0.rule) \($0.reason) \($0.field ?? "")" }.sorted()
  }

  /// The ids of acts by their source value.
  private func ids(_ outcome: Outcome) -> [String: Set<String>] {
    var ids: [String: Set<String>] = [:]
    for table in EventTable.allCases {
      let value = EventImage.field("source_value")?.image(in: table) ?? ""
      for row in outcome[table.rawValue] {
        guard let name = row[value], name.hasPrefix("act ") else { continue }
        ids[name, default: []].insert(row["\(table.rawValue)_id"] ?? "")
      }
    }
    return ids
  }

  @Test(arguments: seeds)
  func `no id depends on the concept to which a code is mapped`(seed: UInt64) throws {
    var world = World.random(seed)
    let before = ids(try world.run())
    world.map("A", (91, .observation))
    world.map("B", (92, .condition), (93, .procedure), (94, .device))
    world.map("?", (95, .condition))
    world.codes["C"] = nil
    #expect(ids(try world.run()) == before)
    #expect(!before.isEmpty)
  }

  @Test(arguments: seeds)
  func `no id depends on rows that are added elsewhere`(seed: UInt64) throws {
    var world = World.random(seed)
    let before = ids(try world.run())
    for number in 0..<20 {
      let stay = "N\(number)"
      world.stay(stay, of: "P\(1 + number % 8)", from: 9000)
      world.act(stay, 1, "A", value: 1, note: .text("new \(number)"))
      world["people"].append([.key("Q\(number)"), 8507, 1990])
    }
    #expect(ids(try world.run(ledger: nil)).filter { before[$0.key] != nil } == before)
  }

  @Test(arguments: seeds)
  func `a rebuild with its ledger gives the same bytes, and so does one without`(
    seed: UInt64
  ) throws {
    let world = World.random(seed)
    let ledger = try Ledger(path: nil, keyFingerprint: "test")
    let first = try world.run(ledger: ledger)
    let second = try world.run(Manner(threads: 2, chunkRows: 5, shuffle: seed), ledger: ledger)
    let third = try world.run()
    #expect(first.target.lines == second.target.lines)
    #expect(first.target.lines == third.target.lines)
  }

  @Test(arguments: seeds)
  func `whoever is away for a night comes back under the same id`(seed: UInt64) throws {
    let world = World.random(seed)
    let ledger = try Ledger(path: nil, keyFingerprint: "test")
    let first = try world.run(ledger: ledger)
    var smaller = world
    smaller["people"].removeFirst(5)
    smaller["units"].removeFirst(3)
    smaller["people"].append([.key("P99"), 8507, 1950])
    _ = try smaller.run(ledger: ledger)
    let last = try world.run(ledger: ledger)
    #expect(first.target.lines == last.target.lines)
  }
}
