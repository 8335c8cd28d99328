import Columnar
import CommonDataModel
import Engine
import EngineTestSupport
import Expressions
import Testing
import Vocabulary

@testable import Transform

@Suite struct ConceptTests {
  private var clinic: World {
    var world = World.clinic(persons: 1)
    world.stay("S1", of: "P1")
    return world
  }

  @Test func `the domain of each standard concept chooses its table`() throws {
    var world = clinic
    let tables: [EventTable] = [
      .condition, .drug, .procedure, .measurement, .observation, .device, .specimen,
    ]
    for (number, table) in tables.enumerated() {
      world.map("C\(number)", source: 70 + Int64(number), (Int64(number) + 1, table))
      world.act("S1", Int64(number), .text("C\(number)"))
    }
    let outcome = try world.run()
    for (number, table) in tables.enumerated() {
      let rows = outcome[table.rawValue]
      #expect(rows.count == 1)
      let concept = EventImage.field("concept_id")?.image(in: table) ?? ""
      #expect(rows.first?[concept] == "\(number + 1)")
      let value = EventImage.field("source_value")?.image(in: table) ?? ""
      #expect(rows.first?[value] == "C\(number)")
      if let source = EventImage.field("source_concept_id")?.image(in: table) {
        #expect(rows.first?[source] == "\(70 + number)")
      }
    }
    #expect(outcome.rule("act")[.emitted] == tables.count)
    #expect(outcome.rule("act").unmapped == 0)
  }

  @Test func `a code with several concepts gives a row for each, counted as such`() throws {
    var world = clinic
    world.map("X", (1, .condition), (2, .condition), (3, .observation))
    world.act("S1", 1, "X")
    world.act("S1", 2, "X")
    let outcome = try world.run()
    #expect(Set(outcome.values("condition_occurrence", "condition_concept_id")) == ["1", "2"])
    #expect(outcome["condition_occurrence"].count == 4)
    #expect(outcome["observation"].count == 2)
    #expect(outcome.rule("act")[.emitted] == 2)
    #expect(outcome.rule("act").mappingFanOut == 4)
    #expect(outcome.rule("act").joinFanOut == 0)
    #expect(outcome.rule("act").rows == ["condition_occurrence": 4, "observation": 2])
  }

  @Test func `a code without a concept is kept with concept 0 and counted`() throws {
    var world = clinic
    world.codes["KNOWN"] = ResolvedCode(
      sourceConcept: 44, targets: [.init(concept: 0, table: .condition, slot: 0)])
    world.act("S1", 1, "NEW")
    world.act("S1", 2, "KNOWN")
    world.act("S1", 3, nil)
    let outcome = try world.run()
    // The default table of the rule takes what has no domain.
    #expect(outcome["procedure_occurrence"].count == 2)
    #expect(outcome.values("procedure_occurrence", "procedure_concept_id") == ["0", "0"])
    #expect(
      Set(outcome.values("procedure_occurrence", "procedure_source_value")) == ["NEW", nil])
    #expect(outcome.values("condition_occurrence", "condition_concept_id") == ["0"])
    #expect(outcome.values("condition_occurrence", "condition_source_concept_id") == ["44"])
    // A row without a code is not an unmapped code.
    #expect(outcome.rule("act").unmapped == 2)
  }

  @Test func `the value that a code holds goes to the measurement, and the rule's own wins`()
    throws
  {
    var world = clinic
    world.codes["POS"] = ResolvedCode(
      sourceConcept: 0, targets: [.init(concept: 5, table: .measurement, value: 9, slot: 0)])
    world.act("S1", 1, "POS")
    world.act("S1", 2, "POS", note: "own")
    world[rule: "act"].fields.append(
      ("value_as_concept_id", "case when NOTE = 'own' then 77 end"))
    let outcome = try world.run()
    #expect(Set(outcome.values("measurement", "value_as_concept_id")) == ["9", "77"])
    #expect(outcome.rule("act").notes["own_value_wins"] == 1)
  }

  @Test func `a value that the table has no field for is counted`() throws {
    var world = clinic
    world.map("D", (1, .drug))
    world.map("M", (2, .measurement))
    world.act("S1", 1, "D", value: 150)
    world.act("S1", 2, "D")
    world.act("S1", 3, "M", value: 150)
    let outcome = try world.run()
    #expect(outcome.rule("act").notes["no_field:drug_exposure.value_as_number"] == 1)
    #expect(outcome.values("measurement", "value_as_number") == ["1.5"])
    #expect(outcome.rule("act").notes["no_field:measurement.value_as_number"] == nil)
  }

  @Test func `an episode takes the concepts of its domain where the rule gives its object`() throws
  {
    var world = clinic
    world.map("E", (1, .episode))
    world.act("S1", 1, "E")
    #expect(try world.run()["observation"].count == 1)
    world[rule: "act"].fields.append(("episode_object_concept_id", "32531"))
    let outcome = try world.run()
    #expect(outcome["observation"].isEmpty)
    #expect(outcome.values("episode", "episode_object_concept_id") == ["32531"])
  }

  @Test func `a concept of a domain without a table is an observation, and is reported`() throws {
    var world = clinic
    world.codes["H"] = ResolvedCode(
      sourceConcept: 0,
      targets: [.init(concept: 5, table: .observation, slot: 0, homelessDomain: "Race")])
    world.act("S1", 1, "H")
    world.act("S1", 2, "H")
    let outcome = try world.run()
    #expect(outcome.values("observation", "observation_concept_id") == ["5", "5"])
    #expect(outcome.rule("act").notes["to_observation:Race"] == 2)
    // A table that the rule names is nobody's choice but the rule's.
    world[rule: "act"].into = "procedure_occurrence"
    world[rule: "act"].fields = [
      ("procedure_date", "stays.\"IN\""), ("procedure_type_concept_id", "32817"),
    ]
    #expect(try world.run().rule("act").notes["to_observation:Race"] == nil)
  }

  @Test func `an event without a code goes to the rule's default table`() throws {
    var world = clinic
    world[rule: "act"].code = nil
    world[rule: "act"].fields.append(("concept_id", "12"))
    world.act("S1", 1, "X")
    let outcome = try world.run()
    #expect(outcome.values("procedure_occurrence", "procedure_concept_id") == ["12"])
  }

  @Test func `a table that is named takes its concepts whatever their domain`() throws {
    var world = clinic
    world.map("X", (1, .condition), (2, .drug))
    world[rule: "act"].into = "procedure_occurrence"
    world[rule: "act"].fields = [
      ("procedure_date", "stays.\"IN\""), ("procedure_type_concept_id", "32817"),
    ]
    world.act("S1", 1, "X")
    let outcome = try world.run()
    #expect(Set(outcome.values("procedure_occurrence", "procedure_concept_id")) == ["1", "2"])
    #expect(outcome.rule("act").mappingFanOut == 1)
  }

  // MARK: The vocabulary

  private func vocabulary() throws -> VocabularyIndex {
    func concept(_ id: Int64, _ code: String, _ domain: String, standard: Bool) -> Concept {
      Concept(
        id: id, code: code, vocabulary: standard ? "SNOMED" : "LOCAL", domain: domain,
        standard: standard ? "S" : "")
    }
    return try VocabularyIndex(
      concepts: [
        concept(1, "one", "Condition", standard: true),
        concept(2, "two", "Measurement", standard: true),
        concept(3, "three", "Observation", standard: true),
        concept(4, "present", "Meas Value", standard: true),
        concept(5, "race", "Race", standard: true),
        concept(11, "A", "Condition", standard: false),
        concept(12, "B", "Condition", standard: false),
        concept(13, "C", "Condition", standard: false),
        concept(14, "D", "Drug", standard: false),
        concept(15, "E", "Condition", standard: false),
      ],
      mapsTo: [(11, 1), (12, 2), (13, 2), (13, 3), (15, 5)],
      mapsToValue: [(12, 4), (13, 4), (11, 4)])
  }

  private func resolve(_ code: String) throws -> ResolvedCode {
    let resolver = ConceptResolver(
      map: nil, vocabulary: try vocabulary(), vocabularyName: "LOCAL", defaultTable: .device,
      slots: SlotMemory(), hasher: try World.hasher())
    let (meanings, rows) = resolver.resolve(Column(.text, cells: [.text(code)]))
    return meanings[Int(rows[0])]
  }

  @Test func `a code follows Maps to, with the table of the target's domain`() throws {
    #expect(
      try resolve("A")
        == ResolvedCode(
          sourceConcept: 11, targets: [.init(concept: 1, table: .condition, slot: 0)]))
  }

  @Test func `Maps to value goes to the one target that takes it`() throws {
    #expect(try resolve("B").targets.map(\.value) == [4])
    // Two could take it, or none: the mapping file has to say.
    #expect(try resolve("C").targets.map(\.value) == [nil, nil])
    #expect(try resolve("A").targets.map(\.value) == [nil])
  }

  @Test func `a code without Maps to keeps the domain of its own concept`() throws {
    #expect(
      try resolve("D")
        == ResolvedCode(sourceConcept: 14, targets: [.init(concept: 0, table: .drug, slot: 0)]))
  }

  @Test func `a domain without a table goes to observation, an unknown code to the default`()
    throws
  {
    #expect(try resolve("E").targets.map(\.table) == [.observation])
    #expect(
      try resolve("?")
        == ResolvedCode(sourceConcept: 0, targets: [.init(concept: 0, table: .device, slot: 0)]))
  }

  // MARK: Slots

  @Test func `a target keeps its slot while others come and go`() {
    let memory = SlotMemory()
    let code = Digest(name: "code")
    #expect(memory.slots(of: code, targets: [5]) == [0])
    // A lesser id does not push the older target from its slot.
    #expect(memory.slots(of: code, targets: [3, 5]) == [1, 0])
    #expect(memory.slots(of: code, targets: [1, 3, 5]) == [2, 1, 0])
    #expect(memory.slots(of: code, targets: [1, 5]) == [2, 0])
    // The slot that was freed is the first to be given again.
    #expect(memory.slots(of: code, targets: [1, 4, 5]) == [2, 1, 0])
    #expect(memory.slots(of: Digest(name: "other"), targets: [3, 5]) == [0, 1])
  }

  @Test func `a code that is mapped elsewhere keeps its slot`() {
    let memory = SlotMemory(known: [Digest(name: "code"): [7: 0]])
    #expect(memory.changes.isEmpty)
    #expect(memory.slots(of: Digest(name: "code"), targets: [7]) == [0])
    #expect(memory.changes.isEmpty)
    #expect(memory.slots(of: Digest(name: "code"), targets: [9]) == [0])
    #expect(memory.changes.map(\.slots) == [[9: 0]])
  }

  @Test func `the ledger remembers slots, the last ones of each code`() throws {
    let ledger = try Ledger(path: nil, keyFingerprint: "k")
    let code = Digest(name: "code")
    for slots in [[5: 0, 3: 1], [3: 1]] as [[Int64: Int64]] {
      try ledger.begin()
      var changes = LedgerChanges()
      changes.slots = [(code, slots)]
      try ledger.add(changes)
      try ledger.commit()
      #expect(try ledger.slots() == [code: slots])
    }
  }

  @Test func `the meanings of a batch are looked up once for each code`() {
    let resolver = ConceptResolver(defaultTable: .condition) { code in
      ResolvedCode(
        sourceConcept: Int64(code.count), targets: [.init(concept: 1, table: .drug, slot: 0)])
    }
    let (meanings, rows) = resolver.resolve(
      Column(.text, cells: ["a", "bb", nil, "a", "bb", ""]))
    #expect(meanings.map(\.sourceConcept) == [0, 1, 2, 0])
    #expect(rows == [1, 2, 0, 1, 2, 3])
    #expect(!meanings[0].isMapped)
  }
}
