import Columnar
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

/// Suggestions for terms, and how good they are.
struct SuggesterTests {
  @Test func `mistypes, other words and word order: better than a cosine, and scores mean shares`()
    throws
  {
    let world = SuggestionWorld(concepts: 330, sources: 4, seed: 21)
    var suggester = try world.suggester()
    let known = suggester.index.knownTerms(suggester.filter)
    let evaluated = suggester.evaluate(known, workers: 2)
    let report = try #require(evaluated)
    print("generated vocabulary: \(report)")
    #expect(report.terms > 200)
    #expect(report.suggestions.at1 > report.cosine.at1 + 0.15, "\(report)")
    #expect(report.suggestions.at5 > report.cosine.at5 + 0.05, "\(report)")
    #expect(report.suggestions.at1 > report.cosineOfSources.at1, "\(report)")
    #expect(report.calibrationError < 0.08, "\(report)")
    #expect(suggester.model.isCalibrated)

    var alone = try world.suggester()
    alone.learn(known, workers: 1)
    var together = try world.suggester()
    together.learn(known, workers: 3)
    for known in known.prefix(20) {
      let term = SourceTerm(code: "", name: known.term.name + " further")
      let (one, other) = (alone.suggest(term, limit: 5), together.suggest(term, limit: 5))
      #expect(one == other)
    }
  }

  @Test func `fewer than a thousand pairs are not evaluated, and nothing is learnt of them`() throws
  {
    var suggester = try SuggestionWorld(concepts: 20, sources: 4, seed: 3).suggester()
    let known = suggester.index.knownTerms(suggester.filter)
    let report = suggester.evaluate(known, workers: 1)
    #expect(report == nil)
    suggester.learn(known, workers: 1)
    #expect(!suggester.model.isCalibrated)
  }

  @Test func `pairs of equal words and concepts that map to themselves are no pairs`() throws {
    let index = try VocabularyIndex(
      concepts: [
        SmallVocabulary.standard(1, "a", "SNOMED", "Condition", "Fracture of femur"),
        SmallVocabulary.source(2, "b", "ICD10", name: "FRACTURES, femur"),
        SmallVocabulary.source(3, "c", "ICD10", name: "Femur fracture"),
        SmallVocabulary.source(4, "d", "ICD10", name: "of the"),
        SmallVocabulary.deprecated(5, "e"),
      ], mapsTo: [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)])
    let known = index.knownTerms(try ConceptFilter(index))
    #expect(known.map(\.term.name) == ["Femur fracture"])
    #expect(known.first?.concept == index.position(ofConcept: 3))
  }

  private static let small: [Concept] = [
    SmallVocabulary.standard(1, "1", "SNOMED", "Condition", "Myocardial infarction"),
    SmallVocabulary.standard(2, "2", "SNOMED", "Condition", "Hip fracture"),
    SmallVocabulary.standard(3, "3", "LOINC", "Measurement", "Glucose [Mass/volume] in Blood"),
    SmallVocabulary.standard(4, "4", "LOINC", "Measurement", "Glucose [Moles/volume] in Blood"),
    SmallVocabulary.source(10, "I21", "ICD10", name: "Infarctus aigu du myocarde"),
  ]

  private static func suggester(
    approved: [(String, Int64)] = [], code: String = "", domains: [String] = []
  ) throws -> Suggester {
    let index = try VocabularyIndex(concepts: small, mapsTo: [(10, 1)])
    return try Suggester(
      index, try index.textIndex(workers: 1),
      filter: try ConceptFilter(index, domains: domains),
      approved: approved.compactMap { name, id in
        index.position(ofConcept: id).map {
          KnownTerm(term: SourceTerm(code: code, name: name), targets: [$0])
        }
      })
  }

  private static func best(
    _ suggester: Suggester, _ name: String, code: String = "", unit: String? = nil
  ) -> Int64? {
    var suggester = suggester
    return suggester.suggest(SourceTerm(code: code, name: name, unit: unit), limit: 1).first?.id
  }

  @Test func `a name finds its concept, also through one that maps to it`() throws {
    let suggester = try Self.suggester()
    #expect(Self.best(suggester, "fractures of the HIP") == 2)
    #expect(Self.best(suggester, "infarctus du myocarde, aigu") == 1)
    #expect(Self.best(suggester, "quux") == nil)
  }

  @Test func `what the author approved is suggested again for names like it`() throws {
    let name = "FX COL FEMORAL GCHE"
    #expect(Self.best(try Self.suggester(), name) == nil)
    #expect(Self.best(try Self.suggester(approved: [("fx col femoral", 2)]), name) == 2)
  }

  @Test func `a parent code and a unit decide where names do not`() throws {
    let suggester = try Self.suggester()
    #expect(Self.best(suggester, "IDM", code: "I21.98") == 1)
    #expect(Self.best(suggester, "IDM", code: "I2") == nil)
    // A parent that the author has mapped counts as one of the vocabulary does.
    #expect(Self.best(suggester, "zz", code: "S72.01") == nil)
    let taught = try Self.suggester(approved: [("fx col femoral", 2)], code: "S72.0")
    #expect(Self.best(taught, "zz", code: "S72.01") == 2)
    #expect(Self.best(suggester, "glucose", unit: "g/L") == 3)
    #expect(Self.best(suggester, "glucose", unit: "mmol/L") == 4)
  }

  @Test func `a filter bounds what is suggested`() throws {
    let suggester = try Self.suggester(domains: ["Measurement"])
    #expect(Self.best(suggester, "Myocardial infarction") == nil)
    #expect(Self.best(suggester, "Blood glucose") != nil)
  }
}
