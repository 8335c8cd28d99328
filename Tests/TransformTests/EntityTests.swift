import Columnar
import CommonDataModel
import Engine
import EngineTestSupport
import Expressions
import Testing

@testable import Transform

@Suite struct EntityTests {
  /// Units of a hospital, each a care site; stays refer to them.
  private func hospital(_ units: [[Cell]]) -> World {
    var world = World.clinic(persons: 2)
    world.tables.append(
      SampleTable("units", [("UNIT", .text), ("NAME", .text), ("TOWN", .text)], units))
    var unit = SampleRule("unit", into: "care_site", from: "units", key: ["UNIT"])
    unit.fields = [("care_site_name", "NAME"), ("care_site_source_value", "UNIT")]
    world.rules.append(unit)
    world[rule: "stay"].references = [("care_site_id", "unit", ["UNIT"])]
    world.stay("S1", of: "P1")
    world.stay("S2", of: "P2")
    return world
  }

  @Test func `rows of one key are one place, numbered from 1`() throws {
    let outcome = try hospital([
      ["U1", "Cardiology", nil], ["U2", "Surgery", nil], ["U1", "Cardiology", "Lyon"],
      ["U1", nil, nil],
    ]).run()
    #expect(outcome.values("care_site", "care_site_id") == ["1", "2"])
    #expect(Set(outcome.values("care_site", "care_site_name")) == ["Cardiology", "Surgery"])
    #expect(outcome.rule("unit")[.emitted] == 2)
    #expect(outcome.rule("unit")[.collapsed] == 2)
  }

  @Test func `places of one name in disagreement are refused, and their references are counted`()
    throws
  {
    let outcome = try hospital([["U1", "Cardiology", nil], ["U1", "Surgery", nil]]).run()
    #expect(outcome["care_site"].isEmpty)
    #expect(outcome.rule("unit")[.quarantined] == 2)
    #expect(outcome.rule("unit").reasons == [.conflictingRows: 2])
    #expect(outcome.values("visit_occurrence", "care_site_id") == [nil, nil])
    #expect(outcome.rule("stay").notes["reference_not_found:care_site_id"] == 2)
  }

  @Test func `a reference finds the row of its key`() throws {
    var world = hospital([["U1", "Cardiology", nil], ["U2", "Surgery", nil]])
    world["stays"][1][4] = "U2"
    world.stay("S3", of: "P1")
    world["stays"][2][4] = nil
    let outcome = try world.run()
    let sites = Dictionary(
      uniqueKeysWithValues: outcome["care_site"].map {
        ($0["care_site_source_value"], $0["care_site_id"])
      })
    let found = outcome.values("visit_occurrence", "care_site_id")
    #expect(found.count == 3)
    #expect(Set(found) == [sites["U1"] ?? "", sites["U2"] ?? "", nil])
    // A row that names nothing has lost nothing.
    #expect(outcome.rule("stay").notes["reference_not_found:care_site_id"] == nil)
  }

  @Test func `places refer to places`() throws {
    var world = hospital([["U1", "Cardiology", "Lyon"], ["U2", "Surgery", "Nancy"]])
    var town = SampleRule("town", into: "location", from: "units", key: ["TOWN"])
    town.fields = [("city", "TOWN")]
    world.rules.append(town)
    world[rule: "unit"].references = [("location_id", "town", ["TOWN"])]
    let outcome = try world.run()
    let towns = Dictionary(
      uniqueKeysWithValues: outcome["location"].map { ($0["city"], $0["location_id"]) })
    for site in outcome["care_site"] {
      let city = site["care_site_source_value"] == "U1" ? "Lyon" : "Nancy"
      #expect(site["location_id"] == towns[city] ?? "")
    }
  }

  @Test func `a place keeps its number when others come before it`() throws {
    let ledger = try Ledger(path: nil, keyFingerprint: "test")
    func ids(_ units: [[Cell]]) throws -> [String: String] {
      let outcome = try hospital(units).run(ledger: ledger)
      return Dictionary(
        uniqueKeysWithValues: outcome["care_site"].map {
          ($0["care_site_source_value"] ?? "", $0["care_site_id"] ?? "")
        })
    }
    let first = try ids((1...5).map { [.text("U\($0)"), "x", nil] })
    let second = try ids((3...20).map { [.text("U\($0)"), "x", nil] })
    for (unit, id) in second where first[unit] != nil { #expect(first[unit] == id) }
    #expect(Set(first.values).union(second.values).count == 20)
    #expect(second.count == 18)
  }

  @Test func `one row that names several places by a join makes each, and the books balance`()
    throws
  {
    var world = hospital([["U1", "Cardiology", nil]])
    world.tables.append(
      SampleTable(
        "wards", [("UNIT", .text), ("WARD", .text)],
        [["U1", "a"], ["U1", "b"], ["U1", "c"], ["U2", "d"]]))
    world[rule: "unit"].joins = [("wards", ["UNIT"], ["UNIT"], true)]
    world[rule: "unit"].key = ["wards.WARD"]
    world[rule: "stay"].references = []
    let outcome = try world.run()
    #expect(outcome["care_site"].count == 3)
    #expect(outcome.rule("unit")[.emitted] == 1)
    #expect(outcome.rule("unit").joinFanOut == 2)
    #expect(outcome.rule("unit")[.collapsed] == 0)
  }

  @Test func `a place without a key is refused`() throws {
    let outcome = try hospital([["U1", "Cardiology", nil], [nil, "?", nil]]).run()
    #expect(outcome.refusals("unit").map { String($0.dropFirst(2)) } == ["key_missing"])
    #expect(outcome["care_site"].count == 1)
  }

  // MARK: Rows of a person that refer to one another

  @Test func `a visit refers to another visit of its person`() throws {
    var world = World.clinic(persons: 2)
    world.tables[1].columns.append(("BEFORE", .localKey(namespace: "stay")))
    world["stays"] = [
      [.key("S1"), .key("P1"), 100, 110, "U1", nil],
      [.key("S2"), .key("P1"), 200, 210, "U1", .key("S1")],
      // Unknown, and of another person: neither is found.
      [.key("S3"), .key("P1"), 300, 310, "U1", .key("S9")],
      [.key("S4"), .key("P2"), 400, 410, "U1", .key("S1")],
    ]
    world[rule: "stay"].references = [("preceding_visit_occurrence_id", "stay", ["BEFORE"])]
    let outcome = try world.run()
    let rows = outcome["visit_occurrence"].sorted {
      ($0["visit_start_date"] ?? "") < ($1["visit_start_date"] ?? "")
    }
    #expect(
      rows.map { $0["preceding_visit_occurrence_id"] } == [
        nil, rows[0]["visit_occurrence_id"], nil, nil,
      ])
    #expect(
      outcome.rule("stay").notes["reference_not_found:preceding_visit_occurrence_id"] == 2)
  }

  // MARK: Observation periods

  @Test func `a person's period goes from the first to the last of their rows`() throws {
    var world = World.clinic(persons: 3)
    world.stay("S1", of: "P1", from: 100, to: 110)
    world.stay("S2", of: "P1", from: 50, to: 60)
    world.stay("S3", of: "P2", from: 300, to: 200)
    world.act("S1", 1, "X", day: 120)
    world["stays"].append([.key("S4"), .key("P2"), nil, 9999, "U1"])
    let outcome = try world.run()
    let rows = outcome["observation_period"].map {
      [$0["observation_period_start_date"] ?? "", $0["observation_period_end_date"] ?? ""]
    }
    // P2's visit ends before it begins; P3 was never seen; a refused row is no evidence.
    #expect(Set(rows) == [["50", "120"], ["300", "300"]])
    #expect(outcome.books.targets["observation_period"]?.derived == 2)
    #expect(outcome.values("observation_period", "period_type_concept_id") == ["32817", "32817"])
  }
}
