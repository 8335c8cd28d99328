import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

/// Mapping files turned into one another.
@Suite struct ConversionTests {
  private static let map =
    "source_code,source_concept_id,source_vocabulary_id,source_code_description,target_concept_id,"
    + "target_vocabulary_id,valid_start_date,valid_end_date,invalid_reason\n"

  private func convert(
    _ text: String, to layout: MappingLayout,
    _ change: (inout MappingConversion.Options) throws -> Void = { _ in }
  ) throws -> (text: String?, diagnostics: DiagnosticList) {
    var options = MappingConversion.Options()
    try change(&options)
    return try withTemporaryFolder { folder in
      let place = folder.appendingPathComponent("map.csv")
      try Data(text.utf8).write(to: place)
      let conversion = MappingConversion(path: place.path, to: layout, options: options)
      return (conversion.bytes.map { String(decoding: $0, as: UTF8.self) }, conversion.diagnostics)
    }
  }

  private func row(
    _ code: String, _ concept: Int64, _ type: MappingType = .concept,
    _ status: MappingStatus = .approved
  ) -> UsagiRow {
    var row = UsagiRow(code: code, status: status, concept: concept)
    row.type = type
    row.name = "the \"name\", of \(code)"
    return row
  }

  @Test func `a source_to_concept_map goes to Usagi and back`() throws {
    let text =
      Self.map + "E11.9,45533017,CIM10,\"Diabète, type 2\",4193704,SNOMED,1970-01-01,2099-12-31,\n"
      + "A\\B,0,CIM10,,0,None,1970-01-01,2099-12-31,\n"
    let usagi = try convert(text, to: .usagi) { $0.vocabulary = try SmallVocabulary.index() }
    #expect(usagi.diagnostics.isEmpty)
    let lines = try #require(usagi.text).split(separator: "\n")
    #expect(
      lines[1]
        == "E11.9,\"Diabète, type 2\",-1,,CIM10,45533017,0.00,APPROVED,UNREVIEWED,,0,4193704,Type 2 diabetes mellitus,Condition,MAPS_TO,,,0,"
    )
    #expect(lines[2].hasPrefix("A\\\\B,"))
    let back = try convert(try #require(usagi.text), to: .sourceToConceptMap) {
      $0.vocabulary = try SmallVocabulary.index()
    }
    #expect(back.diagnostics.isEmpty)
    #expect(back.text == text)
  }

  @Test(arguments: MappingType.allCases.filter { $0 != .concept })
  func `what would be lost is refused where it stands`(type: MappingType) throws {
    let text = UsagiProgram.save([], [row("A", 3_004_410), row("A", 4_181_412, type)])
    let (made, list) = try convert(text, to: .sourceToConceptMap) {
      $0.sourceVocabulary = "OURS"
      $0.vocabulary = try SmallVocabulary.index()
    }
    #expect(made == nil)
    #expect(list.all.map(\.code) == ["lossy-conversion"])
    let found = try #require(list.all.first)
    #expect(
      found.message.contains("the \(type.noun) 4181412 (Present) of the code A would be lost"))
    #expect(found.position?.line == 3)
    #expect(found.length == type.rawValue.count)
    // Usagi's own layout has a place for all of it.
    #expect(try convert(text, to: .usagi).text != nil)
  }

  @Test func `states that do not count are left out and counted`() throws {
    let text = UsagiProgram.save(
      [], [row("A", 1), row("B", 2, .value, .flagged), row("C", 3, .concept, .unchecked)])
    let (made, list) = try convert(text, to: .sourceToConceptMap) { $0.sourceVocabulary = "OURS" }
    #expect(made?.split(separator: "\n").count == 2)
    #expect(
      made?.contains("A,0,OURS,\"the \"\"name\"\", of A\",1,,1970-01-01,2099-12-31,\n") == true)
    #expect(list.all.map(\.code) == ["no-target-vocabulary", "not-approved"])
    #expect(list.all.last?.message.hasPrefix("2 rows") == true)
  }

  @Test func `a value map goes to both`() throws {
    let text = "source;concept_id;comment\nM;8507;male\nX;0;\n"
    let usagi = try convert(text, to: .usagi)
    #expect(usagi.text?.contains(",8507,,,MAPS_TO,male,") == true)
    #expect(usagi.text?.contains(",0,Unmapped,,MAPS_TO,") == true)
    #expect(
      try convert(text, to: .sourceToConceptMap).diagnostics.all.map(\.code)
        == ["no-source-vocabulary"])
    let map = try convert(text, to: .sourceToConceptMap) { $0.sourceVocabulary = "OURS" }
    #expect(
      map.text == Self.map + "M,0,OURS,,8507,,1970-01-01,2099-12-31,\n"
        + "X,0,OURS,,0,None,1970-01-01,2099-12-31,\n")
  }

  @Test func `what has no place in a source_to_concept_map is told`() throws {
    var first = row("A", 4_193_704)
    first.comment = "see the protocol"
    first.equivalence = .wider
    first.frequency = 12
    first.information = [.init(name: "unit", text: "mg")]
    var second = row("B", 77)
    second.frequency = 3
    second.information = [.init(name: "unit", text: "")]
    let text = UsagiProgram.save(["unit"], [first, second])
    let (made, list) = try convert(text, to: .sourceToConceptMap) {
      $0.sourceVocabulary = "OURS"
      $0.vocabulary = try SmallVocabulary.index()
    }
    #expect(made?.contains(",4193704,SNOMED,") == true)
    #expect(list.all.map(\.code) == ["left-out", "no-target-vocabulary"])
    #expect(
      list.all.first?.message.hasSuffix(
        "frequencies (2 rows), ADD_INFO:unit (1 row), equivalences (1 row), comments (1 row)")
        == true)
    #expect(list.all.last?.position?.line == 3)
    #expect(list.all.last?.hint == "the first is 77")
  }

  /// Usagi's own files, with whatever line ends, need no change.
  @Test(arguments: 0..<40)
  func `a file of Usagi in which nothing has to change keeps its bytes`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (names, rows) = UsagiProgram.rows(using: &random)
    var text = UsagiProgram.save(names, rows)
    if Bool.random(using: &random) { text = text.replacing("\n", with: "\r\n") }
    if Bool.random(using: &random) { text.removeLast() }
    #expect(try convert(text, to: .usagi).text == text)
  }

  @Test func `only what Usagi cannot do without is changed`() throws {
    func file(_ cells: String, end: String = "\r\n") -> String {
      ["our own", "conceptId", "sourceName", "sourceCode", "sourceAutoAssignedConceptIds"]
        .joined(separator: ",") + ",mappingStatus,sourceFrequency,conceptName,domainId" + end
        + cells + end
    }
    let index = try SmallVocabulary.index()
    func made(_ text: String) throws -> String? {
      try convert(text, to: .usagi) { $0.vocabulary = index }.text
    }
    let whole = file("\"x\",0,name,A,1;2,APPROVED,3,,")
    #expect(try made(whole) == whole)
    #expect(try made("\u{FEFF}" + whole) == whole)
    #expect(
      try made(file("x,4193704,name,A,,,,,"))
        == file("x,4193704,name,A,,UNCHECKED,-1,Type 2 diabetes mellitus,Condition"))
    // Usagi reads lines: what is none has to be written anew.
    for odd in [file("x,1,name,A,,APPROVED,1,\"a\r\nb\","), whole + "\r\n"] {
      let new = try #require(try made(odd))
      #expect(new.hasPrefix("sourceCode,sourceName,"))
      #expect(new.split(separator: "\r\n").count == 2)
    }
    let semicolons = file("x,0,name,A,,APPROVED,3,,").replacing(",", with: ";")
    #expect(try made(semicolons)?.hasPrefix("sourceCode,") == true)
  }

  @Test func `what is no mapping file is refused`() throws {
    let (made, list) = try convert("a,b\n1,2\n", to: .usagi)
    #expect(made == nil)
    #expect(list.all.map(\.code) == ["unknown-layout"])
    #expect(try convert(Self.map + "A,x,V,,1,V,,,\n", to: .usagi).text == nil)
  }
}
