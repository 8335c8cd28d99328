import Foundation
import TestSupport
import Testing

@testable import Vocabulary

/// What relations between codes add to suggestions, and what an index keeps of what was learnt.
struct RelationTests {
  private static func suggester(
    _ path: String, model: SuggestionModel = SuggestionModel()
  ) throws -> Suggester {
    let index = try VocabularyIndex.open(path: path)
    return try Suggester(
      index, try index.textIndex(workers: 2), filter: try ConceptFilter(index), model: model)
  }

  private func withWorld<Result>(
    drugs: Int, components: Int, _ body: (RelationWorld, AthenaFiles) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      let world = RelationWorld(drugs: drugs, components: components, seed: 4)
      try world.write(files)
      return try body(world, files)
    }
  }

  @Test func `classes, specimens, units and methods find what names do not`() throws {
    try withWorld(drugs: 270, components: 130) { world, files in
      try VocabularyIndex.build(from: files.path, to: files.index, contents: .all)
      var suggester = try Self.suggester(files.index)
      let evaluated = suggester.evaluate(world.known(suggester.index), workers: 2)
      let report = try #require(evaluated)
      print("generated relations: \(report)")
      let names = try #require(report.names)
      #expect(report.terms > 150)
      #expect(report.suggestions.at1 > names.at1 + 0.2, "\(report)")
      #expect(report.suggestions.at5 > names.at5 + 0.1, "\(report)")
      #expect(report.suggestions.at1 > report.cosineOfSources.at1 + 0.2, "\(report)")
      #expect(report.calibrationError < 0.1, "\(report)")

      // The same terms with all they state, by an index that does not hold the relationships.
      let bare = files.folder.appendingPathComponent("bare.index").path
      try VocabularyIndex.build(
        from: files.path, to: bare, contents: [.drugs, .synonyms, .text])
      var without = try Self.suggester(bare)
      let less = without.evaluate(world.known(without.index), workers: 2)
      let second = try #require(less)
      print("generated relations, index without them: \(second)")
      #expect(report.suggestions.at1 > second.suggestions.at1 + 0.1, "\(second)")
      #expect(report.suggestions.at5 > second.suggestions.at5 + 0.1, "\(second)")
    }
  }

  @Test func `the index keeps what was learnt when it was built, the same whatever built it`()
    throws
  {
    try withWorld(drugs: 240, components: 110) { world, files in
      try VocabularyIndex.build(
        from: files.path, to: files.index, contents: .all, workers: 3, blockByteCount: 5_000)
      let first = try Data(contentsOf: files.folder.appendingPathComponent("vocabulary.index"))
      try VocabularyIndex.build(from: files.path, to: files.index, contents: .all, workers: 1)
      let second = try Data(contentsOf: files.folder.appendingPathComponent("vocabulary.index"))
      #expect(second[IndexHeader.byteCount...] == first[IndexHeader.byteCount...])

      let index = try VocabularyIndex.open(path: files.index)
      let kept = try #require(try index.suggestionModel())
      #expect(kept.isCalibrated)
      var learnt = try Self.suggester(files.index)
      learnt.learn(index.knownTerms(learnt.filter), workers: 2)
      #expect(kept == learnt.model)
      var opened = try Self.suggester(files.index, model: kept)
      let report = opened.evaluate(index.knownTerms(opened.filter), .built, workers: 2)
      #expect(report != nil)
      let pairs = world.known(index).map { KnownTerm(term: $0.term, targets: $0.targets) }
      let foreign = opened.evaluate(
        Array(pairs.prefix(120)), .foreign, workers: 2, least: 120)
      #expect(foreign?.terms == 120)
      #expect(foreign?.learnt == 0 && foreign?.names != nil)
      let few = opened.evaluate(Array(pairs.prefix(999)), .foreign, workers: 2)
      #expect(few == nil)
      #expect(opened.model == kept)

      try VocabularyIndex.build(from: files.path, to: files.index, contents: .drugs)
      #expect(try VocabularyIndex.open(path: files.index).suggestionModel() == nil)
    }
  }

  @Test func `a model that is damaged is refused`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try RelationWorld(drugs: 3, components: 2, seed: 1).write(files)
      try VocabularyIndex.build(from: files.path, to: files.index, contents: .all)
      let index = try VocabularyIndex.open(path: files.index)
      let model = try #require(try index.suggestionModel())
      #expect(!model.isCalibrated, "a few concepts teach nothing")
      let place = index.header.parts[IndexSection.suggestionModel.rawValue]
      #expect(place.byteCount > 0)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: files.index))
      bytes[place.offset] ^= 0xFF
      try bytes.write(to: URL(fileURLWithPath: files.index))
      #expect { try VocabularyIndex.open(path: files.index) } throws: {
        ($0 as? VocabularyError)?.code == "damaged-index"
      }
      let opened = try VocabularyIndex.open(path: files.index, isChecked: false)
      #expect { try opened.suggestionModel() } throws: {
        ($0 as? VocabularyError)?.code == "damaged-index"
      }
    }
  }

  @Test(arguments: [
    ("n02be01", true, "N02BE01"), ("N02", true, "N02"), ("N", true, "N"), ("N02 BE", true, "N02BE"),
    ("N02BE01", false, "N02BE01"), ("N02BE", false, "N02BE"), ("A01", false, nil),
    ("A01", true, "A01"), ("E11.9", true, nil), ("N02B0", true, nil), ("N02BE0", true, nil),
    ("", true, nil),
  ])
  func `a code is one of ATC by its form`(text: String, isStated: Bool, code: String?) {
    #expect(text.atcCode(isStated: isStated) == code)
  }

  @Test func `a drug fits a class by the levels that it shares with it`() throws {
    try withWorld(drugs: 12, components: 1) { world, files in
      try VocabularyIndex.build(from: files.path, to: files.index, contents: .all)
      let index = try VocabularyIndex.open(path: files.index)
      let relations = CodeRelations(index)
      let (_, _, drug) = try #require(world.terms.first)
      let position = try #require(index.position(ofConcept: drug))
      func fit(_ code: String) -> Double? {
        DrugClass(SourceTerm(code: code, name: ""), index, relations)?
          .fit(position, index, relations)
      }
      #expect(fit("A01AA01") == 1)
      #expect(abs((fit("A01AA02") ?? 0) - 0.6) < 1e-9)
      #expect(fit("A01AA99") == 1, "an unknown code counts by the classes above it")
      #expect(fit("B01AB01") == -1)
      #expect(fit("X99XX99") == nil)
      let atc = try #require(relations.atc)
      let narrowest = try #require(index.lookup(vocabulary: atc, code: "A01AA01"))
      let ingredient = index.edges(at: narrowest)
        .first { $0.relationship == "ATC - RxNorm pr lat" }
      let other = try #require(ingredient?.target)
      let own = try #require(
        DrugClass(SourceTerm(code: "A01AA01", name: ""), index, relations))
      #expect(own.fit(other, index, relations) == 0, "no class is an ancestor of it here")
      #expect(DrugClass(SourceTerm(code: "", name: "x"), index, relations) == nil)
    }
  }

  @Test func `the parts of a test agree with what a term states, or contradict it`() throws {
    try withWorld(drugs: 1, components: 3) { world, files in
      try VocabularyIndex.build(from: files.path, to: files.index, contents: .all)
      let suggester = try Self.suggester(files.index)
      let index = suggester.index
      func fit(_ test: Int, _ term: SourceTerm) -> PartFit? {
        var parts = TestParts(
          index, suggester.relations, term, name: suggester.query(term.name),
          specimen: term.specimen.map(suggester.query), method: term.method.map(suggester.query),
          suggester.measure)
        return parts.fit(test)
      }
      for (_, _, target) in world.terms where index.concept(id: target)?.vocabulary == "LOINC" {
        let test = try #require(index.position(ofConcept: target))
        let name = index.name(test)
        let component = String(name.prefix { $0 != " " })
        let one = try #require(
          fit(
            test, SourceTerm(code: "", name: component, unit: "mg/L", specimen: "Bld")))
        #expect(one.component == 1)
        #expect(name.hasSuffix("Urine") ? one.system == 0 : true)
        #expect((one.system == 1) == name.contains("in Blood"))
        #expect(one.scale == (name.contains("Presence") ? -1 : 1))
        let alone = try #require(fit(test, SourceTerm(code: "", name: "quux")))
        #expect(alone.component == 0 && alone.scale == 0 && alone.property == 0)
        #expect(alone.further == (name.contains("Immunoassay") ? -0.5 : 0))
        let said = try #require(
          fit(test, SourceTerm(code: "", name: "quux", method: "Immunoassay")))
        #expect(said.further == (name.contains("Immunoassay") ? 1 : -0.25))
      }
      let drug = try #require(world.terms.first?.target)
      let position = try #require(index.position(ofConcept: drug))
      #expect(fit(position, SourceTerm(code: "", name: "x")) == nil)
    }
  }
}
