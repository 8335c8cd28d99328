import Columnar
import CommonDataModel
import Engine
import EngineTestSupport
import Expressions
import TestSupport
import Testing

@testable import Transform

/// Visits of whole persons: merged, linked by date, put behind one another.
@Suite struct VisitTests {
  /// A clinic in which the unit of a stay is its class: H a stay, E an emergency, C a consultation.
  private static func clinic() -> World {
    var world = World.clinic(persons: 2)
    world.source.visits = VisitPlan(
      merging: VisitMerging(
        stays: [9201], touching: [9203], within: [9202], emergencies: [9203], emergencyStay: 262))
    for index in world[rule: "stay"].fields.indices
    where world[rule: "stay"].fields[index].0 == "visit_concept_id" {
      world[rule: "stay"].fields[index].1 = """
        case UNIT when 'H' then 9201 when 'E' then 9203 when 'C' then 9202 else 0 end
        """
    }
    world[rule: "stay"].fields.append(("visit_source_value", "UNIT"))
    return world
  }

  private func lines(_ outcome: Outcome) -> [String] {
    outcome["visit_occurrence"].map { row in
      let field = { (name: String) in row[name] ?? "-" }
      return "\(field("visit_start_date"))-\(field("visit_end_date")) \(field("visit_concept_id"))"
        + " \(field("visit_source_value"))"
    }.sorted()
  }

  @Test func `an emergency and the stays that follow are one visit, and its acts belong to it`()
    throws
  {
    var world = Self.clinic()
    world.stay("S1", of: "P1", from: 100, to: 100, unit: "E")
    world.stay("S2", of: "P1", from: 101, to: 105, unit: "H")
    world.stay("S3", of: "P1", from: 106, to: 109, unit: "H")
    world.stay("S4", of: "P1", from: 103, to: 103, unit: "C")
    world.stay("S5", of: "P1", from: 111, to: 111, unit: "E")
    world.stay("S6", of: "P2", from: 110, to: 112, unit: "H")
    world.map("A", (1, .condition))
    for stay in 1...6 { world.act("S\(stay)", 1, "A") }
    let outcome = try world.run()
    #expect(lines(outcome) == ["100-109 262 H", "110-112 9201 H", "111-111 9203 E"])
    #expect(outcome.rule("stay").boxes == [.emitted: 3, .collapsed: 3])
    let visits = outcome["condition_occurrence"].map { $0["visit_occurrence_id"] ?? "" }
    #expect(Dictionary(grouping: visits) { $0 }.values.map(\.count).sorted() == [1, 1, 4])
    #expect(outcome.rule("act").notes["visit_not_found"] == nil)
    // The merged visit keeps the id of its first row.
    world["stays"].removeAll { $0[4] == "H" || $0[4] == "C" }
    let alone = try world.run()["visit_occurrence"].first { $0["visit_start_date"] == "100" }
    #expect(
      alone?["visit_occurrence_id"]
        == outcome["visit_occurrence"].first { $0["visit_start_date"] == "100" }?[
          "visit_occurrence_id"])
  }

  @Test func `details repeat no visit that is one row alone`() throws {
    var world = Self.clinic()
    var detail = SampleRule(
      "detail", into: "visit_detail", from: "stays", person: "IPP", key: ["STAY"])
    detail.visit = ("stay", ["STAY"])
    detail.fields = [
      ("visit_detail_concept_id", "0"), ("visit_detail_type_concept_id", "32817"),
      ("visit_detail_start_date", "\"IN\""), ("visit_detail_end_date", "OUT"),
    ]
    world.rules.append(detail)
    world.stay("S1", of: "P1", from: 100, to: 102, unit: "H")
    world.stay("S2", of: "P1", from: 103, to: 104, unit: "H")
    world.stay("S3", of: "P1", from: 120, to: 121, unit: "H")
    #expect(try world.run()["visit_detail"].count == 3)
    world.source.visits?.merging?.keepsLoneDetails = false
    let outcome = try world.run()
    #expect(
      outcome.values("visit_detail", "visit_detail_start_date").sorted { ($0 ?? "") < ($1 ?? "") }
        == ["100", "103"])
    #expect(outcome.rule("detail").boxes == [.emitted: 2, .collapsed: 1])
  }

  @Test func `what names no visit belongs to the one during which it happened`() throws {
    var world = Self.clinic()
    world.source.visits = VisitPlan(linksByDate: true, namesPreceding: true)
    world.stay("S1", of: "P1", from: 100, to: 105, unit: "H")
    world.stay("S2", of: "P1", from: 104, to: 110, unit: "H")
    world.stay("S3", of: "P2", from: 108, to: 108, unit: "C")
    world.stay("S4", of: "P1", from: 120, to: nil, unit: "H")
    var note = SampleRule("note", into: "observation", from: "notes", person: "IPP", key: ["ROW"])
    note.fields = [
      ("observation_concept_id", "0"), ("observation_type_concept_id", "32817"),
      ("observation_date", "DAY"), ("observation_source_value", "TEXT"),
    ]
    note.visit = ("stay", ["STAY"])
    world.tables.append(
      SampleTable(
        "notes",
        [
          ("ROW", .integer), ("IPP", .identifier(namespace: "ipp")),
          ("STAY", .localKey(namespace: "stay")), ("DAY", .date), ("TEXT", .text),
        ],
        [
          [1, .key("P1"), .null, 104, "first of two"], [2, .key("P1"), .null, 108, "second"],
          [3, .key("P1"), .null, 111, "between"], [4, .key("P2"), .null, 108, "other"],
          [5, .key("P1"), .key("S4"), 104, "by key"], [6, .key("P1"), .key("S9"), 104, "no such"],
        ]))
    world.rules.append(note)
    let outcome = try world.run()
    let starts = Dictionary(
      uniqueKeysWithValues: outcome["visit_occurrence"].map {
        ($0["visit_occurrence_id"] ?? "", $0["visit_start_date"] ?? "")
      })
    let found = Dictionary(
      uniqueKeysWithValues: outcome["observation"].map {
        ($0["observation_source_value"] ?? "", $0["visit_occurrence_id"].flatMap { starts[$0] })
      })
    #expect(
      found == [
        "first of two": "100", "second": "104", "between": nil, "other": "108", "by key": "120",
        "no such": "100",
      ])
    #expect(outcome.rule("note").notes["visit_by_date"] == 4)
    #expect(outcome.rule("note").notes["visit_not_found"] == 1)
    let before = Dictionary(
      uniqueKeysWithValues: outcome["visit_occurrence"].map {
        ($0["visit_start_date"] ?? "", $0["preceding_visit_occurrence_id"].flatMap { starts[$0] })
      })
    #expect(before == ["100": nil, "104": "100", "108": nil, "120": "104"])
  }

  /// A random world whose stays crowd into a few weeks.
  private static func crowded(_ seed: UInt64) -> World {
    var world = World.random(seed)
    var random = SeededGenerator(seed: seed &+ 100)
    for index in world["stays"].indices where world["stays"][index].count == 5 {
      guard case .lane(let begin) = world["stays"][index][2] else { continue }
      world["stays"][index][2] = .lane(begin / 100 * 3)
      world["stays"][index][3] = .lane(begin / 100 * 3 + begin / 100 * 7 % 5)
    }
    for number in 0..<40 {
      let start = Int64.random(in: 0...50, using: &random)
      world.stay(
        "C\(number)", of: "P\(1 + number % 8)", from: start,
        to: .lane(start + .random(in: 0...3, using: &random)), unit: .text("U\(number % 3)"))
    }
    for index in world["acts"].indices where world["acts"][index].count == 6 {
      world["acts"][index][5] = .lane(.random(in: 0...50, using: &random))
    }
    for index in world[rule: "stay"].fields.indices
    where world[rule: "stay"].fields[index].0 == "visit_concept_id" {
      world[rule: "stay"].fields[index].1 =
        "case UNIT when 'U0' then 9201 when 'U1' then 9203 else 9202 end"
    }
    world.source = SourcePlan(
      visits: VisitPlan(
        merging: VisitMerging(
          stays: [9201], touching: [9203], within: [9202], emergencies: [9203],
          emergencyStay: 262, keepsLoneDetails: seed % 2 == 0),
        linksByDate: true, namesPreceding: true),
      periods: PeriodPlan(method: seed % 2 == 0 ? .gap(3) : .events, persistence: 1))
    world.derivation = DerivationPlan(dropsUnobserved: true, conditionGap: 2)
    return world
  }

  @Test(arguments: PropertyTests.seeds)
  func `merged visits are the same however the run is done`(seed: UInt64) throws {
    let world = Self.crowded(seed)
    let expected = try world.run()
    #expect(expected.rule("stay")[.collapsed] > 0)
    for manner in PropertyTests.manners {
      let outcome = try world.run(manner)
      #expect(outcome.target.lines == expected.target.lines, "\(manner)")
      #expect(outcome.books == expected.books, "\(manner)")
    }
  }
}
