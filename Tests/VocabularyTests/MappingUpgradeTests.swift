import Diagnostics
import Testing

@testable import Vocabulary

/// Mapping files brought up to a new release.
struct MappingUpgradeTests {
  private func upgrade(_ text: String) throws -> MappingUpgrade {
    let (file, diagnostics) = try MappingFiles.file(Array(text.utf8))
    #expect(diagnostics.isEmpty)
    return MappingUpgrade(file, try TwoReleases.comparison())
  }

  private func text(_ upgrade: MappingUpgrade) -> String {
    String(decoding: upgrade.file.bytes, as: UTF8.self)
  }

  @Test func `only the cells of a replaced target change`() throws {
    let before =
      "\u{FEFF}source_code,\"note\",target_concept_id,target_vocabulary_id,target_domain_id,"
      + "target_concept_name,invalid_reason\r\n"
      + "A,\"x, y\",4,SNOMED,Condition,\"four\",\r\nB,,1,SNOMED,Condition,one,\r\n\r\n"
      + "C,,4,,,,\r\nD,,4,SNOMED,Condition,four,D\r\nE,,0,,,,"
    let found = try upgrade(before)
    #expect(
      text(found)
        == before.replacing(
          "A,\"x, y\",4,SNOMED,Condition,\"four\"", with: "A,\"x, y\",9,SNOMED,Condition,\"nine\""
        )
        .replacing("C,,4,", with: "C,,9,"))
    #expect(found.changes.map(\.code) == ["A", "C"])
    #expect(found.changes.map(\.after.id) == [9, 9])
    #expect(found.changes.map(\.position.line) == [2, 5])
    #expect(found.decisions.isEmpty)
  }

  @Test func `what leaves a choice is told with its place, and not touched`() throws {
    let before =
      "source_code,target_concept_id\nsplit,5\ngone,6\nmoved,7\ndropped,10\nforeign,77\ntwice,4\ntwice,9\n"
    let found = try upgrade(before)
    #expect(text(found) == before)
    #expect(found.changes.isEmpty)
    #expect(
      MappingFiles.summary(found.decisions) == [
        "error several-replacements 2:7", "error no-replacement 3:6", "error other-domain 4:7",
        "error no-replacement 5:9", "error duplicate-target 7:7",
      ])
  }

  @Test func `rows of Usagi keep their review, and one that does not count asks for nothing`()
    throws
  {
    let head =
      "sourceCode,sourceName,mappingStatus,equivalence,conceptId,conceptName,domainId,mappingType,"
      + "comment\n"
    let found = try upgrade(
      head + "A,a,APPROVED,EQUAL,4,four,Condition,MAPS_TO,\"say \\\\ no\"\n"
        + "B,b,UNCHECKED,EQUAL,6,six,Condition,MAPS_TO,\nC,c,APPROVED,EQUAL,6,six,Condition,MAPS_TO,\n"
    )
    #expect(
      text(found)
        == head + "A,a,APPROVED,EQUAL,9,nine,Condition,MAPS_TO,\"say \\\\ no\"\n"
        + "B,b,UNCHECKED,EQUAL,6,six,Condition,MAPS_TO,\nC,c,APPROVED,EQUAL,6,six,Condition,MAPS_TO,\n"
    )
    #expect(
      MappingFiles.summary(found.decisions)
        == ["warning no-replacement 3:21", "error no-replacement 4:20"])
  }

  @Test func `a file of values is brought up too`() throws {
    let found = try upgrade("source,source_name,concept_id,concept_name\nx,,4,four\ny,,1,one\n")
    #expect(text(found) == "source,source_name,concept_id,concept_name\nx,,9,nine\ny,,1,one\n")
  }
}
