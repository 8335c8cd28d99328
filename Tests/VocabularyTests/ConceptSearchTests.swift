import Testing

@testable import Vocabulary

/// Searching for concepts by words and codes.
struct ConceptSearchTests {
  private static let concepts: [Concept] = [
    SmallVocabulary.standard(10, "44054006", "SNOMED", "Condition", "Type 2 diabetes mellitus"),
    SmallVocabulary.standard(11, "73211009", "SNOMED", "Condition", "Diabetes mellitus"),
    SmallVocabulary.standard(12, "46635009", "SNOMED", "Condition", "Type 1 diabetes mellitus"),
    SmallVocabulary.standard(13, "723", "RxNorm", "Drug", "amoxicillin"),
    SmallVocabulary.standard(14, "308192", "RxNorm", "Drug", "amoxicillin 500 MG Oral Tablet"),
    SmallVocabulary.standard(15, "308189", "RxNorm", "Drug", "amoxicillin 250 MG Oral Tablet"),
    SmallVocabulary.source(20, "E11", "ICD10", name: "Type 2 diabetes mellitus"),
    SmallVocabulary.source(21, "E11.9", "ICD10", name: "Diabète de type 2 sans complication"),
    Concept(
      id: 9, code: "old", vocabulary: "SNOMED", domain: "Condition",
      name: "Type 2 diabetes mellitus", standard: "", invalidReason: "D"),
  ]

  private static func find(
    _ text: String, vocabularies: [String] = [], domains: [String] = [], standard: Bool = false,
    limit: Int = 20
  ) throws -> [SearchHit] {
    let index = try VocabularyIndex(concepts: concepts)
    var search = ConceptSearch(index, try index.textIndex(workers: 2))
    let filter = try ConceptFilter(
      index, vocabularies: vocabularies, domains: domains, isStandardOnly: standard)
    return search.find(text, filter, limit: limit)
  }

  @Test func `the same words come first: standard, then valid, then invalid concepts`() throws {
    let hits = try Self.find("type 2 diabetes mellitus")
    #expect(hits.map(\.id).prefix(3) == [10, 20, 9])
    #expect(hits[0].score == 1)
    #expect(hits.contains { $0.id == 12 } && hits.allSatisfy { $0.domain != "Drug" })
  }

  @Test(arguments: [
    ("diabetse melitus", 11), ("AMOXICILINE", 13), ("amoxicillin 250mg", 15), ("amoxi", 13),
    ("diabete type 2, sans complications", 21), ("mellitus diabetes", 11),
    ("Amoxicilline 500 mg, tablet", 14),
  ])
  func `mistakes, accents, order and beginnings do not hide a concept`(text: String, id: Int64)
    throws
  {
    #expect(try Self.find(text).first?.id == id)
  }

  @Test func `a code is found as it is written and in capitals`() throws {
    #expect(try Self.find("E11.9").map(\.id).first == 21)
    #expect(try Self.find("e11").map(\.id).first == 20)
    #expect(try Self.find("E11.9").first?.found == .code)
    #expect(try Self.find("E11.9", vocabularies: ["SNOMED"]).isEmpty)
  }

  @Test func `filters leave out what is not wanted`() throws {
    #expect(try Self.find("diabetes", standard: true).map(\.id) == [11, 10, 12])
    #expect(try Self.find("diabetes", vocabularies: ["icd10"]).map(\.id).sorted() == [20, 21])
    #expect(try Self.find("diabetes", domains: ["Drug"]).isEmpty)
    #expect(try Self.find("diabetes", limit: 1).count == 1)
    #expect(try Self.find("of the").isEmpty && Self.find("quux").isEmpty)
  }

  @Test func `a filter that the index does not know is told with what may be meant`() throws {
    let index = try VocabularyIndex(concepts: Self.concepts)
    #expect(
      throws: ConceptFilter.UnknownName(kind: "vocabulary", name: "SNOMD", nearest: "SNOMED")
    ) { try ConceptFilter(index, vocabularies: ["SNOMD"]) }
  }
}
