import Columnar
import CommonDataModel
import Engine
import EngineTestSupport
import Expressions
import Testing

@testable import Transform

@Suite struct JoinTests {
  /// Two stays of P1 and one of P2.
  private var clinic: World {
    var world = World.clinic(persons: 2)
    world.stay("S1", of: "P1", from: 100)
    world.stay("S2", of: "P1", from: 200)
    world.stay("S3", of: "P2", from: 300)
    return world
  }

  @Test(arguments: ["VALUE > 1", "VALUE > 1 and stays.UNIT = 'U1'"])
  func `a filter leaves out what is not true, before and after a join alike`(
    filter: String
  ) throws {
    var world = clinic
    world[rule: "act"].filter = filter
    for (rank, value) in [Cell.lane(50), .lane(100), .lane(101), .null].enumerated() {
      world.act("S1", Int64(rank), "X", value: value, day: .lane(Int64(rank)))
    }
    let outcome = try world.run()
    #expect(outcome.values("procedure_occurrence", "procedure_date") == ["2"])
    #expect(outcome.rule("act")[.filtered] == 3)
    #expect(outcome.rule("act")[.emitted] == 1)
  }

  @Test func `a filter over the own table goes first, so that what it drops is not unmatched`()
    throws
  {
    var world = clinic
    world.act("none", 1, "X")
    world.act("none", 2, nil)
    world[rule: "act"].filter = "CODE is not null"
    var outcome = try world.run()
    #expect(outcome.rule("act")[.filtered] == 1)
    #expect(outcome.rule("act")[.unmatched] == 1)
    world[rule: "act"].filter = "CODE is not null and stays.UNIT is not null"
    outcome = try world.run()
    #expect(outcome.rule("act")[.filtered] == 0)
    #expect(outcome.rule("act")[.unmatched] == 2)
    #expect(outcome.refusals("act") == ["0 join_unmatched", "1 join_unmatched"])
  }

  @Test func `a filter that cannot be computed drops the row and says so`() throws {
    var world = clinic
    world.act("S1", 1, "X", value: 0)
    world[rule: "act"].filter = "1 / VALUE > 0"
    let outcome = try world.run()
    #expect(outcome.rule("act")[.filtered] == 1)
    #expect(outcome.rule("act").rejectedCells == ["where: division_by_zero": 1])
  }

  @Test func `an optional join keeps the row without a partner`() throws {
    var world = clinic
    world.tables.append(
      SampleTable("units", [("UNIT", .text), ("NAME", .text)], [["U1", "Cardiology"]]))
    world["stays"][2][4] = "U9"
    world[rule: "stay"].joins = [("units", ["UNIT"], ["UNIT"], false)]
    world[rule: "stay"].fields.append(("visit_source_value", "coalesce(units.NAME, 'none')"))
    let outcome = try world.run()
    #expect(
      Set(outcome.values("visit_occurrence", "visit_source_value")) == ["Cardiology", "none"])
    #expect(outcome.rule("stay")[.emitted] == 3)
    #expect(outcome.rule("stay").joinFanOut == 0)
  }

  /// Stays joined to `n` wards each.
  private func fanned(_ wards: [[Cell]], required: Bool = true) -> World {
    var world = clinic
    world.tables.append(
      SampleTable("wards", [("UNIT", .text), ("WARD", .text), ("BED", .integer)], wards))
    world[rule: "stay"].joins = [("wards", ["UNIT"], ["UNIT"], required)]
    world[rule: "stay"].fields.append(("visit_source_value", "wards.WARD"))
    return world
  }

  @Test func `a join that finds several rows fans out, and the fan is counted by its cause`()
    throws
  {
    let world = fanned([["U1", "a", 1], ["U1", "b", 2], ["U1", "c", 3], ["U2", "d", 4]])
    let outcome = try world.run()
    #expect(outcome["visit_occurrence"].count == 9)
    #expect(outcome.rule("stay")[.emitted] == 3)
    #expect(outcome.rule("stay").joinFanOut == 6)
    #expect(outcome.rule("stay").mappingFanOut == 0)
    #expect(Set(outcome.values("visit_occurrence", "visit_occurrence_id")).count == 9)
  }

  @Test func `the ids of a fan do not depend on the order of the joined rows`() throws {
    let wards: [[Cell]] = [["U1", "a", 1], ["U1", "b", 2], ["U1", "c", 3], ["U1", "a", 4]]
    let there = try fanned(wards).run()
    let back = try fanned(wards.reversed()).run()
    #expect(there.target.lines == back.target.lines)
  }

  @Test func `a row of which some ways lack a required field is emitted on the others`() throws {
    var world = fanned([["U1", "a", 1], ["U1", "b", 2]])
    world[rule: "stay"].fields[0] = ("visit_start_date", "case when wards.BED = 1 then \"IN\" end")
    world[rule: "stay"].fields.remove(at: 2)
    world[rule: "stay"].fields.append(("visit_concept_id", "9201"))
    let outcome = try world.run()
    #expect(outcome["visit_occurrence"].count == 3)
    #expect(outcome.rule("stay")[.emitted] == 3)
    #expect(outcome.rule("stay")[.quarantined] == 0)
    #expect(outcome.rule("stay").notes["fan_out_refused:required_missing"] == 3)
  }

  @Test func `two joins that fan out keep their rows apart, in any batch`() throws {
    // Stay S1 fans out in both joins, S2 in the first alone: in one batch or in several, rows and
    // ids must be the same.
    var world = fanned([
      ["U1", "a", 1], ["U1", "b", 2], ["U1", "c", 3], ["U2", "d", 1], ["U2", "e", 1],
    ])
    world["stays"][1][4] = "U2"
    world.tables.append(
      SampleTable("beds", [("DAY", .date), ("SIZE", .integer)], [[100, 1], [100, 2], [200, 3]]))
    world[rule: "stay"].joins.append(("beds", ["IN"], ["DAY"], false))
    world[rule: "stay"].key = ["IPP"]
    world.tables[1].key = []
    // Equal stays have the same rows, so their ids are told apart by nothing but their number.
    world["stays"].append(contentsOf: [world["stays"][0], world["stays"][1]])
    let whole = try world.run(Manner(chunkRows: 1000))
    #expect(whole["visit_occurrence"].count == 6 + 2 + 3 + 6 + 2)
    for chunkRows in 1...3 {
      for joinsWait in [false, true] {
        let cut = try world.run(Manner(chunkRows: chunkRows, joinsWait: joinsWait))
        #expect(cut.target.lines == whole.target.lines)
      }
    }
  }

  @Test func `equal records that fan out in a later join collapse in any batch`() throws {
    var world = fanned([["U1", "a", 1], ["U1", "b", 2], ["U2", "c", 3]])
    world["stays"][1][4] = "U2"
    world.tables.append(
      SampleTable("beds", [("UNIT", .text), ("SIZE", .integer)], [["U2", 1], ["U2", 2]]))
    world[rule: "stay"].joins.append(("beds", ["UNIT"], ["UNIT"], false))
    world["stays"].append(world["stays"][0])
    for (chunkRows, joinsWait) in [(1, false), (2, false), (3, true), (1000, false), (1, true)] {
      let outcome = try world.run(Manner(chunkRows: chunkRows, joinsWait: joinsWait))
      // S1 twice on a and b, S2 on c in two beds, S3 on a and b.
      #expect(outcome["visit_occurrence"].count == 6)
      #expect(outcome.rule("stay")[.collapsed] == 1)
    }
  }

  @Test func `four joins that fan out do not run out of numbers`() throws {
    var world = clinic
    for name in ["a", "b", "c", "d"] {
      world.tables.append(
        SampleTable(
          name, [("UNIT", .text), ("N", .integer)], (0..<5).map { ["U1", .lane($0)] }))
      world[rule: "stay"].joins.append((name, ["UNIT"], ["UNIT"], true))
    }
    let outcome = try world.run()
    #expect(outcome["visit_occurrence"].count == 3 * 625)
    #expect(outcome.rule("stay")[.emitted] == 3)
    #expect(outcome.rule("stay").joinFanOut == 3 * 624)
  }

  @Test func `a stay of conflicting rows takes its acts along, with its position`() throws {
    var world = clinic
    world["stays"].append([.key("S1"), .key("P1"), 100, 111, "U1"])
    world.act("S1", 1, "X")
    world.act("S2", 1, "X")
    let outcome = try world.run()
    #expect(outcome.refusals("stay") == ["0 conflicting_rows", "3 conflicting_rows"])
    let parents = outcome.refusals("act")
    #expect(parents == ["0 parent_quarantined < 0.0"] || parents == ["0 parent_quarantined < 0.3"])
    #expect(outcome["procedure_occurrence"].count == 1)
  }

  @Test func `equal rows of a declared key are one`() throws {
    var world = clinic
    world["stays"].append(world["stays"][0])
    world.act("S1", 1, "X")
    let outcome = try world.run()
    #expect(outcome["visit_occurrence"].count == 3)
    #expect(outcome.rule("stay")[.collapsed] == 1)
    #expect(outcome["procedure_occurrence"].count == 1)
  }

  @Test func `a row refused by a join leaves its stone for those that depend on it`() throws {
    // The unit of S1 is in conflict; the act joins another table and must still find its parent.
    var world = clinic
    world.tables.append(
      SampleTable(
        "units", [("UNIT", .text), ("NAME", .text)], key: ["UNIT"], [["U1", "a"], ["U1", "b"]]))
    world["stays"][1][4] = "U2"
    world["stays"][2][4] = "U2"
    world[rule: "stay"].joins = [("units", ["UNIT"], ["UNIT"], false)]
    world.act("S1", 1, "X")
    world.act("S2", 1, "X")
    let outcome = try world.run()
    #expect(outcome.refusals("stay").count == 1)
    #expect(outcome.refusals("act") == ["0 parent_quarantined < 1.0"])
    #expect(outcome["procedure_occurrence"].count == 1)
  }

  @Test func `a derived column serves filter, fields and code`() throws {
    var world = clinic
    world.map("X1", (1, .procedure))
    world.act("S1", 1, " x1 ")
    world.act("S1", 2, " ")
    world[rule: "act"].derive = [("NU", "upper(trim(CODE))"), ("LONG", "length(NU)")]
    world[rule: "act"].filter = "LONG > 0"
    world[rule: "act"].code = "NU"
    let outcome = try world.run()
    #expect(outcome.values("procedure_occurrence", "procedure_concept_id") == ["1"])
    #expect(outcome.values("procedure_occurrence", "procedure_source_value") == ["X1"])
    #expect(outcome.rule("act")[.filtered] == 1)
  }
}
