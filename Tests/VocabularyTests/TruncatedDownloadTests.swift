import Foundation
import TestSupport
import Testing

@testable import Vocabulary

/// Downloads that lack something are refused, or what they lack is told.
@Suite struct TruncatedDownloadTests {
  private let concepts = (1...400).map {
    Concept(id: Int64($0), code: "c\($0)", vocabulary: "V", domain: "D", name: "n\($0)")
  }

  /// A download in which every relationship stands beside its reverse.
  private func write(_ files: AthenaFiles) throws {
    try files.write("CONCEPT.csv", AthenaFiles.conceptColumns, concepts.map(AthenaFiles.row))
    var random = Splitter(3)
    let edges = (1...399).flatMap { id -> [[String]] in
      let pair = (Int64(id), Int64(id + 1))
      return [AthenaFiles.edge(pair, "Is a"), AthenaFiles.edge((pair.1, pair.0), "Subsumes")]
    }
    let own = [AthenaFiles.edge((5, 9), "Same as"), AthenaFiles.edge((9, 5), "Same as")]
    try files.write(
      "CONCEPT_RELATIONSHIP.csv", AthenaFiles.edgeColumns,
      (edges + own).shuffled(using: &random))
    try files.write(
      "RELATIONSHIP.csv", VocabularyTables.columns[3],
      [
        ["Is a", "Is a", "1", "0", "Subsumes", "0"],
        ["Subsumes", "Subsumes", "1", "0", "Is a", "0"],
        ["Same as", "Same as", "0", "0", "Same as", "0"],
      ])
    try files.write("VOCABULARY.csv", VocabularyTables.columns[0], [["V", "v", "", "1", "0"]])
    try files.write("DOMAIN.csv", VocabularyTables.columns[1], [["D", "d", "0"]])
    try files.write(
      "CONCEPT_CLASS.csv", VocabularyTables.columns[2], [["Undefined", "none", "0"]])
    try files.write(
      "CONCEPT_ANCESTOR.csv",
      [
        "ancestor_concept_id", "descendant_concept_id", "min_levels_of_separation",
        "max_levels_of_separation",
      ], [["1", "2", "1", "1"]])
    try files.write(
      "CONCEPT_SYNONYM.csv", ["concept_id", "concept_synonym_name", "language_concept_id"],
      [["1", "one", "4180186"]])
    try files.write(
      "DRUG_STRENGTH.csv",
      [
        "drug_concept_id", "ingredient_concept_id", "amount_value", "amount_unit_concept_id",
        "numerator_value", "numerator_unit_concept_id", "denominator_value",
        "denominator_unit_concept_id", "box_size", "valid_start_date", "valid_end_date",
        "invalid_reason",
      ], [["1", "2", "5", "3", "", "", "", "", "", "19700101", "20991231", ""]])
  }

  private func withDownload(_ body: (AthenaFiles) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try write(files)
      try body(files)
    }
  }

  private func build(_ files: AthenaFiles, workers: Int = 2) throws -> [String] {
    try VocabularyIndex.build(
      from: files.path, to: files.index, contents: .all, workers: workers, blockByteCount: 2_000)
  }

  private func refusal(_ files: AthenaFiles) -> VocabularyError? {
    #expect(throws: VocabularyError.self) { try build(files) }
  }

  private func keep(_ count: Int, of name: String, _ files: AthenaFiles) throws {
    let file = files.folder.appendingPathComponent(name)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    try files.write(name, lines.prefix(count).map { $0 + "\n" }.joined())
  }

  @Test func `nothing is said of a whole one`() throws {
    try withDownload { files in
      for workers in [1, 3] {
        let warnings = try build(files, workers: workers)
        #expect(warnings == [])
      }
    }
  }

  @Test(arguments: [780, 600, 401, 40])
  func `relationships without their reverse betray a file that was cut`(lines: Int) throws {
    try withDownload { files in
      try keep(lines, of: "CONCEPT_RELATIONSHIP.csv", files)
      let error = refusal(files)
      #expect(error?.code == "inconsistent-download")
      #expect(error?.path?.hasSuffix("CONCEPT_RELATIONSHIP.csv") == true)
      #expect(error?.message.contains("reverse") == true)
    }
  }

  @Test func `one relationship without its reverse is told`() throws {
    try withDownload { files in
      // 800 rows and the header.
      try keep(800, of: "CONCEPT_RELATIONSHIP.csv", files)
      let warnings = try build(files)
      #expect(warnings.count == 1)
      #expect(warnings.first?.contains("about 1 of 799 rows") == true)
    }
  }

  @Test func `concepts that were cut off are missed by others`() throws {
    try withDownload { files in
      try keep(399, of: "CONCEPT.csv", files)
      let warnings = try build(files)
      #expect(warnings.count == 1)
      #expect(warnings.first?.contains("name concepts that CONCEPT.csv does not have") == true)
      try keep(300, of: "CONCEPT.csv", files)
      #expect(refusal(files)?.code == "inconsistent-download")
    }
  }

  @Test func `without its mappings it is refused`() throws {
    try withDownload { files in
      let file = files.folder.appendingPathComponent("CONCEPT_RELATIONSHIP.csv")
      try FileManager.default.removeItem(at: file)
      #expect(refusal(files)?.code == "missing-file")
      // An index of the codes alone can be made.
      try VocabularyIndex.build(from: files.path, to: files.index, contents: [])
      #expect(try VocabularyIndex.open(path: files.index).count == 400)
    }
  }

  @Test(arguments: [
    "VOCABULARY.csv", "DOMAIN.csv", "CONCEPT_ANCESTOR.csv", "CONCEPT_SYNONYM.csv",
    "DRUG_STRENGTH.csv", "CONCEPT_CLASS.csv", "RELATIONSHIP.csv",
  ])
  func `another file that is not there is told`(name: String) throws {
    try withDownload { files in
      try FileManager.default.removeItem(at: files.folder.appendingPathComponent(name))
      let warnings = try build(files)
      #expect(warnings.count == 1)
      #expect(warnings.first?.contains(name) == true)
    }
  }

  @Test(arguments: ["CONCEPT_ANCESTOR.csv", "CONCEPT_SYNONYM.csv", "DRUG_STRENGTH.csv"])
  func `a file with its header alone is told`(name: String) throws {
    try withDownload { files in
      try keep(1, of: name, files)
      #expect(try build(files) == ["\(name) has no rows; the file may be cut short"])
    }
  }

  @Test func `a text that is not UTF-8 is refused with its line`() throws {
    try withDownload { files in
      for (name, line) in [("CONCEPT.csv", 250), ("CONCEPT_SYNONYM.csv", 2)] {
        let file = files.folder.appendingPathComponent(name)
        let good = try Data(contentsOf: file)
        var lines = good.split(separator: 10)
        var text = lines[line - 1]
        let place = try #require(text.lastIndex(of: UInt8(ascii: "\t")))
        text.insert(0xE8, at: place)
        lines[line - 1] = text
        try Data(lines.flatMap { $0 + [10] }).write(to: file)
        let error = refusal(files)
        #expect(error?.code == "bad-encoding")
        #expect(error?.line == line)
        #expect(error?.path?.hasSuffix(name) == true)
        try good.write(to: file)
      }
    }
  }

  @Test func `a folder within it is read, of two none`() throws {
    try withDownload { files in
      let inner = files.folder.appendingPathComponent("vocabulary_download", isDirectory: true)
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      for name in try FileManager.default.contentsOfDirectory(atPath: files.path)
      where name.hasSuffix(".csv") {
        try FileManager.default.moveItem(
          at: files.folder.appendingPathComponent(name), to: inner.appendingPathComponent(name))
      }
      #expect(try build(files) == [])
      #expect(try VocabularyIndex.open(path: files.index).count == 400)
      try FileManager.default.copyItem(at: inner, to: files.folder.appendingPathComponent("older"))
      let error = refusal(files)
      #expect(error?.code == "several-downloads")
      #expect(error?.message.contains("older, vocabulary_download") == true)
    }
  }
}
