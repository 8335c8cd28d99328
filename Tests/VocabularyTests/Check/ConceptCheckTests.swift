import Columnar
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

@Suite struct ConceptCheckTests {
  @Test func `a constant is compared with the vocabulary`() throws {
    let check = ConceptCheck(try CheckVocabulary.index(), parents: CheckVocabulary.parents)
    let place = Position(file: "p.yaml", line: 1, column: 1)
    func said(_ id: Int64, _ domains: Set<String>? = nil) -> String? {
      check.standard(id, at: place, length: 3, domains: domains).map {
        "\($0.severity) \($0.code): \($0.hint ?? "")"
      }
    }
    #expect(said(0) == nil)
    #expect(said(201_820, ["Condition", "Gender"]) == nil)
    #expect(said(42) == "error unknown-concept: ")
    #expect(said(201_820, ["Gender"]) == "error other-domain: the domain must be Gender")
    #expect(said(101) == "error invalid-concept: it maps to 201820 (Diabetes mellitus)")
    #expect(said(104) == "error invalid-concept: it maps to no standard concept")
    #expect(
      said(303)
        == "error non-standard-concept: its nearest standard parent is 201820 (Diabetes mellitus)")
    #expect(said(301)?.hasPrefix("error classification-concept") == true)
    // Without a day validity is told by the invalid_reason alone.
    #expect(said(401) == nil)
    #expect(check.known(104, at: place) == nil)
    #expect(check.known(42, at: place)?.code == "unknown-concept")
  }

  @Test func `the parents of a concept come from the vocabulary that holds them`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.write(
        "CONCEPT.csv", AthenaFiles.conceptColumns, CheckVocabulary.concepts.map(AthenaFiles.row))
      let pairs = [302, 303].flatMap { id in CheckVocabulary.parents(of: id).map { (id, $0) } }
      try files.write(
        "CONCEPT_RELATIONSHIP.csv", AthenaFiles.edgeColumns,
        pairs.map { AthenaFiles.edge($0, "Is a") })
      func hint(_ contents: IndexContents) throws -> String? {
        try VocabularyIndex.build(from: files.path, to: files.index, contents: contents)
        let index = try VocabularyIndex.open(path: files.index)
        return ConceptCheck(index).standard(303, at: nil)?.hint
      }
      #expect(try hint(.all) == "its nearest standard parent is 201820 (Diabetes mellitus)")
      #expect(try hint(.drugs) == "it maps to no standard concept")
    }
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
    #expect(MappingFiles.summary(list) == ["error unreadable-file 1:1"])
  }
}
