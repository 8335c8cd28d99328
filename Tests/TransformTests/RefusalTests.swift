import Columnar
import CommonDataModel
import Engine
import EngineTestSupport
import Expressions
import Testing

@testable import Transform

@Suite struct RefusalTests {
  private var clinic: World {
    var world = World.clinic(persons: 2)
    world.stay("S1", of: "P1")
    return world
  }

  @Test func `a row without a person is refused`() throws {
    var world = clinic
    world["stays"].append([.key("S2"), nil, 100, 110, "U1"])
    let outcome = try world.run()
    #expect(outcome.refusals("stay") == ["1 person_missing"])
    #expect(outcome.rule("stay").reasons == [.personMissing: 1])
  }

  @Test func `a row whose person stands in the joined row names that row as its parent`() throws {
    var world = clinic
    world["stays"].append([.key("S2"), nil, 100, 110, "U1"])
    world.act("S2", 1, "X")
    let outcome = try world.run()
    #expect(outcome.refusals("act") == ["0 parent_quarantined < 0.1"])
  }

  @Test func `a row without a part of its key is refused`() throws {
    var world = clinic
    world["stays"].append([nil, .key("P1"), 100, 110, "U1"])
    world.act("S1", 1, "X")
    world["acts"].append([.key("S1"), nil, "X", nil, nil, nil])
    let outcome = try world.run()
    #expect(outcome.refusals("stay") == ["1 key_missing"])
    #expect(outcome.refusals("act") == ["1 key_missing"])
  }

  @Test func `a part of a key that cannot be computed is a cell reject as well`() throws {
    var world = clinic
    world.act("S1", 1, "no number")
    world[rule: "act"].key = ["STAY", "cast(CODE as integer)"]
    let outcome = try world.run()
    #expect(outcome.refusals("act") == ["0 key_missing"])
    #expect(outcome.rule("act").rejectedCells.values.reduce(0, +) == 1)
    #expect(outcome.quarantine.contains { $0.kind == .cell && $0.field == "key" })
  }

  @Test func `a row without a required field is refused with the field`() throws {
    var world = clinic
    world["stays"].append([.key("S2"), .key("P1"), nil, 110, "U1"])
    let outcome = try world.run()
    #expect(outcome.refusals("stay") == ["1 required_missing visit_start_date"])
  }

  @Test func `a required field that a joined row lacks names that row`() throws {
    var world = clinic
    world["stays"].append([.key("S2"), .key("P1"), nil, 110, "U1"])
    world.act("S2", 1, "X")
    world.act("S2", 2, "X", day: 5)
    let outcome = try world.run()
    #expect(
      outcome.refusals("act") == [
        "0 parent_quarantined procedure_date < 0.1", "1 parent_quarantined < 0.1",
      ])
  }

  @Test func `a cell that failed in a field is NULL, counted and located`() throws {
    var world = clinic
    world.act("S1", 1, "X", value: 0)
    world.act("S1", 2, "X", value: 400)
    world.map("X", (1, .measurement))
    world[rule: "act"].fields[2] = ("value_as_number", "100 / VALUE")
    let outcome = try world.run()
    #expect(Set(outcome.values("measurement", "value_as_number")) == [nil, "25.0"])
    #expect(outcome.rule("act").rejectedCells == ["value_as_number: division_by_zero": 1])
    let cells = outcome.quarantine.filter { $0.kind == .cell }
    #expect(cells.map(\.position.offset) == [0])
    #expect(cells.map(\.rule) == ["p/act"])
  }

  // MARK: Visits

  @Test func `an act finds its visit`() throws {
    var world = clinic
    world.act("S1", 1, "X")
    let outcome = try world.run()
    let visit = outcome.values("visit_occurrence", "visit_occurrence_id")
    #expect(outcome.values("procedure_occurrence", "visit_occurrence_id") == visit)
    #expect(visit.count == 1)
  }

  @Test func `a visit that nobody told of leaves NULL and is counted`() throws {
    var world = clinic
    world.act("S1", 1, "X")
    world[rule: "act"].visit = ("stay", ["STAY || 'x'"])
    world.tables[1].columns[0].type = .text
    world.tables[2].columns[0].type = .text
    world["stays"] = [["S1", .key("P1"), 100, 110, "U1"]]
    world["acts"] = [["S1", 1, "X", nil, nil, nil]]
    let outcome = try world.run()
    #expect(outcome.values("procedure_occurrence", "visit_occurrence_id") == [nil])
    #expect(outcome.rule("act").notes["visit_not_found"] == 1)
  }

  @Test func `a visit of another person is not found`() throws {
    var world = clinic
    world.tables[2].columns.append(("WHO", .identifier(namespace: "ipp")))
    world["acts"] = [[.key("S1"), 1, "X", nil, nil, 5, .key("P2")]]
    world[rule: "act"].person = "WHO"
    let outcome = try world.run()
    #expect(outcome.values("procedure_occurrence", "visit_occurrence_id") == [nil])
    #expect(outcome.rule("act").notes["visit_not_found"] == 1)
  }

  @Test func `an act whose visit is in quarantine goes with it`() throws {
    var world = clinic
    world["stays"].append([.key("S2"), .key("P1"), nil, 110, "U1"])
    world.act("S2", 1, "X", day: 7)
    let outcome = try world.run()
    #expect(outcome.refusals("act") == ["0 parent_quarantined < 0.1"])
    #expect(outcome["procedure_occurrence"].isEmpty)
  }

  @Test func `a part of a visit needs its visit`() throws {
    var world = clinic
    world.act("S1", 1, "X", day: 101)
    world.act("S1", 2, "X", day: 102)
    world.tables.append(
      SampleTable(
        "moves",
        [
          ("STAY", .localKey(namespace: "stay")), ("IPP", .identifier(namespace: "ipp")),
          ("N", .integer), ("DAY", .date),
        ],
        [
          [.key("S1"), .key("P1"), 1, 101], [.key("S7"), .key("P1"), 1, 102],
          [nil, .key("P1"), 2, 103],
        ]))
    var move = SampleRule(
      "move", into: "visit_detail", from: "moves", person: "IPP", key: ["N", "DAY"])
    move.visit = ("stay", ["STAY"])
    move.fields = [
      ("visit_detail_concept_id", "9201"), ("visit_detail_type_concept_id", "32817"),
      ("visit_detail_start_date", "DAY"), ("visit_detail_end_date", "DAY"),
    ]
    world.rules.append(move)
    let outcome = try world.run()
    #expect(outcome["visit_detail"].count == 1)
    #expect(
      outcome.values("visit_detail", "visit_occurrence_id")
        == outcome.values("visit_occurrence", "visit_occurrence_id"))
    #expect(
      outcome.refusals("move") == [
        "1 required_missing visit_occurrence_id", "2 required_missing visit_occurrence_id",
      ])
  }

  // MARK: Keys

  @Test func `differing rows of a declared key need a preference`() throws {
    var world = clinic
    world["stays"].append([.key("S1"), .key("P1"), 100, 120, "U1"])
    world["stays"].append([.key("S2"), .key("P1"), 100, 120, "U1"])
    let outcome = try world.run()
    #expect(outcome.refusals("stay") == ["0 conflicting_rows", "1 conflicting_rows"])
    #expect(outcome["visit_occurrence"].count == 1)
  }

  @Test(
    arguments: [
      ("OUT", false, "110", 2), ("OUT", true, "130", 2),
      ("case when OUT > date '1970-04-21' then OUT end", false, "120", 2),
    ] as [(String, Bool, String, Int)])
  func `the preferred row of a key wins and the others collapse`(
    prefer: String, isDescending: Bool, out: String, collapsed: Int
  ) throws {
    var world = clinic
    world["stays"].append([.key("S1"), .key("P1"), 100, 130, "U1"])
    world["stays"].append([.key("S1"), .key("P1"), 100, 120, "U1"])
    world[rule: "stay"].prefer = (prefer, isDescending)
    let outcome = try world.run()
    #expect(outcome.values("visit_occurrence", "visit_end_date") == [out])
    #expect(outcome.rule("stay")[.collapsed] == collapsed)
    #expect(outcome.refusals("stay").isEmpty)
  }

  @Test func `a preference that no row has decides nothing`() throws {
    var world = clinic
    world["stays"].append([.key("S1"), .key("P1"), 100, 130, "U1"])
    world[rule: "stay"].prefer = ("case when OUT > date '2020-01-01' then OUT end", false)
    let outcome = try world.run()
    #expect(outcome.refusals("stay").count == 2)
  }

  @Test func `rows of equal key and content are several events where the key is not declared`()
    throws
  {
    var world = clinic
    for _ in 0..<3 { world.act("S1", 1, "X") }
    world.act("S1", 1, "Y")
    let outcome = try world.run()
    #expect(Set(outcome.values("procedure_occurrence", "procedure_occurrence_id")).count == 4)
    #expect(outcome.rule("act")[.emitted] == 4)
    #expect(outcome.rule("act")[.collapsed] == 0)
  }
}
