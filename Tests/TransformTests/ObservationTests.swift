import Columnar
import CommonDataModel
import Engine
import EngineTestSupport
import Expressions
import Testing

@testable import Transform

/// When persons were observed, and what becomes of those who never were.
@Suite struct ObservationTests {
  private func periods(_ outcome: Outcome) -> [String] {
    outcome["observation_period"].map { row in
      "\(row["observation_period_start_date"] ?? "")-\(row["observation_period_end_date"] ?? "")"
        + " \(row["period_type_concept_id"] ?? "")"
    }.sorted()
  }

  /// One person with stays from 100 to 105 and from 200 to 202.
  private static func clinic() -> World {
    var world = World.clinic(persons: 1)
    world.stay("S1", of: "P1", from: 100, to: 105)
    world.stay("S2", of: "P1", from: 200, to: 202)
    return world
  }

  @Test func `by events it is from the first to the last`() throws {
    #expect(try periods(Self.clinic().run()) == ["100-202 32817"])
  }

  @Test func `by gap a long silence ends a period`() throws {
    var world = Self.clinic()
    world.source.periods = PeriodPlan(method: .gap(94), type: 32_882)
    #expect(try periods(world.run()) == ["100-105 32882", "200-202 32882"])
    world.source.periods.method = .gap(95)
    #expect(try periods(world.run()) == ["100-202 32882"])
    world.source.periods = PeriodPlan(method: .gap(30), persistence: 60)
    #expect(try periods(world.run()) == ["100-165 32817", "200-262 32817"])
    // Persistence may bring two together, and the delivery ends all.
    world.source.periods.persistence = 94
    world.source.delivered = 210
    #expect(try periods(world.run()) == ["100-210 32817"])
  }

  @Test func `by enrolment it is what the payer says, and neighbours are one`() throws {
    var world = Self.clinic()
    world.source.periods = PeriodPlan(method: .enrolment, type: 32_813)
    world.tables.append(
      SampleTable(
        "payers",
        [
          ("IPP", .identifier(namespace: "ipp")), ("FROM_DAY", .date), ("TO_DAY", .date),
        ],
        [
          [.key("P1"), 10, 19], [.key("P1"), 20, 29], [.key("P1"), 31, 40], [.key("P1"), 35, 36],
        ]))
    var rule = SampleRule(
      "enrolment", into: "payer_plan_period", from: "payers", person: "IPP",
      key: ["IPP", "FROM_DAY"])
    rule.fields = [
      ("payer_plan_period_start_date", "FROM_DAY"), ("payer_plan_period_end_date", "TO_DAY"),
    ]
    world.rules.append(rule)
    #expect(try periods(world.run()) == ["10-29 32813", "31-40 32813"])
  }

  @Test func `each source tells in its own way, and the periods of a person are united`() throws {
    var world = Self.clinic()
    world.source = SourcePlan(
      periods: PeriodPlan(method: .gap(10), type: 1), delivered: 201)
    world.otherSource = SourcePlan(periods: PeriodPlan(method: .gap(20), type: 2), delivered: 250)
    world[rule: "act"].isOther = true
    world.map("A", (1, .condition))
    // The day after the first stay; the one after the delivery of the stays; and up to their own delivery.
    for (rank, day) in [106, 202, 240, 260].enumerated() {
      world.act("S1", Int64(rank), "A", day: .lane(Int64(day)))
    }
    #expect(try periods(world.run()) == ["100-106 1", "200-202 1", "240-250 2"])
  }

  @Test func `links by date stay within a source`() throws {
    var world = Self.clinic()
    world.source.visits = VisitPlan(linksByDate: true)
    world.otherSource = SourcePlan(visits: VisitPlan(linksByDate: true))
    world[rule: "act"].visit = nil
    world[rule: "act"].isOther = true
    world.map("A", (1, .condition))
    world.act("S1", 1, "A", day: .lane(103))
    #expect(try world.run().values("condition_occurrence", "visit_occurrence_id") == [nil])
    world[rule: "act"].isOther = false
    #expect(try world.run().values("condition_occurrence", "visit_occurrence_id") != [nil])
  }

  @Test func `nobody is observed before birth or after death`() throws {
    var world = Self.clinic()
    // 1970-01-01 plus 100 days is in 1970; day 151 is the first of June.
    world["people"] = [[.key("P1"), 8507, 1970]]
    world[rule: "person"].fields.append(("month_of_birth", "6"))
    var death = SampleRule("death", into: "death", from: "people", person: "IPP", key: ["IPP"])
    death.fields = [("death_date", "date '1970-07-21'"), ("death_type_concept_id", "32817")]
    world.rules.append(death)
    #expect(try periods(world.run()) == ["151-201 32817"])
  }

  @Test func `whom nothing observed is listed and kept, or left out with all rows`() throws {
    var world = Self.clinic()
    world["people"].append([.key("P2"), 8507, 1950])
    var death = SampleRule("death", into: "death", from: "people", person: "IPP", key: ["IPP"])
    death.fields = [("death_date", "date '1980-01-01'"), ("death_type_concept_id", "32817")]
    world.rules.append(death)
    let kept = try world.run()
    #expect(kept["person"].count == 2)
    #expect(kept["death"].count == 2)
    #expect(kept.books.persons.unobserved == 1)
    #expect(
      kept.quarantine.filter { $0.kind == .person }.map {
        "\($0.position.offset / 10) \($0.reason)"
      }
        == ["1 no_observation_period"])
    world.derivation.dropsUnobserved = true
    let dropped = try world.run()
    #expect(dropped["person"].count == 1)
    #expect(dropped["death"].count == 1)
    #expect(dropped.refusals("person") == ["1 no_observation_period"])
    #expect(dropped.refusals("death") == ["1 parent_quarantined < 1.1"])
    #expect(dropped.books.persons.reasons == [.noObservationPeriod: 1])
    #expect(dropped.books.persons.met == 2)
  }
}
