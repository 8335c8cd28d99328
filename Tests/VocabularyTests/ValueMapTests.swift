import Columnar
import Diagnostics
import Testing

@testable import Vocabulary

@Suite struct ValueMapTests {
  @Test(arguments: ["source,concept_id", "source_code,target_concept_id", "SOURCE,Concept_ID"])
  func `a value has one concept`(head: String) throws {
    let (map, list) = try MappingFiles.values(head + "\nM,8507\nF,8532\n\"\"\"?\",0\n")
    #expect(list.isEmpty)
    #expect(map.concept("F") == 8532)
    #expect(map.concept("\"?") == 0)
    #expect(map.concept("X") == nil)
    #expect(map.lookup(TextArray(["F", "x", "M"])) == [1, -1, 0])
    #expect(map.lookup(TextArray(["F", "x", "M"]), validity: [false, true, true]) == [-1, -1, 0])
    #expect(map.entries.map(\.concept) == [8507, 8532, 0])
    #expect(map.entries[1].position.line == 3)
  }

  @Test func `a value with two concepts is a contradiction, given twice a warning`() throws {
    let (map, list) = try MappingFiles.values("source;concept_id\nM;1\nF;2\nM;3\nF;2\n;4\n")
    #expect(
      MappingFiles.summary(list) == [
        "error contradictory-code 4:1", "warning duplicate-row 5:1", "error empty-code 6:1",
      ])
    #expect(map.concept("M") == 1)
    #expect(list.sorted[0].hint == "its first row is on line 2")
  }

  @Test func `blanks belong to a value and not to an id`() throws {
    let (map, list) = try MappingFiles.values("source,concept_id\n M , 7 \n")
    #expect(list.isEmpty)
    #expect(map.concept(" M ") == 7)
    #expect(map.concept("M") == nil)
  }
}
