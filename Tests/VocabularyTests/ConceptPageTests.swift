import Testing

@testable import Vocabulary

/// What an index says of itself and of one concept.
@Suite struct ConceptPageTests {
  private func page(_ name: String) throws -> ConceptPage {
    let index = try SmallVocabulary.index()
    return index.page(at: try #require(index.position(named: name)))
  }

  @Test func `a concept is named by its id or by its vocabulary and code`() throws {
    let index = try SmallVocabulary.index()
    let position = try #require(index.position(named: "4193704"))
    #expect(index.id(position) == 4_193_704)
    #expect(index.position(named: "SNOMED:44054006") == position)
    #expect(index.position(named: "snomed:44054006") == position)
    for other in ["4193705", "SNOMED:4405400", "SNO:44054006", "44054006x", "ICD10", ":", ""] {
      #expect(index.position(named: other) == nil, "\(other)")
    }
  }

  @Test func `a code may hold colons`() throws {
    let index = try VocabularyIndex(
      concepts: [Concept(id: 5, code: "a:b:c", vocabulary: "V", domain: "D")])
    #expect(index.position(named: "V:a:b:c") == 0)
  }

  @Test func `a page holds the edges of a concept and where its rows end`() throws {
    let source = try page("ICD10:HBA1C+")
    #expect(source.concept.vocabulary == "ICD10")
    #expect(!source.concept.isStandard && source.concept.isValid)
    #expect(source.mapsTo.map(\.id) == [3_004_410])
    #expect(source.mapsTo.first?.name == "Hemoglobin A1c")
    #expect(source.mapsToValue.map(\.id) == [4_181_412])
    #expect(source.targets.map(\.id) == [3_004_410])
    let deprecated = try page("102")
    #expect(deprecated.invalidReason == "U")
    #expect(deprecated.mapsTo.isEmpty)
    #expect(deprecated.replacedBy.map(\.id) == [103])
    #expect(deprecated.targets.map(\.id) == [443_238])
    #expect(try page("ICD10:to-end").targets.isEmpty)
  }

  @Test func `a drug's page has its ingredients and strengths`() throws {
    func drug(_ id: Int64, _ name: String, _ conceptClass: String) -> Concept {
      Concept(
        id: id, code: "\(id)", vocabulary: "RxNorm", domain: "Drug", name: name,
        conceptClass: conceptClass, standard: "S")
    }
    let unit = Concept(id: 9, code: "mg", vocabulary: "UCUM", domain: "Unit", name: "milligram")
    let index = try VocabularyIndex(
      concepts: [drug(1, "acid 100 MG", "Clinical Drug"), drug(2, "acid", "Ingredient"), unit],
      ancestors: [(1, 2), (2, 2)],
      strengths: [ConceptStrength(drug: 1, ingredient: 2, amount: 100, amountUnit: 9)])
    let page = index.page(at: try #require(index.position(named: "1")))
    #expect(page.ingredients.map(\.name) == ["acid"])
    #expect(page.strengths.count == 1)
    #expect(page.strengths.first?.ingredient.id == 2)
    #expect(page.strengths.first?.amount == 100)
    #expect(page.strengths.first?.amountUnit == "milligram")
    #expect(page.strengths.first?.denominatorUnit == nil)
  }

  @Test func `the summary counts concepts by vocabulary`() throws {
    let index = try SmallVocabulary.index()
    let summary = index.summary()
    #expect(summary.release == "v5.0 29-FEB-24")
    #expect(summary.concepts == SmallVocabulary.concepts.count)
    #expect(summary.contentHash.count == 16)
    #expect(summary.vocabularies.map(\.vocabulary) == index.vocabularies)
    #expect(summary.vocabularies.reduce(0) { $0 + $1.concepts } == index.count)
    let snomed = try #require(summary.vocabularies.first { $0.vocabulary == "SNOMED" })
    let own = SmallVocabulary.concepts.filter { $0.vocabulary == "SNOMED" }
    #expect(snomed.concepts == own.count)
    #expect(snomed.standard == own.count(where: \.isStandard))
    #expect(snomed.valid == own.count(where: \.isValid))
    #expect(
      snomed.mapped == own.count { !index.standardTargets(ofConcept: $0.id).isEmpty })
    #expect(snomed.mapped < snomed.concepts)
  }
}
