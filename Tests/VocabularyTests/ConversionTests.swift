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
    #expect(list.all.map(\.code) == ["not-approved"])
    #expect(list.all.first?.message.hasPrefix("2 rows") == true)
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

  @Test func `what is no mapping file is refused`() throws {
    let (made, list) = try convert("a,b\n1,2\n", to: .usagi)
    #expect(made == nil)
    #expect(list.all.map(\.code) == ["unknown-layout"])
    #expect(try convert(Self.map + "A,x,V,,1,V,,,\n", to: .usagi).text == nil)
  }
}
