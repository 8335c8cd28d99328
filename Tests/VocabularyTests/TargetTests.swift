import Columnar
import Testing
import Vocabulary

@Suite struct TargetTests {
  @Test func `one code may have several targets, in ascending order`() throws {
    let index = try SmallVocabulary.index()
    #expect(index.standardTargets(ofConcept: 1_567_900) == [443_238, 4_193_704])
    #expect(index.standardTargets(ofConcept: 1_567_956) == [4_193_704])
  }

  @Test func `a standard concept is its own target, with or without an edge`() throws {
    let index = try SmallVocabulary.index()
    #expect(index.standardTargets(ofConcept: 4_193_704) == [4_193_704])
    #expect(index.standardTargets(ofConcept: 443_238) == [443_238])
  }

  @Test func `a deprecated target follows its own edge, else the chain of replacements`() throws {
    let index = try SmallVocabulary.index()
    #expect(index.standardTargets(ofConcept: 201) == [201_820])
    #expect(index.standardTargets(ofConcept: 202) == [443_238])
    #expect(index.standardTargets(ofConcept: 102) == [443_238])
  }

  @Test func `what ends in a circle, in nothing or on a non-standard concept has no target`() throws
  {
    let index = try SmallVocabulary.index()
    for id: Int64 in [203, 104, 204, 205, 301, 777] {
      #expect(index.standardTargets(ofConcept: id) == [])
    }
  }

  @Test func `a replacement that is a source concept counts with its own edges`() throws {
    let concepts = [
      SmallVocabulary.standard(1, "s", "SNOMED", "Condition", "s"),
      SmallVocabulary.source(2, "new", "ICD10"), SmallVocabulary.deprecated(3, "old"),
    ]
    let index = try VocabularyIndex(concepts: concepts, mapsTo: [(2, 1)], replacedBy: [(3, 2)])
    #expect(index.standardTargets(ofConcept: 3) == [1])
  }

  @Test func `an edge of a deprecated concept to itself does not hide its replacement`() throws {
    let concepts = [
      SmallVocabulary.standard(1, "s", "SNOMED", "Condition", "s"),
      SmallVocabulary.deprecated(3, "old"),
    ]
    let index = try VocabularyIndex(concepts: concepts, mapsTo: [(3, 3)], replacedBy: [(3, 1)])
    #expect(index.standardTargets(ofConcept: 3) == [1])
  }

  @Test func `values follow the same rules`() throws {
    let index = try SmallVocabulary.index()
    #expect(index.standardTargets(ofConcept: 206) == [3_004_410])
    #expect(index.valueTargets(ofConcept: 206) == [4_181_412])
    #expect(index.valueTargets(ofConcept: 204) == [443_238])
    #expect(index.valueTargets(ofConcept: 205) == [])
    #expect(index.valueTargets(ofConcept: 201_820) == [])
  }

  @Test func `a batch has the targets of each row`() throws {
    let index = try SmallVocabulary.index()
    let rows = index.positions(ofConcepts: [1_567_900, 0, 206, 203, 201])
    let targets = index.standardTargets(of: rows)
    #expect(targets.ends == [2, 2, 3, 3, 4])
    #expect(index.ids(targets.concepts) == [443_238, 4_193_704, 3_004_410, 201_820])
    let values = index.valueTargets(of: rows)
    #expect(values.ends == [0, 0, 1, 1, 1])
    #expect(index.ids(values.concepts) == [4_181_412])
  }

  @Test func `edges stand as they are written, those to unknown concepts are counted`() throws {
    let index = try SmallVocabulary.index()
    #expect(index.edges(.mapsTo, ofConcept: 201) == [101])
    #expect(index.edges(.mapsToValue, ofConcept: 204) == [102])
    #expect(index.edges(.replacedBy, ofConcept: 104) == [105])
    #expect(index.edges(.mapsTo, ofConcept: 443_238) == [])
    #expect(index.danglingEdges == 2)
  }
}
