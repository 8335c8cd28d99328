import Foundation
import TestSupport
import Testing

@testable import Vocabulary

@Suite struct JunkTests {
  static let head = AthenaFiles.conceptColumns.joined(separator: "\t") + "\n"
  static let row = "1\tname\tD\tV\tC\tS\tx\t19700101\t20991231\t\n"
  static let commaHead = AthenaFiles.conceptColumns.joined(separator: ",") + "\n"
  static let commaRow = "1,name,D,V,C,S,x,19700101,20991231,\n"

  struct Junk: Sendable, CustomTestStringConvertible {
    var text: String
    var code: String
    var line: Int
    var testDescription: String { "\(code) \(line)" }
  }

  static let junk = [
    Junk(text: "", code: "no-header", line: 1),
    Junk(text: "concept_id\tconcept_nam\n", code: "missing-column", line: 1),
    Junk(text: head + row + "2\tname\tD\tV\tC\tS\tx\t197", code: "truncated-file", line: 3),
    Junk(text: head + row + "2\tname\n" + row, code: "ragged-row", line: 3),
    Junk(text: head + row + "\n\n" + row.dropLast() + "\t\n", code: "ragged-row", line: 5),
    Junk(text: head + row + row, code: "duplicate-concept", line: 3),
    Junk(text: head + "x" + row, code: "bad-concept-id", line: 2),
    Junk(text: head + "-" + row, code: "bad-concept-id", line: 2),
    Junk(text: "concept_code\t" + head + row, code: "duplicate-column", line: 1),
    Junk(text: head + "3333333333" + row, code: "bad-concept-id", line: 2),
    Junk(
      text: head + row + row.replacingOccurrences(of: "0101", with: "0230"), code: "bad-date",
      line: 3),
    Junk(
      text: head + row.replacingOccurrences(of: "\tS\t", with: "\tSC\t"), code: "bad-flag",
      line: 2),
    Junk(text: commaHead + commaRow + "2,name,D", code: "truncated-file", line: 3),
    Junk(text: commaHead + commaRow + "2,\"na\nme,D", code: "truncated-file", line: 3),
    Junk(text: commaHead + "1,\"na\nme\" x,D\n", code: "text-after-quote", line: 3),
    Junk(text: commaHead + "1,\"na\n\nme\",D\n" + commaRow, code: "ragged-row", line: 2),
    Junk(
      text: head + String(repeating: "x", count: 9_000), code: "record-too-long", line: 2),
    Junk(
      text: commaHead + "1,\"" + String(repeating: "x\n", count: 9_000),
      code: "record-too-long", line: 2),
  ]

  @Test(arguments: junk)
  func `a file that is wrong is refused at its line`(junk: Junk) throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.write("CONCEPT.csv", junk.text)
      let error = try #require(throws: VocabularyError.self) {
        try VocabularyIndex.build(
          from: files.path, to: files.index, workers: 2, blockByteCount: 4_000)
      }
      #expect(error.code == junk.code)
      #expect(error.line == junk.line)
      #expect(error.path == files.path + "/CONCEPT.csv")
      #expect(!FileManager.default.fileExists(atPath: files.index))
    }
  }

  @Test func `a wrong row is found at its line behind many blocks`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.write("CONCEPT.csv", JunkTests.head + JunkTests.row)
      let edge = AthenaFiles.edge((1, 1), "Maps to").joined(separator: "\t") + "\n"
      try files.write(
        "CONCEPT_RELATIONSHIP.csv",
        AthenaFiles.edgeColumns.joined(separator: "\t") + "\n"
          + String(repeating: edge, count: 1_500) + "x" + edge + edge + "y")
      let error = try #require(throws: VocabularyError.self) {
        try VocabularyIndex.build(
          from: files.path, to: files.index, workers: 3, blockByteCount: 1_000)
      }
      #expect(error.code == "bad-concept-id")
      #expect(error.line == 1_502)
      #expect(error.description.contains("CONCEPT_RELATIONSHIP.csv:1502: "))
    }
  }

  @Test func `a missing column names the one that is near`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      try files.write(
        "CONCEPT.csv", JunkTests.head.replacingOccurrences(of: "domain_id", with: "domain_ids"))
      let error = try #require(throws: VocabularyError.self) {
        try VocabularyIndex.build(from: files.path, to: files.index)
      }
      #expect(error.message == "the file has no column domain_id; is it the column domain_ids?")
    }
  }

  @Test func `a folder without concepts is refused`() throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      let error = try #require(throws: VocabularyError.self) {
        try VocabularyIndex.build(from: files.path, to: files.index)
      }
      #expect(error.code == "missing-file")
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `damaged files never end in more than an error`(seed: UInt64) throws {
    try withTemporaryFolder { folder in
      let files = AthenaFiles(folder: folder)
      var random = Splitter(seed)
      try files.writeSmall(seed: seed)
      if seed % 2 == 0 {
        try files.writeQuoted(
          "CONCEPT.csv", AthenaFiles.conceptColumns, SmallVocabulary.concepts.map(AthenaFiles.row))
      }
      for name in ["CONCEPT.csv", "CONCEPT_RELATIONSHIP.csv", "VOCABULARY.csv", "DOMAIN.csv"] {
        let place = folder.appendingPathComponent(name)
        var bytes = try Array(Data(contentsOf: place))
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          let index = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0...3, using: &random) {
          case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes[index] = [9, 10, 13, 34, 44].randomElement(using: &random) ?? 0
          case 2: bytes.remove(at: index)
          default: bytes.removeLast(bytes.count - max(1, index))
          }
        }
        try Data(bytes).write(to: place)
      }
      do {
        try VocabularyIndex.build(from: files.path, to: files.index)
        let index = try VocabularyIndex.open(path: files.index)
        #expect(index.count <= SmallVocabulary.concepts.count)
      } catch let error as VocabularyError {
        #expect(error.path != nil)
      }
    }
  }
}
