import Columnar
import Testing

@testable import Vocabulary

@Suite struct LookupTests {
  @Test func `codes are found within their vocabulary only`() throws {
    let index = try SmallVocabulary.index()
    #expect(index.ids("ICD10", ["E11.9", "E11.5", "44054006"]) == [1_567_956, 1_567_900, 0])
    #expect(index.ids("CIM10", ["E11.9", "E11.5"]) == [45_533_017, 0])
    #expect(index.vocabulary(named: "icd10") == nil)
    #expect(index.nearestVocabulary(to: "icd10") == "ICD10")
    #expect(index.vocabularies == ["CIM10", "ICD10", "LOINC", "SNOMED"])
    #expect(index.version == "v5.0 29-FEB-24")
  }

  @Test func `a code is compared whole and as written`() throws {
    let index = try SmallVocabulary.index()
    #expect(index.ids("ICD10", ["E11", "E11.90", "e11.9", " E11.9", ""]) == [0, 0, 0, 0, 0])
  }

  @Test func `a row without code finds nothing`() throws {
    let index = try SmallVocabulary.index()
    let handle = try #require(index.vocabulary(named: "ICD10"))
    let found = index.lookup(
      vocabulary: handle, codes: TextArray(["E11.9", "E11.9"]), validity: [false, true])
    #expect(index.ids(found) == [0, 1_567_956])
    #expect(index.lookup(vocabulary: handle, code: "E11.9") == Int(found[1]))
    #expect(index.lookup(vocabulary: handle, code: "E12") == nil)
  }

  @Test(arguments: [UInt64.max, 0xFFFF, 0xFFFF_FFFF_0000_0000, 0])
  func `codes whose hashes collide are told apart`(mask: UInt64) throws {
    let concepts = (1...300).map { number in
      Concept(
        id: Int64(number), code: "C\(number % 100)", vocabulary: "V\(number / 100)", domain: "D")
    }
    let bytes = try VocabularyIndex.bytes(
      concepts: concepts, mapsTo: [], mapsToValue: [], replacedBy: [], hashMask: mask)
    let index = try VocabularyIndex(bytes: bytes)
    for concept in concepts {
      #expect(index.ids(concept.vocabulary, [concept.code]) == [concept.id])
    }
    #expect(index.ids("V1", ["C100", "C", ""]) == [0, 0, 0])
  }

  @Test(arguments: [UInt64.max, 0xFFF0_0000_0000_0000, 0])
  func `codes of any length are told from those that begin or end alike`(mask: UInt64) throws {
    // Around the lengths up to which a word, and an entry, holds a code.
    let lengths = Array(1...40) + [254, 255, 256, 65_534, 65_535, 65_536, 65_537]
    var codes: [String] = []
    for length in lengths {
      codes.append(String(repeating: "a", count: length))
      codes.append(String(repeating: "a", count: length - 1) + "b")
      codes.append("b" + String(repeating: "a", count: length))
      codes.append(String(repeating: "\u{0}", count: length))
    }
    let known = Set(codes).sorted()
    let concepts = known.enumerated().filter { $0.offset % 3 > 0 }.map {
      Concept(id: Int64($0.offset + 1), code: $0.element, vocabulary: "V", domain: "D")
    }
    let bytes = try VocabularyIndex.bytes(
      concepts: concepts, mapsTo: [], mapsToValue: [], replacedBy: [], hashMask: mask)
    let index = try VocabularyIndex(bytes: bytes)
    #expect(
      index.ids("V", known) == known.indices.map { $0 % 3 > 0 ? Int64($0 + 1) : 0 })
  }

  @Test func `of concepts with one code the valid one wins, then the lowest id`() throws {
    func concept(_ id: Int64, _ code: String, _ invalid: String) -> Concept {
      Concept(id: id, code: code, vocabulary: "V", domain: "D", invalidReason: invalid)
    }
    let index = try VocabularyIndex(concepts: [
      concept(9, "a", ""), concept(5, "a", ""), concept(1, "a", "D"),
      concept(8, "b", "U"), concept(7, "b", "D"), concept(3, "c", ""), concept(2, "c", "U"),
    ])
    #expect(index.ids("V", ["a", "b", "c"]) == [5, 7, 3])
  }

  @Test func `a concept is known with all its columns`() throws {
    let concept = Concept(
      id: 2_000_000_007, code: "É,\"1\"", vocabulary: "HCL", domain: "Meas Value",
      name: "Présence d'œdème", conceptClass: "Local", standard: "C", invalidReason: "D",
      validStart: -1, validEnd: 20_000)
    let index = try VocabularyIndex(concepts: [concept] + SmallVocabulary.concepts)
    #expect(index.concept(id: 2_000_000_007) == concept)
    for concept in SmallVocabulary.concepts {
      #expect(index.concept(id: concept.id) == concept)
      let position = try #require(index.position(ofConcept: concept.id))
      #expect(index.isValid(position) == concept.isValid)
      #expect(index.isStandard(position) == concept.isStandard)
      #expect(index.domainName(index.domain(position)) == concept.domain)
      #expect(index.domains([Int32(position), -1]) == [Int32(index.domain(position)), -1])
    }
    #expect(index.concept(id: 4) == nil)
    #expect(index.concept(id: -1) == nil)
    #expect(index.concept(id: .max) == nil)
    #expect(index.positions(ofConcepts: [-5, 301, .max]).map { $0 >= 0 } == [false, true, false])
  }

  @Test func `an empty vocabulary knows nothing`() throws {
    let index = try VocabularyIndex(concepts: [])
    #expect(index.count == 0)
    #expect(index.version == nil)
    #expect(index.concept(id: 0) == nil)
    #expect(index.vocabularies.isEmpty)
  }

  @Test func `ids outside the CDM's integers and ids given twice are refused`() {
    for id in [-1, Int64(Int32.max) + 1] {
      #expect(throws: VocabularyError.self) {
        try VocabularyIndex(concepts: [
          Concept(id: id, code: "x", vocabulary: "V", domain: "D")
        ])
      }
    }
    #expect(throws: VocabularyError.self) {
      try VocabularyIndex(concepts: SmallVocabulary.concepts + [SmallVocabulary.concepts[3]])
    }
    #expect(throws: VocabularyError.self) {
      try VocabularyIndex(concepts: [], mapsTo: [(1, -2)])
    }
  }
}
