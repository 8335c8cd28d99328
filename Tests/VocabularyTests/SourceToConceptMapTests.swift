import Columnar
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

@Suite struct SourceToConceptMapTests {
  @Test func `rows of one code are one-to-many, in ascending order`() throws {
    let (map, list) = try MappingFiles.codes(
      """
      source_code,source_concept_id,source_vocabulary_id,target_concept_id,comment
      A,12,V,30,x
      B,0,V,5,
      A,12,V,20,"y, z"
      C,,V,0,reviewed
      """)
    #expect(list.isEmpty)
    #expect(map.entries.map(\.code) == ["A", "B", "C"])
    #expect(map.entry("A")?.sourceConcept == 12)
    #expect(map.entry("A")?.targetConcepts == [20, 30])
    #expect(map.entry("C")?.sourceConcept == 0)
    #expect(map.entry("C")?.targetConcepts == [0])
    #expect(map.entry("a") == nil)
    let codes = TextArray(["C", "A", "nothing", "", "B"])
    #expect(map.lookup(codes) == [2, 0, -1, -1, 1])
    #expect(map.lookup(codes, validity: [true, false, true, true, true]) == [2, -1, -1, -1, 1])
  }

  @Test func `a semicolon, other letter case and any order of columns are understood`() throws {
    let (map, list) = try MappingFiles.codes(
      "\u{FEFF}Target_Concept_ID;SOURCE_CODE;source_code_description\r\n"
        + "30;\"a;\"\"b\"\"\";été, \"x\"\r\n\r\n 31 ;c;\r\n")
    #expect(list.isEmpty)
    #expect(map.entry("a;\"b\"")?.targetConcepts == [30])
    #expect(map.entry("c")?.targetConcepts == [31])
  }

  @Test func `invalid rows and rows outside their dates are not used`() throws {
    let text = """
      source_code,target_concept_id,valid_start_date,valid_end_date,invalid_reason
      A,1,1970-01-01,2099-12-31,D
      B,2,19700111,19700121,
      C,3,,,
      """
    func used(_ asOf: Int32?) throws -> [String] {
      try MappingFiles.codes(text, asOf: asOf).value.entries.map(\.code)
    }
    #expect(try used(nil) == ["B", "C"])
    #expect(try used(9) == ["C"])
    #expect(try used(10) == ["B", "C"])
    #expect(try used(20) == ["B", "C"])
    #expect(try used(21) == ["C"])
  }

  @Test func `a cell of several lines that is not UTF-8 is told where it begins`() throws {
    let bytes =
      Array("source_code,target_concept_id\nA,1\nB,\"x\n".utf8) + [0xFF, 0x0A, 0x22, 0x0A]
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("map.csv")
      try Data(bytes).write(to: file)
      let (map, list) = SourceToConceptMap.load(path: file.path)
      #expect(map.entries.map(\.code) == ["A"])
      #expect(list.all.map(\.code) == ["bad-encoding"])
      #expect(list.all.first?.position == Position(file: file.path, line: 3, column: 3))
    }
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var text: String
    var expected: [String]
    var testDescription: String { expected.joined(separator: ", ") }
  }

  static let head = "source_code,source_concept_id,source_vocabulary_id,target_concept_id\n"

  @Test(arguments: [
    Wrong(text: "", expected: ["error empty-file 1:1"]),
    Wrong(
      text: "source_code,target_concept\nA,1\n",
      expected: ["error missing-column 1:1", "warning unknown-column 1:13"]),
    Wrong(
      text: "source_code,source_code,target_concept_id\nA,B,1\n",
      expected: ["error duplicate-column 1:13"]),
    Wrong(text: head + "A,0,V,1x\n", expected: ["error bad-concept-id 2:7"]),
    Wrong(text: head + "A,0,V,\n", expected: ["error bad-concept-id 2:7"]),
    Wrong(text: head + "é€,0,V,-1\n", expected: ["error bad-concept-id 2:8"]),
    Wrong(text: head + "A,0,V,2147483648\n", expected: ["error bad-concept-id 2:7"]),
    Wrong(text: head + "A,b,V,1\n", expected: ["error bad-concept-id 2:3"]),
    Wrong(text: head + ",0,V,1\n", expected: ["error empty-code 2:1"]),
    Wrong(text: head + "A,0,V,1\nA,0,V,1\n", expected: ["warning duplicate-row 3:1"]),
    Wrong(text: head + "A,0,V,1\nA,2,V,3\n", expected: ["error contradictory-code 3:1"]),
    Wrong(text: head + "A,0,V,1\nA,0,W,3\n", expected: ["error contradictory-code 3:1"]),
    Wrong(text: head + "A,0,V,1\nA,0,V,0\n", expected: ["error contradictory-code 3:1"]),
    Wrong(text: head + "A,0,V\n", expected: ["error ragged-row 2:1"]),
    Wrong(
      text: head + "A,0,\"V\" x,1\nB,0,V,y\n",
      expected: ["error text-after-quote 2:8", "error bad-concept-id 3:7"]),
    Wrong(text: head + "A,0,\"V,1\nB,0,V,y\n", expected: ["error unclosed-quote 2:5"]),
    Wrong(
      text: "source_code,target_concept_id,valid_start_date\nA,1,1970-02-30\n",
      expected: ["error bad-date 2:5"]),
  ])
  func `a mistake is told at its place`(wrong: Wrong) throws {
    let (_, list) = try MappingFiles.codes(wrong.text)
    #expect(MappingFiles.summary(list) == wrong.expected)
  }

  @Test func `text that is not UTF-8 is told at its place`() throws {
    try withTemporaryFolder { folder in
      let place = folder.appendingPathComponent("map.csv")
      try (Data("source,concept_id\na,1\n".utf8) + Data([0x65, 0xE9]) + Data(",2\n".utf8))
        .write(to: place)
      let (map, list) = ValueMapFile.load(path: place.path)
      #expect(MappingFiles.summary(list) == ["error bad-encoding 3:1"])
      #expect(map.entries.map(\.source) == ["a"])
    }
  }

  @Test func `all mistakes are told at once, and the other rows are kept`() throws {
    let (map, list) = try MappingFiles.codes(
      SourceToConceptMapTests.head + "A,0,V,x\nB,0,V,7\n,0,V,1\nC,0,V,8\n")
    #expect(
      MappingFiles.summary(list) == ["error bad-concept-id 2:7", "error empty-code 4:1"])
    #expect(map.entries.map(\.code) == ["B", "C"])
  }

  @Test func `a missing or wrong column names the one that is near`() throws {
    let (_, list) = try MappingFiles.codes("source_code,target_concept_ids,sourc_concept_id\n")
    let hints = list.all.compactMap(\.hint)
    #expect(hints.contains("rename the column target_concept_ids"))
    #expect(hints.contains("did you mean source_concept_id?"))
  }
}
