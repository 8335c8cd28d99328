import Columnar
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

@Suite struct ConceptCheckTests {
  @Test func `concepts of a file are compared with the vocabulary`() throws {
    let index = try SmallVocabulary.index()
    let (map, list) = try MappingFiles.codes(
      """
      source_code,source_concept_id,target_concept_id
      good,1567956,4193704
      reviewed,0,0
      unknown,0,42
      source,42,1567900
      deprecated,0,101
      measurement,0,3004410
      deadend,0,104
      """)
    #expect(list.isEmpty)
    #expect(
      MappingFiles.summary(map.check(against: index)) == [
        "error unknown-concept 4:11", "error unknown-concept 5:8",
        "error non-standard-concept 5:11", "warning invalid-concept 6:14",
        "error invalid-concept 8:11",
      ])
    let inDomain = map.check(against: index, domains: ["Condition"])
    #expect(MappingFiles.summary(inDomain).dropLast().last == "error other-domain 7:15")
    let hints = inDomain.sorted.compactMap(\.hint)
    #expect(
      hints == [
        "it maps to 443238 (Diabetic complication), 4193704 (Type 2 diabetes mellitus)",
        "it maps to 201820 (Diabetes mellitus)", "the domain must be Condition",
        "it maps to no standard concept",
      ])
  }

  @Test func `values are compared in the same way`() throws {
    let index = try SmallVocabulary.index()
    let (map, _) = try MappingFiles.values("source,concept_id\na,4193704\nb,301\nc,0\nd,7\n")
    let list = map.check(against: index, domains: ["Condition", "Gender"])
    #expect(
      MappingFiles.summary(list) == ["error non-standard-concept 3:3", "error unknown-concept 5:3"])
    #expect(list.sorted[0].hint == "it maps to no standard concept")
    #expect(list.sorted[0].length == 3)
    #expect(
      MappingFiles.summary(map.check(against: index, domains: ["Gender"])).first
        == "error other-domain 2:3")
  }

  @Test func `a catalogue knows its files and reads each once`() throws {
    try withTemporaryFolder { folder in
      func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      try write("hcl_lab.csv", "source_code,target_concept_id,valid_end_date\nNA,1,19700102\n")
      try write("hcl_sex.csv", "source,concept_id\nM,8507\nM,8507\n")
      try write("README.md", "nothing")
      let catalog = try MappingCatalog(folder: folder.path, asOf: 5)
      #expect(catalog.names == ["hcl_lab", "hcl_sex"])
      #expect(catalog.nearest(to: "hcl_labs") == "hcl_lab")
      #expect(catalog.sourceToConceptMap("none") == nil)
      #expect(catalog.valueMap("README") == nil)
      #expect(catalog.sourceToConceptMap("hcl_lab")?.value.entries.isEmpty == true)
      try write("old.csv", "source,concept_id,valid_end_date\nM,8507,19700102\nF,8532,\n")
      #expect(
        try MappingCatalog(folder: folder.path, asOf: 5).valueMap("old")?.value.entries.count == 1)
      let map = try #require(catalog.valueMap("hcl_sex"))
      #expect(map.value.concept("M") == 8507)
      #expect(map.diagnostics.all.count == 1)
      try FileManager.default.removeItem(at: folder.appendingPathComponent("hcl_sex.csv"))
      #expect(catalog.valueMap("hcl_sex")?.value.concept("M") == 8507)
      #expect(throws: FileError.self) { try MappingCatalog(folder: folder.path + "/none") }
    }
  }

  @Test func `a file that cannot be read is a diagnostic`() throws {
    let (map, list) = SourceToConceptMap.load(path: "/nowhere/map.csv")
    #expect(map.entries.isEmpty)
    #expect(MappingFiles.summary(list) == ["error unreadable-file"])
  }
}
