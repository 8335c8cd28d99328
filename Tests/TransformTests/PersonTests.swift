import Columnar
import CommonDataModel
import Engine
import EngineTestSupport
import Expressions
import Testing

@testable import Transform

@Suite struct PersonTests {
  @Test func `persons are numbered by bucket, in the order of their digests`() throws {
    let outcome = try World.clinic(persons: 50).run()
    let ids = outcome.values("person", "person_id").compactMap { $0.flatMap { Int64($0) } }
    #expect(ids.count == 50)
    #expect(ids == ids.sorted())
    let digests = (1...50).map { Digest(name: "P\($0)") }.sorted()
    for (digest, id) in zip(digests, ids) {
      #expect(id >> 16 == Int64(Buckets.of(digest)))
      #expect(id & 0xFFFF >= 1)
    }
  }

  @Test func `rows of a person are merged field by field`() throws {
    var world = World.clinic(persons: 0)
    world["people"] = [
      [.key("P1"), nil, 1950], [.key("P1"), 8532, 1950], [.key("P1"), 0, 1950],
      [.key("P2"), 8507, 1960],
    ]
    let outcome = try world.run()
    #expect(outcome["person"].count == 2)
    #expect(Set(outcome.values("person", "gender_concept_id")) == ["8532", "8507"])
    #expect(outcome.rule("person")[.emitted] == 2)
    #expect(outcome.rule("person")[.collapsed] == 2)
  }

  @Test func `two differing values without a preference put the whole person in quarantine`() throws
  {
    var world = World.clinic(persons: 1)
    world["people"] = [
      [.key("P1"), 8507, 1950], [.key("P2"), 8507, 1960], [.key("P1"), 8507, 1951],
    ]
    world.stay("S1", of: "P1")
    world.stay("S2", of: "P2")
    world.act("S1", 1, "X")
    let outcome = try world.run()
    #expect(outcome["person"].count == 1)
    #expect(outcome.refusals("person") == ["0 conflicting_rows", "2 conflicting_rows"])
    #expect(outcome.refusals("stay") == ["0 parent_quarantined < 1.0"])
    #expect(outcome.refusals("act") == ["0 parent_quarantined < 1.0"])
    #expect(outcome["visit_occurrence"].count == 1)
    #expect(outcome["observation_period"].count == 1)
  }

  @Test(arguments: [(false, "1950"), (true, "1951")])
  func `the preferred row gives what several have`(isDescending: Bool, born: String) throws {
    var world = World.clinic(persons: 0)
    world["people"] = [
      [.key("P1"), 8507, 1951], [.key("P1"), nil, 1950], [.key("P1"), 8532, nil],
    ]
    world[rule: "person"].prefer = ("BORN", isDescending)
    let outcome = try world.run()
    #expect(outcome.values("person", "year_of_birth") == [born])
    // The row with the lesser year has no sex, and takes nothing away.
    #expect(outcome.values("person", "gender_concept_id") == ["8507"])
    // A row without a year of birth cannot become a person by itself.
    #expect(outcome.refusals("person") == ["2 required_missing year_of_birth"])
  }

  @Test func `a person without a demographic row is unknown`() throws {
    var world = World.clinic(persons: 1)
    world.stay("S9", of: "P9")
    let outcome = try world.run()
    #expect(outcome.refusals("stay") == ["0 person_unknown"])
    #expect(outcome["visit_occurrence"].isEmpty)
  }

  @Test func `a person without a year of birth is refused with all rows`() throws {
    var world = World.clinic(persons: 1)
    world["people"] = [[.key("P1"), 8507, .rejected("not_an_integer")]]
    world.stay("S1", of: "P1")
    let outcome = try world.run()
    #expect(outcome.refusals("person") == ["0 required_missing year_of_birth"])
    #expect(outcome.refusals("stay") == ["0 parent_quarantined < 1.0"])
    #expect(outcome.target.published?.isEmpty == true)
  }

  @Test func `race and ethnicity are concept 0 unless given, and counted`() throws {
    let outcome = try World.clinic(persons: 3).run()
    #expect(outcome.values("person", "race_concept_id") == ["0", "0", "0"])
    #expect(outcome.rule("person").notes["default:concept_0:race_concept_id"] == 3)
  }

  @Test func `a person with more rows than ids is refused whole`() throws {
    var world = World.clinic(persons: 2)
    for number in 0..<5 { world.stay("S\(number)", of: "P1") }
    world.stay("T", of: "P2")
    let outcome = try world.run(Manner(personLimit: 5))
    #expect(outcome.refusals("person") == ["0 person_too_large"])
    #expect(outcome.refusals("stay").count == 5)
    #expect(outcome.refusals("stay").allSatisfy { $0.hasSuffix("parent_quarantined < 1.0") })
    #expect(outcome["visit_occurrence"].count == 1)
  }

  @Test func `a person keeps the id when others come and go`() throws {
    let ledger = try Ledger(path: nil, keyFingerprint: "test")
    let first = try World.clinic(persons: 10).run(ledger: ledger)
    var world = World.clinic(persons: 40)
    world["people"].removeSubrange(0..<5)
    let second = try world.run(ledger: ledger)
    func ids(_ outcome: Outcome) -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: outcome["person"].map {
          ($0["year_of_birth"] ?? "", $0["person_id"] ?? "")
        })
    }
    let before = ids(first)
    let after = ids(second)
    #expect(after.count == 35)
    for (born, id) in after where before[born] != nil { #expect(before[born] == id) }
    #expect(Set(after.values).count == 35)
    // Those who were gone are known when they come back.
    #expect(
      try ids(World.clinic(persons: 40).run(ledger: ledger)).filter { before[$0.key] != nil }
        == before)
  }

  @Test func `death is one row a person, whichever rules tell of it`() throws {
    var world = World.clinic(persons: 3)
    world.tables.append(
      SampleTable(
        "deaths",
        [("IPP", .identifier(namespace: "ipp")), ("DAY", .date), ("CAUSE", .text)],
        [
          [.key("P1"), 200, nil], [.key("P1"), 200, "I21"], [.key("P2"), 300, nil],
          [.key("P2"), 301, nil], [.key("P9"), 1, nil],
        ]))
    world.tables.append(
      SampleTable(
        "registry", [("IPP", .identifier(namespace: "ipp")), ("DAY", .date)],
        [[.key("P1"), 200], [.key("P3"), 400]]))
    var death = SampleRule("death", into: "death", from: "deaths", person: "IPP", key: ["IPP"])
    death.fields = [("death_date", "DAY"), ("cause_source_value", "CAUSE")]
    var other = SampleRule("other", into: "death", from: "registry", person: "IPP", key: ["IPP"])
    other.fields = [("death_date", "DAY")]
    world.rules += [death, other]
    let outcome = try world.run()
    #expect(outcome["death"].count == 2)
    #expect(Set(outcome.values("death", "death_date")) == ["200", "400"])
    #expect(outcome["death"].first { $0["death_date"] == "200" }?["cause_source_value"] == "I21")
    #expect(
      outcome.refusals("death") == ["2 conflicting_rows", "3 conflicting_rows", "4 person_unknown"])
    #expect(outcome.rule("death")[.emitted] == 1)
    #expect(outcome.rule("other")[.emitted] == 1)
    #expect(outcome.rule("other")[.collapsed] == 1)
  }
}
