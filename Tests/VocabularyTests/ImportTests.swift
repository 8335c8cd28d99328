import Foundation
import TestSupport
import Testing

@testable import Vocabulary

@Suite struct ImportTests {
  @Test func `an imported folder says what the same concepts in memory say`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.writeSmall(seed: 1)
      try VocabularyIndex.build(from: files.path, to: files.index)
      let index = try VocabularyIndex.open(path: files.index)
      let memory = try SmallVocabulary.index()
      #expect(index.count == memory.count)
      #expect(index.version == memory.version)
      #expect(index.danglingEdges == 2)
      for concept in SmallVocabulary.concepts {
        #expect(index.concept(id: concept.id) == concept)
        #expect(
          index.standardTargets(ofConcept: concept.id)
            == memory.standardTargets(ofConcept: concept.id))
        #expect(
          index.valueTargets(ofConcept: concept.id) == memory.valueTargets(ofConcept: concept.id))
        for relationship in Relationship.allCases {
          #expect(
            index.edges(relationship, ofConcept: concept.id)
              == memory.edges(relationship, ofConcept: concept.id))
        }
      }
    }
  }

  @Test func `a vocabulary that is named but not downloaded has no concept`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.writeSmall(seed: 1)
      try VocabularyIndex.build(from: files.path, to: files.index)
      let index = try VocabularyIndex.open(path: files.index)
      #expect(index.vocabularies == ["ATC", "CIM10", "ICD10", "LOINC", "None", "SNOMED"])
      let atc = try #require(index.vocabulary(named: "ATC"))
      #expect(index.conceptCount(ofVocabulary: atc) == 0)
      #expect(index.lookup(vocabulary: atc, code: "A") == nil)
      let loinc = try #require(index.vocabulary(named: "LOINC"))
      #expect(index.conceptCount(ofVocabulary: loinc) == 1)
      #expect(index.domain(named: "Note") != nil)
    }
  }

  @Test(arguments: [2, 3, 4, 5] as [UInt64])
  func `the order of the rows does not change the index`(seed: UInt64) throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.writeSmall(seed: 1)
      try VocabularyIndex.build(from: files.path, to: files.index)
      let first = try Data(contentsOf: URL(fileURLWithPath: files.index))
      let hash = try VocabularyIndex.open(path: files.index).contentHash
      try files.writeSmall(seed: seed)
      try VocabularyIndex.build(from: files.path, to: files.index, workers: Int(seed))
      let second = try Data(contentsOf: URL(fileURLWithPath: files.index))
      // The header holds the fingerprint of the files.
      #expect(first[IndexHeader.byteCount...] == second[IndexHeader.byteCount...])
      #expect(try VocabularyIndex.open(path: files.index).contentHash == hash)
    }
  }

  @Test func `without quoting a quote is data`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.write(
        "CONCEPT.csv", AthenaFiles.conceptColumns,
        [
          ["1", "\"open", "D", "V", "C", "S", "5\"", "19700101", "20991231", ""],
          ["2", "a, \"b\"", "D", "V", "C", "", "\"\"", "19700101", "20991231", "D"],
        ])
      let index = try VocabularyIndex.prepare(folder: files.path, index: files.index)
      #expect(index.concept(id: 1)?.name == "\"open")
      #expect(index.concept(id: 2)?.name == "a, \"b\"")
      #expect(index.ids("V", ["5\"", "\"\""]) == [1, 2])
    }
  }

  @Test func `commas, quotes, line feeds and a byte order mark are read as RFC 4180 says`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      let name = "a, \"b\"\nc\td"
      try files.writeQuoted(
        "concept.csv", AthenaFiles.conceptColumns.reversed().map { $0.uppercased() },
        [["", "2099-12-31", "1970-01-02", "=,", "S", "C", "V", "D", name, "7"]])
      let place = folder.appendingPathComponent("concept.csv")
      try (Data([0xEF, 0xBB, 0xBF]) + Data(contentsOf: place)).write(to: place)
      let index = try VocabularyIndex.prepare(folder: files.path, index: files.index)
      let concept = try #require(index.concept(id: 7))
      #expect(concept.name == name)
      #expect(concept.code == "=,")
      #expect(concept.validStart == 1)
      #expect(concept.validEnd == Concept.openEnd)
    }
  }

  @Test(arguments: [true, false], [(1, 300), (2, 701), (3, 1_024), (2, 1 << 20)])
  func `the size of blocks and the number of workers change nothing`(
    quoted: Bool, how: (workers: Int, block: Int)
  ) throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      let concepts = (1...200).map { number in
        Concept(
          id: Int64(number * 7_919 % 1_000_003), code: "c\(number)", vocabulary: "V\(number % 7)",
          domain: "D\(number % 3)", name: String(repeating: "é,\"", count: number % 40),
          standard: "S")
      }
      let rows = concepts.map(AthenaFiles.row)
      let pairs = concepts.map { ($0.id, concepts[0].id) }
      let edges = pairs.map { AthenaFiles.edge($0, "Maps to") }
      if quoted {
        try files.writeQuoted("CONCEPT.csv", AthenaFiles.conceptColumns, rows)
      } else {
        try files.write("CONCEPT.csv", AthenaFiles.conceptColumns, rows)
      }
      try files.write("CONCEPT_RELATIONSHIP.csv", AthenaFiles.edgeColumns, edges)
      try VocabularyIndex.build(
        from: files.path, to: files.index, workers: how.workers, blockByteCount: how.block)
      let index = try VocabularyIndex.open(path: files.index)
      let memory = try VocabularyIndex(concepts: concepts, mapsTo: pairs)
      #expect(memory.contentHash == index.contentHash)
      #expect(index.concept(id: concepts[37].id) == concepts[37])
    }
  }

  @Test func `drugs know their ingredients, and nobody else an ancestor`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      func concept(_ id: Int64, _ vocabulary: String, _ kind: String) -> Concept {
        Concept(
          id: id, code: "c\(id)", vocabulary: vocabulary, domain: "Drug", name: "n\(id)",
          conceptClass: kind, standard: "S")
      }
      let concepts = [
        concept(1, "RxNorm", "Ingredient"), concept(2, "RxNorm Extension", "Ingredient"),
        concept(3, "ATC", "Ingredient"), concept(4, "RxNorm", "Clinical Drug Form"),
        concept(5, "RxNorm", "Clinical Drug"), concept(6, "RxNorm", "Ingredient"),
      ]
      // 6 is its own; 7 is no concept.
      let pairs: [(Int64, Int64)] = [
        (1, 1), (1, 5), (2, 5), (3, 5), (4, 5), (6, 6), (6, 7), (7, 5),
      ]
      try files.write("CONCEPT.csv", AthenaFiles.conceptColumns, concepts.map(AthenaFiles.row))
      try files.write(
        "CONCEPT_ANCESTOR.csv", ["ancestor_concept_id", "descendant_concept_id", "levels"],
        pairs.map { ["\($0.0)", "\($0.1)", "0"] })
      let index = try VocabularyIndex.prepare(folder: files.path, index: files.index)
      #expect(index.hasIngredients)
      #expect(
        (1...7).map { index.ingredients(ofConcept: $0) } == [[1], [], [], [], [1, 2], [6], []])
      #expect(index.danglingEdges == 0)
      let memory = try VocabularyIndex(
        concepts: concepts, ancestors: pairs.map { ($0.1, $0.0) })
      #expect(memory.contentHash == index.contentHash)
    }
  }

  @Test func `drugs know their strengths, the valid ones, in an order of their own`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.writeSmall(seed: 1)
      let columns = [
        "drug_concept_id", "ingredient_concept_id", "amount_value", "amount_unit_concept_id",
        "numerator_value", "numerator_unit_concept_id", "denominator_value",
        "denominator_unit_concept_id", "box_size", "valid_start_date", "valid_end_date",
        "invalid_reason",
      ]
      let days = ["", "19700101", "20991231"]
      let rows = [
        ["30", "2", "", "", "0.5", "8576", "5", "8587"] + days + [""],
        ["30", "1", "1e2", "8576", "", "", "", ""] + days + [""],
        ["20", "1", "12.5", "8576", "", "", "", ""] + days + [""],
        ["20", "1", "13", "8576", "", "", "", ""] + days + ["D"],
      ]
      try files.write("DRUG_STRENGTH.csv", columns, rows)
      let index = try VocabularyIndex.prepare(folder: files.path, index: files.index)
      #expect(index.hasStrengths)
      #expect(
        index.strengths(ofDrug: 30) == [
          ConceptStrength(drug: 30, ingredient: 1, amount: 100, amountUnit: 8576),
          ConceptStrength(
            drug: 30, ingredient: 2, numerator: 0.5, numeratorUnit: 8576, denominator: 5,
            denominatorUnit: 8587),
        ])
      #expect(
        index.strengths(ofDrug: 20)
          == [ConceptStrength(drug: 20, ingredient: 1, amount: 12.5, amountUnit: 8576)])
      #expect(index.strengths(ofDrug: 25) == [])
      // The order of the rows changes nothing.
      try files.write("DRUG_STRENGTH.csv", columns, rows.reversed())
      let other = try VocabularyIndex.prepare(folder: files.path, index: files.index)
      #expect(other.contentHash == index.contentHash)
      for (cell, code) in [(0, "bad-concept-id"), (2, "bad-number"), (3, "bad-concept-id")] {
        var broken = rows[2]
        broken[cell] = "x"
        try files.write("DRUG_STRENGTH.csv", columns, [broken])
        #expect {
          try VocabularyIndex.prepare(folder: files.path, index: files.index)
        } throws: {
          ($0 as? VocabularyError)?.code == code
        }
      }
    }
  }

  @Test func `an index without concepts is current too`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.writeSmall(seed: 1)
      let path = folder.appendingPathComponent("CONCEPT.csv")
      let head = try String(contentsOf: path, encoding: .utf8).prefix { $0 != "\n" }
      try (head + "\n").write(to: path, atomically: true, encoding: .utf8)
      try files.write(
        "CONCEPT_ANCESTOR.csv", "ancestor_concept_id\tdescendant_concept_id\n")
      try VocabularyIndex.build(from: files.path, to: files.index)
      let index = try VocabularyIndex.open(path: files.index)
      #expect(index.count == 0)
      #expect(try index.isCurrent(files.path))
    }
  }

  @Test func `an index is current as long as no file changes`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.writeSmall(seed: 1)
      let index = try VocabularyIndex.prepare(folder: files.path, index: files.index)
      #expect(try index.isCurrent(files.path))
      try files.write("DOMAIN.csv", "domain_id\nNotf\n")
      #expect(try !index.isCurrent(files.path))
      let next = try VocabularyIndex.prepare(folder: files.path, index: files.index)
      #expect(next.domain(named: "Notf") != nil)
      #expect(try next.isCurrent(files.path))
      try FileManager.default.removeItem(at: folder.appendingPathComponent("DOMAIN.csv"))
      #expect(try !next.isCurrent(files.path))
      // The old index stays readable while it is replaced.
      #expect(index.concept(id: 101)?.code == "old-edge")
    }
  }
}
