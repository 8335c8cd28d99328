import Diagnostics
import Testing

@testable import Vocabulary

/// Mapping files as Usagi saves them.
@Suite struct UsagiTests {
  private static let header =
    "sourceCode,sourceName,sourceFrequency,sourceAutoAssignedConceptIds,ADD_INFO:unit,matchScore,"
    + "mappingStatus,equivalence,statusSetBy,statusSetOn,conceptId,conceptName,domainId,"
    + "mappingType,comment,createdBy,createdOn,assignedReviewer\n"

  private func row(
    _ code: String, _ status: String, _ concept: Int, type: String = "MAPS_TO"
  ) -> String {
    "\(code),\"a name, quoted\",12,\"1;2\",mg,0.87,\(status),EQUAL,nobody,1700000000000,\(concept),"
      + "Unmapped,,\(type),,nobody,1700000000000,\n"
  }

  @Test func `approved targets count, and a code reviewed without one has the concept 0`() throws {
    let (map, list) = try MappingFiles.codes(
      Self.header + row("A", "APPROVED", 30) + row("A", "APPROVED", 20)
        + row("B", "SEMI-APPROVED", 5) + row("C", "APPROVED", 0))
    #expect(list.isEmpty, "\(list.all.map(\.message))")
    #expect(map.entry("A")?.targetConcepts == [20, 30])
    #expect(map.entry("B")?.targetConcepts == [5])
    #expect(map.entry("C")?.targetConcepts == [0])
  }

  @Test(arguments: [
    "UNCHECKED", "AUTO_MAPPED", "AUTO_MAPPED_TO_1", "INVALID_TARGET", "FLAGGED", "IGNORED",
  ])
  func `what nobody approved is not used, and is counted`(status: String) throws {
    let (map, list) = try MappingFiles.codes(
      Self.header + row("A", "APPROVED", 30) + row("B", status, 5) + row("B", status, 6)
        + row("C", status, 0))
    #expect(map.entries.map(\.code) == ["A"])
    #expect(list.all.map(\.code) == ["not-approved"])
    // What is still to be reviewed has its name all the same.
    #expect(Set(map.names.keys) == ["A", "B", "C"])
    #expect(map.names["B"] == "a name, quoted")
    #expect(list.all.first?.severity == .note)
    #expect(list.all.first?.message.hasPrefix("2 codes") == true)
    #expect(list.all.first?.position?.line == 3)
  }

  @Test func `a code that has no state yet is unchecked`() throws {
    let (map, list) = try MappingFiles.codes(Self.header + row("A", "", 0) + row("B", "", 7))
    #expect(map.entries.isEmpty)
    #expect(list.all.map(\.code) == ["not-approved"])
  }

  @Test func `targets that are no concept of the event are not taken for one`() throws {
    let (map, list) = try MappingFiles.codes(
      Self.header + row("A", "APPROVED", 30) + row("A", "APPROVED", 31, type: "MAPS_TO_VALUE")
        + row("B", "APPROVED", 40, type: "EVENT") + row("B", "APPROVED", 41, type: "UNIT"))
    #expect(map.entry("A")?.targetConcepts == [30])
    #expect(map.entry("B")?.targetConcepts == [40])
    #expect(list.isEmpty, "\(list.all)")
    #expect(map.entry("A")?.part(.value)?.concept == 31)
    #expect(map.entry("B")?.part(.unit)?.concept == 41)
    #expect(map.entry("B")?.part(.value) == nil)
    #expect(map.partTypes == [.value, .unit])
  }

  @Test func `parts that cannot be used are told`() throws {
    let (map, list) = try MappingFiles.codes(
      Self.header + row("A", "APPROVED", 31, type: "MAPS_TO_VALUE")
        + row("B", "APPROVED", 40) + row("B", "APPROVED", 41, type: "MAPS_TO_UNIT")
        + row("B", "APPROVED", 42, type: "MAPS_TO_UNIT")
        + row("B", "APPROVED", 42, type: "MAPS_TO_UNIT")
        + row("C", "APPROVED", 50) + row("C", "APPROVED", 50, type: "MAPS_TO_NUMBER")
        + row("C", "APPROVED", 0, type: "MAPS_TO_VALUE"))
    #expect(list.sorted.map(\.code) == ["no-concept", "several-parts", "duplicate-row"])
    #expect(list.sorted.compactMap { $0.position?.line } == [2, 5, 6])
    #expect(map.entry("A")?.targets.isEmpty == true)
    #expect(map.entry("A")?.isWithoutTarget == false)
    #expect(map.entry("B")?.part(.unit) == nil)
    #expect(map.entry("C")?.part(.number)?.concept == 50)
    #expect(map.entry("C")?.parts.count == 1)
  }

  @Test(arguments: MappingStatus.allCases)
  func `the states that count are chosen`(status: MappingStatus) throws {
    let (map, list) = try MappingFiles.codes(
      Self.header + row("A", status.rawValue, 30) + row("B", status.rawValue, 0),
      states: [status])
    #expect(list.isEmpty)
    #expect(map.entry("A")?.targetConcepts == [30])
    // Where nobody decided, 0 says that nothing was proposed.
    let isDecision = [.approved, .semiApproved, .ignored].contains(status)
    #expect(map.entry("B")?.isWithoutTarget == (isDecision ? true : nil))
    let others = Set(MappingStatus.allCases).subtracting([status])
    #expect(
      try MappingFiles.codes(Self.header + row("A", status.rawValue, 30), states: others)
        .value.entries.isEmpty)
  }

  @Test func `an export for review is read, with states or without`() throws {
    let head = "sourceCode,sourceName,sourceFrequency,sourceAutoAssignedConceptIds,matchScore,"
    let rest =
      "targetConceptId,targetConceptName,targetVocabularyId,targetDomainId,targetStandardConcept,"
      + "targetChildCount,targetParentCount,targetConceptClassId,targetConceptCode,"
      + "targetValidStartDate,targetValidEndDate,targetInvalidReason\n"
    let target = "30,Cough,SNOMED,Condition,S,3,2,Clinical Finding,49727002,19700101,20991231,\n"
    let (approved, list) = try MappingFiles.codes(head + rest + "A,a,1,,0.87," + target)
    #expect(list.isEmpty, "\(list.all)")
    #expect(approved.entry("A")?.targetConcepts == [30])
    let (all, notes) = try MappingFiles.codes(
      head + "mappingStatus," + rest + "A,a,1,,0.87,UNCHECKED," + target
        + "B,b,1,,0.87,APPROVED," + target)
    #expect(all.entries.map(\.code) == ["B"])
    #expect(notes.all.map(\.code) == ["not-approved"])
  }

  @Test func `a code is what Usagi escaped`() throws {
    let (map, list) = try MappingFiles.codes(
      Self.header + row(#"A\\B"#, "APPROVED", 1) + row("\"say \\\\\"\"x\"", "APPROVED", 2)
        + row(#"C\D"#, "APPROVED", 3))
    #expect(list.isEmpty, "\(list.all)")
    #expect(map.entries.map(\.code) == [#"A\B"#, #"say \"x"#, #"C\D"#])
  }

  @Test func `a file of an older Usagi has no types`() throws {
    let (map, list) = try MappingFiles.codes(
      "sourceCode,sourceName,sourceFrequency,sourceAutoAssignedConceptIds,matchScore,"
        + "mappingStatus,conceptId,comment\nA,a,1,,0.5,APPROVED,30,\nB,b,1,,0.5,UNCHECKED,0,\n")
    #expect(map.entries.map(\.targetConcepts) == [[30]])
    #expect(list.all.map(\.code) == ["not-approved"])
  }

  @Test func `an equivalence that is none of Usagi's is a mistake`() throws {
    let text = Self.header + row("A", "APPROVED", 30)
    let (map, list) = try MappingFiles.codes(text.replacing(",EQUAL,", with: ",EQAL,"))
    #expect(map.entries.isEmpty)
    #expect(list.all.map(\.code) == ["unknown-equivalence"])
    #expect(list.all.first?.hint == "did you mean `EQUAL`?")
    for word in MappingEquivalence.allCases {
      let (map, list) = try MappingFiles.codes(
        text.replacing(",EQUAL,", with: ",\(word.rawValue),"))
      #expect(list.isEmpty)
      #expect(map.entries.count == 1)
    }
  }

  @Test(arguments: [
    ("APROVED", "MAPS_TO", "unknown-status", "`APPROVED`"),
    ("APPROVED", "MAPS_TO_VALU", "unknown-mapping-type", "`MAPS_TO_VALUE`"),
  ])
  func `a word that is none of Usagi's is a mistake`(
    status: String, type: String, code: String, hint: String
  ) throws {
    let (map, list) = try MappingFiles.codes(Self.header + row("A", status, 30, type: type))
    #expect(map.entries.isEmpty)
    #expect(list.all.map(\.code) == [code])
    #expect(list.all.first?.hint?.contains(hint) == true)
    #expect(list.hasErrors)
  }

  @Test func `targets that contradict one another are told`() throws {
    let (_, list) = try MappingFiles.codes(
      Self.header + row("A", "APPROVED", 30) + row("A", "APPROVED", 0) + row("B", "APPROVED", 3)
        + row("B", "APPROVED", 3))
    #expect(list.all.map(\.code) == ["contradictory-code", "duplicate-row"])
  }
}
