import Columnar
import CommonDataModel
import Engine
import EngineTestSupport
import Expressions
import TestSupport
import Testing

@testable import Transform

@Suite struct EventPlaceTests {
  /// An identity that asks for a place; `rest` tells identities of one place apart.
  private func identity(_ place: Int64, _ rest: UInt64 = 0) -> Digest {
    Digest(UInt64(place) << 39, rest, 0, 0)
  }

  private let last = Int64(1) << EventIdentity.bits - 1

  @Test func `an identity asks for its first 25 bits`() {
    #expect(EventIdentity.place(identity(0)) == 0)
    #expect(EventIdentity.place(identity(last)) == last)
    #expect(EventIdentity.place(Digest(.max, 0, 0, 0)) == last)
  }

  @Test func `without a collision everyone gets the place asked for`() {
    let (places, exceptions) = EventPlaces.assign(
      [identity(7), identity(3), identity(9)], remembered: [:])
    #expect(places == [7, 3, 9])
    #expect(exceptions.isEmpty)
  }

  @Test func `the least identity takes the place, the others the next free ones`() {
    let given = [identity(7, 2), identity(8), identity(7, 0), identity(7, 1)]
    let (places, exceptions) = EventPlaces.assign(given, remembered: [:])
    #expect(places == [10, 8, 7, 9])
    #expect(exceptions.map(\.identity) == [given[3], given[0]])
    #expect(exceptions.map(\.place) == [9, 10])
  }

  @Test func `the next place after the last is the first`() {
    let (places, _) = EventPlaces.assign(
      [identity(last, 1), identity(last, 0), identity(0)], remembered: [:])
    #expect(places == [1, last, 0])
  }

  @Test func `a remembered place is kept when the reason for it is gone`() {
    let one = identity(7, 1)
    let (places, exceptions) = EventPlaces.assign([one, identity(3)], remembered: [one: 8])
    #expect(places == [8, 3])
    #expect(exceptions.isEmpty)
  }

  @Test func `a remembered place is kept against one that asks for it`() {
    let one = identity(7, 1)
    let (places, exceptions) = EventPlaces.assign(
      [identity(7, 0), one, identity(8)], remembered: [one: 8])
    #expect(places == [7, 8, 9])
    #expect(exceptions.map(\.place) == [9])
  }

  @Test func `a place remembered for one who is away is not given to another`() {
    let away = identity(7, 1)
    let newcomers = [identity(7, 0), identity(7, 2), identity(8)]
    let (places, exceptions) = EventPlaces.assign(newcomers, remembered: [away: 8])
    #expect(places == [7, 9, 10] || places == [7, 10, 9])
    // When the one who was away comes back, all keep what they have.
    var remembered = [away: Int64(8)]
    for exception in exceptions { remembered[exception.identity] = exception.place }
    let (again, more) = EventPlaces.assign(newcomers + [away], remembered: remembered)
    #expect(again == places + [8])
    #expect(more.isEmpty)
  }

  @Test(arguments: 1...8)
  func `places are distinct, stable and independent of order over many nights`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    // Few places, so that nearly everyone collides.
    let all = (0..<120).map { identity(Int64.random(in: 0..<10, using: &random), UInt64($0)) }
    var remembered: [Digest: Int64] = [:]
    var exceptional: [Digest: Int64] = [:]
    for _ in 0..<12 {
      let present = all.filter { _ in Bool.random(using: &random) }
      let (places, exceptions) = EventPlaces.assign(present, remembered: remembered)
      #expect(Set(places).count == present.count)
      #expect(places.allSatisfy { 0..<(last + 1) ~= $0 })
      let shuffled = present.shuffled(using: &random)
      let again = EventPlaces.assign(shuffled, remembered: remembered).places
      #expect(
        Dictionary(uniqueKeysWithValues: zip(shuffled, again))
          == Dictionary(uniqueKeysWithValues: zip(present, places)))
      for (identity, place) in zip(present, places) {
        // Whoever was displaced once stands there for good.
        if let known = exceptional[identity] { #expect(place == known) }
      }
      for exception in exceptions {
        exceptional[exception.identity] = exception.place
        remembered[exception.identity] = exception.place
      }
    }
    #expect(!exceptional.isEmpty)
  }

  @Test func `a place of somebody else is no free place`() {
    let given = [identity(7, 1), identity(7, 0)]
    let (places, _) = EventPlaces.assign(given, remembered: [:]) { $0 == 8 || $0 == 9 }
    #expect(places == [10, 7])
  }

  @Test func `every part of an identity counts`() {
    let key = Digest(name: "key")
    let rule = EventIdentity.rule("p/act")
    let identities = [
      EventIdentity.digest(rule: rule, key: key, ordinal: 0, slot: 0),
      EventIdentity.digest(rule: rule, key: key, ordinal: 0, slot: 1),
      EventIdentity.digest(rule: rule, key: key, ordinal: 1, slot: 0),
      EventIdentity.digest(rule: rule, key: Digest(name: "other"), ordinal: 0, slot: 0),
      EventIdentity.digest(
        rule: EventIdentity.rule("p/other"), key: key, ordinal: 0, slot: 0),
    ]
    #expect(Set(identities).count == identities.count)
  }

  @Test func `identities are part of the state format and never change`() {
    let digest = EventIdentity.digest(
      rule: EventIdentity.rule("hcl/diagnosis"), key: Digest(1, 2, 3, 4), ordinal: 5, slot: 6)
    #expect(digest == EventIdentityVectors.digest)
    #expect(EventIdentity.place(digest) == EventIdentityVectors.place)
  }
}

@Suite struct EventIDTests {
  /// The ids of the rows of some tables by their source value.
  private func ids(_ outcome: Outcome) -> [String: Set<String>] {
    var ids: [String: Set<String>] = [:]
    for table in EventTable.allCases {
      let value = EventImage.field("source_value")?.image(in: table) ?? ""
      let key = "\(table.rawValue)_id"
      for row in outcome[table.rawValue] {
        ids[row[value] ?? "", default: []].insert(row[key] ?? "")
      }
    }
    return ids
  }

  private var clinic: World {
    var world = World.clinic(persons: 2)
    world.stay("S1", of: "P1")
    world.stay("S2", of: "P2")
    for (rank, code) in ["A", "B", "C", "D"].enumerated() {
      world.act("S1", Int64(rank), .text(code))
      world.act("S2", Int64(rank), .text("\(code)2"))
    }
    world.map("A", (1, .condition))
    world.map("B", (2, .drug), (3, .drug))
    return world
  }

  @Test func `an event's id is its person's id and a place of 25 bits`() throws {
    let outcome = try clinic.run()
    let persons = Set(outcome.values("person", "person_id").compactMap { $0.flatMap { Int64($0) } })
    for row in outcome["procedure_occurrence"] {
      let id = try #require(row["procedure_occurrence_id"].flatMap { Int64($0) })
      let person = try #require(row["person_id"].flatMap { Int64($0) })
      #expect(persons.contains(person))
      #expect(id >> 25 == person)
      #expect(id < 1 << 53)
    }
  }

  @Test func `a mapping that changes concept or table changes no id`() throws {
    let before = ids(try clinic.run())
    var world = clinic
    world.map("A", (99, .observation))
    world.map("B", (98, .measurement), (97, .condition))
    world.map("C", (96, .condition))
    let after = ids(try world.run())
    #expect(before == after)
  }

  @Test func `rows that come or go change no other row's id`() throws {
    let before = ids(try clinic.run())
    var world = clinic
    world["acts"].remove(at: 0)
    world.act("S1", 90, "NEW")
    world.stay("S3", of: "P1", from: 5)
    world["people"].append([.key("P7"), 8507, 1999])
    let after = ids(try world.run(ledger: nil))
    for (code, id) in after where !code.isEmpty && before[code] != nil {
      #expect(before[code] == id)
    }
    #expect(after["A"] == nil)
    #expect(after["NEW"] != nil)
  }

  @Test func `a renamed rule keeps its ids under the old name`() throws {
    let before = ids(try clinic.run())
    var world = clinic
    world[rule: "act"].was = "act"
    world[rule: "act"].id = "diagnosis"
    #expect(ids(try world.run()) == before)
    world[rule: "diagnosis"].was = nil
    #expect(ids(try world.run()) != before)
  }

  @Test func `a row's ordinal follows its content, not its place in the file`() throws {
    var world = clinic
    world[rule: "act"].key = ["STAY"]
    let there = try world.run()
    world["acts"].reverse()
    #expect(try world.run().target.lines == there.target.lines)
  }

  @Test func `a displaced event keeps its place in a rebuild with the ledger`() throws {
    let ledger = try Ledger(path: nil, keyFingerprint: "test")
    let first = try clinic.run(ledger: ledger)
    let second = try clinic.run(ledger: ledger)
    #expect(first.target.lines == second.target.lines)
  }
}
