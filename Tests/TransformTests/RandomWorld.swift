import Columnar
import CommonDataModel
import EngineTestSupport
import Expressions
import TestSupport

extension World {
  /// A small world with a bit of everything that goes wrong in sources.
  ///
  /// - Parameter seed: what makes it the world it is.
  /// - Returns: the world, the same for the same seed.
  static func random(_ seed: UInt64) -> World {
    var random = SeededGenerator(seed: seed)
    func oneIn(_ chance: Int) -> Bool { Int.random(in: 0..<chance, using: &random) == 0 }
    func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    var world = World.clinic(persons: 0)
    for number in 1...8 {
      for _ in 0...pick(2) {
        let born: Cell = oneIn(8) ? .rejected("not_an_integer") : .lane(oneIn(15) ? 1 : 1950)
        world["people"].append([
          .key("P\(number)"), [.null, 8507, 8507, .lane(oneIn(9) ? 8532 : 8507)][pick(4)], born,
        ])
      }
    }
    for number in 1...14 {
      let person: Cell = oneIn(12) ? .null : .key("P\(1 + pick(10))")
      let begin = Int64(100 * number)
      let row: [Cell] = [
        oneIn(14) ? .null : .key("S\(number)"), person,
        oneIn(12) ? .rejected("not_a_date") : .lane(begin),
        oneIn(4) ? .null : .lane(begin + Int64(pick(20))), .text("U\(pick(3))"),
      ]
      world["stays"].append(row)
      if oneIn(5) { world["stays"].append(row) }
      if oneIn(9) { world["stays"].append(Array(row.dropLast()) + ["U9"]) }
      if oneIn(9) { world["stays"].append([]) }
    }
    for number in 0..<50 {
      let row: [Cell] = [
        oneIn(20) ? .null : .key("S\(1 + pick(16))"), oneIn(15) ? .null : .lane(Int64(pick(4))),
        [.text("A"), .text("B"), .text("C"), .text("D"), .text("?"), .null][pick(6)],
        oneIn(3) ? .null : .lane(Int64(pick(500))), .text("act \(number)"),
        oneIn(2) ? .null : .lane(Int64(1000 + number)),
      ]
      world["acts"].append(row)
      if oneIn(6) { world["acts"].append(row) }
      if oneIn(20) { world["acts"].append([]) }
    }
    world.map("A", (1, .condition))
    world.map("B", (2, .drug), (3, .measurement), (4, .measurement))
    world.map("C", source: 9, (5, .observation))
    world.map("D", (6, .measurement))
    world[rule: "act"].filter = "CODE is not null or VALUE is not null"
    world[rule: "act"].fields.append(("source_value", "NOTE"))
    world.addWards(&random)
    world.addPlaces(&random)
    world.addDeaths(&random)
    return world
  }

  /// A rule whose join fans out, into parts of visits.
  private mutating func addWards(_ random: inout SeededGenerator) {
    tables.append(
      SampleTable(
        "wards", [("UNIT", .text), ("WARD", .text)],
        (0..<8).map { number in
          [.text("U\(Int.random(in: 0..<4, using: &random))"), .text("w\(number % 6)")]
        }))
    var ward = SampleRule(
      "ward", into: "visit_detail", from: "stays", person: "IPP", key: ["STAY"])
    ward.joins = [("wards", ["UNIT"], ["UNIT"], false)]
    ward.visit = ("stay", ["STAY"])
    ward.fields = [
      ("visit_detail_concept_id", "9201"), ("visit_detail_type_concept_id", "32817"),
      ("visit_detail_start_date", "\"IN\""),
      ("visit_detail_source_value", "wards.WARD"),
    ]
    rules.append(ward)
    var lab = SampleRule(
      "lab", into: "measurement", from: "acts", person: "stays.IPP", key: ["STAY"])
    lab.joins = [("stays", ["STAY"], ["STAY"], true)]
    lab.filter = "VALUE > 2"
    lab.fields = [
      ("measurement_concept_id", "77"), ("measurement_type_concept_id", "32817"),
      ("measurement_date", "DAY"), ("value_as_number", "100 / (VALUE - 3)"),
      ("measurement_source_value", "NOTE"),
    ]
    rules.append(lab)
  }

  private mutating func addPlaces(_ random: inout SeededGenerator) {
    tables.append(
      SampleTable(
        "units", [("UNIT", .text), ("NAME", .text)],
        (0..<10).map { number in
          let unit = Int.random(in: 0..<4, using: &random)
          return [.text("U\(unit)"), unit == 0 ? .text("name \(number)") : .text("unit")]
        }))
    var unit = SampleRule("unit", into: "care_site", from: "units", key: ["UNIT"])
    unit.fields = [("care_site_name", "NAME")]
    rules.append(unit)
    self[rule: "stay"].references = [("care_site_id", "unit", ["UNIT"])]
  }

  private mutating func addDeaths(_ random: inout SeededGenerator) {
    for name in ["deaths", "registry"] {
      tables.append(
        SampleTable(
          name, [("IPP", .identifier(namespace: "ipp")), ("DAY", .date)],
          (0..<5).map { _ in
            let day = Int64.random(in: 0..<2, using: &random)
            return [.key("P\(Int.random(in: 1...10, using: &random))"), .lane(5000 + day)]
          }))
      var death = SampleRule(name, into: "death", from: name, person: "IPP", key: ["IPP"])
      death.fields = [("death_date", "DAY")]
      if name == "deaths" { death.prefer = ("DAY", true) }
      rules.append(death)
    }
  }
}
