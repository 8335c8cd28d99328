import Columnar
import CommonDataModel
import Engine
import EngineTestSupport
import Expressions
import Testing

@testable import Transform

@Suite struct DefaultTests {
  @Test func `an open visit ends with the delivery, still patient, and not before it began`() throws
  {
    var world = World.clinic(persons: 1)
    world.delivered = 200
    world.stay("S1", of: "P1", from: 100, to: 150)
    world.stay("S2", of: "P1", from: 160, to: nil)
    world.stay("S3", of: "P1", from: 300, to: nil)
    let outcome = try world.run()
    let rows = outcome["visit_occurrence"].sorted {
      ($0["visit_start_date"] ?? "") < ($1["visit_start_date"] ?? "")
    }
    #expect(rows.map { $0["visit_end_date"] } == ["150", "200", "300"])
    #expect(rows.map { $0["discharged_to_concept_id"] } == [nil, "32220", "32220"])
    #expect(outcome.rule("stay").notes["default:open_visit"] == 2)
  }

  @Test func `an open visit keeps the discharge that the rule gives`() throws {
    var world = World.clinic(persons: 1)
    world.stay("S1", of: "P1", from: 160, to: nil)
    world[rule: "stay"].fields.append(("discharged_to_concept_id", "581476"))
    let outcome = try world.run()
    #expect(outcome.values("visit_occurrence", "discharged_to_concept_id") == ["581476"])
  }

  @Test func `without a day of delivery an open visit ends as it began`() throws {
    var world = World.clinic(persons: 1)
    world.delivered = nil
    world.stay("S1", of: "P1", from: 160, to: nil)
    #expect(try world.run().values("visit_occurrence", "visit_end_date") == ["160"])
  }

  @Test(
    arguments: [
      (nil, "100"), (1, "100"), (30, "129"), (0, "100"), (-5, "100"), (36_525, "36624"),
      (36_526, "100"), (.max, "100"), (.min, "100"),
    ] as [(Int64?, String)])
  func `an exposure without an end lasts its days of supply, else a day`(
    supply: Int64?, end: String
  ) throws {
    var world = World.clinic(persons: 1)
    world.stay("S1", of: "P1", from: 100)
    world.map("D", (1, .drug))
    world["acts"] = [[.key("S1"), supply.map(Cell.lane) ?? .null, "D", nil, nil, nil]]
    world[rule: "act"].key = ["STAY", "CODE"]
    world[rule: "act"].fields.append(("days_supply", "RANK"))
    let outcome = try world.run()
    #expect(outcome.values("drug_exposure", "drug_exposure_end_date") == [end])
    #expect(outcome.rule("act").notes["default:drug_end_from_supply"] == 1)
  }

  @Test func `a date is the day of its datetime, a datetime the midnight of its date`() throws {
    var world = World.clinic(persons: 1)
    world.stay("S1", of: "P1", from: 100)
    world.act("S1", 1, "X", day: 3)
    world[rule: "act"].fields[0] = ("start_datetime", "cast(DAY as timestamp)")
    let outcome = try world.run()
    #expect(outcome.values("procedure_occurrence", "procedure_date") == ["3"])
    #expect(
      outcome.values("procedure_occurrence", "procedure_datetime") == ["\(3 * 86_400_000_000)"])
  }

  @Test func `a text that is too long is a cell reject unless the rule cuts it`() throws {
    var world = World.clinic(persons: 1)
    world.stay("S1", of: "P1")
    world.map("M", (1, .measurement))
    // 50 characters fit; they are counted as characters, not bytes.
    world.act("S1", 1, "M", note: .text(String(repeating: "é", count: 50)))
    world.act("S1", 2, "M", note: .text(String(repeating: "é", count: 51)))
    world[rule: "act"].fields.append(("value_source_value", "NOTE"))
    var outcome = try world.run()
    let fits = String(repeating: "é", count: 50)
    #expect(Set(outcome.values("measurement", "value_source_value")) == [fits, nil])
    #expect(outcome.rule("act").rejectedCells == ["value_source_value: text_too_long": 1])
    #expect(outcome.quarantine.filter { $0.kind == .cell }.map(\.position.offset) == [10])

    world[rule: "act"].truncate = ["value_source_value"]
    outcome = try world.run()
    #expect(outcome.values("measurement", "value_source_value") == [fits, fits])
    #expect(outcome.rule("act").rejectedCells.isEmpty)
    #expect(outcome.rule("act").notes["truncated:value_source_value"] == 1)
  }

  @Test func `a decimal in a field of integers must be whole`() throws {
    var world = World.clinic(persons: 1)
    world.stay("S1", of: "P1")
    world.act("S1", 1, "X", value: 300)
    world.act("S1", 2, "X", value: 250)
    world[rule: "act"].fields[2] = ("quantity", "VALUE")
    let outcome = try world.run()
    #expect(Set(outcome.values("procedure_occurrence", "quantity")) == ["3", nil])
    #expect(outcome.rule("act").rejectedCells == ["quantity: not_an_integer": 1])
  }

  // MARK: Numbers of several rules

  /// Two more rules into `measurement` with numbers of other types.
  private func measured(_ values: [(type: ExpressionType, value: Cell)]) throws -> Outcome {
    var world = World.clinic(persons: 1)
    for (number, (type, value)) in values.enumerated() {
      world.tables.append(
        SampleTable(
          "lab\(number)",
          [("IPP", .identifier(namespace: "ipp")), ("N", .integer), ("VALUE", type)],
          [[.key("P1"), 1, value]]))
      var rule = SampleRule(
        "lab\(number)", into: "measurement", from: "lab\(number)", person: "IPP", key: ["N"])
      rule.fields = [
        ("measurement_concept_id", "1"), ("measurement_type_concept_id", "32817"),
        ("measurement_date", "date '2020-01-01'"), ("value_as_number", "VALUE"),
      ]
      world.rules.append(rule)
    }
    return try world.run()
  }

  @Test func `numbers of several exact types keep their values in one column`() throws {
    let outcome = try measured([
      (.integer, 7), (.decimal(scale: 2), 125), (.decimal(scale: 6), 1_500_000),
      (.decimal(scale: 2), nil),
    ])
    #expect(
      Set(outcome.values("measurement", "value_as_number")) == ["7.0", "1.25", "1.5", nil])
    #expect(outcome.rule("lab0").rejectedCells.isEmpty)
  }

  @Test func `a double among them makes all of them doubles`() throws {
    let outcome = try measured([
      (.integer, 7), (.decimal(scale: 2), 110), (.double, .double(0.25)),
    ])
    #expect(Set(outcome.values("measurement", "value_as_number")) == ["7.0", "1.1", "0.25"])
  }

  @Test func `a number that the common scale cannot hold is a cell reject`() throws {
    let outcome = try measured([(.integer, .lane(.max / 100)), (.decimal(scale: 6), 1)])
    #expect(Set(outcome.values("measurement", "value_as_number")) == [nil, "1e-06"])
    #expect(outcome.rule("lab0").rejectedCells == ["value_as_number: decimal_overflow": 1])
    #expect(outcome.quarantine.count { $0.reason == .decimalOverflow && $0.kind == .cell } == 1)
  }

  @Test(
    arguments: [
      (.integer, .integer, .integer), (.integer, .decimal(scale: 2), .decimal(scale: 2)),
      (.decimal(scale: 6), .decimal(scale: 2), .decimal(scale: 6)),
      (.double, .decimal(scale: 2), .double), (.integer, .double, .double),
      (.text, .text, .text),
    ] as [(ColumnType, ColumnType, ColumnType)])
  func `the common type of two is the least that holds both`(
    left: ColumnType, right: ColumnType, common: ColumnType
  ) {
    #expect(NumberUnion.type(left, right) == common)
    #expect(NumberUnion.type(right, left) == common)
  }

  @Test func `a decimal becomes the nearest double`() {
    let lanes: [Int64] = [0, 110, -1, 9_007_199_254_740_993, .max, .min]
    let column = Column(.decimal(scale: 2), .lanes(lanes))
    let doubles = NumberUnion.convert(column, to: .double).column.doubles
    let expected = [
      "0", "1.1", "-0.01", "90071992547409.93", "92233720368547758.07",
      "-92233720368547758.08",
    ].compactMap { Double($0) }
    #expect(doubles == expected)
  }
}
