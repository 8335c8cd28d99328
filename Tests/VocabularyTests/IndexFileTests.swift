import Foundation
import TestSupport
import Testing

@testable import Vocabulary

@Suite struct IndexFileTests {
  static func smallBytes() throws -> [UInt8] {
    try VocabularyIndex.bytes(
      concepts: SmallVocabulary.concepts, mapsTo: SmallVocabulary.mapsTo,
      mapsToValue: SmallVocabulary.mapsToValue, replacedBy: SmallVocabulary.replacedBy)
  }

  @Test func `an index with any one byte changed is refused`() throws {
    let bytes = try IndexFileTests.smallBytes()
    var accepted: [Int] = []
    // Every byte of the header, and every third of what it describes.
    for place in bytes.indices where place < IndexHeader.byteCount || place % 3 == 0 {
      var changed = bytes
      changed[place] ^= 0x40
      if (try? VocabularyIndex(bytes: changed)) != nil { accepted.append(place) }
    }
    #expect(accepted == [])
    #expect(try VocabularyIndex(bytes: bytes).count == SmallVocabulary.concepts.count)
  }

  @Test func `an index cut anywhere is refused`() throws {
    let bytes = try IndexFileTests.smallBytes()
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: VocabularyError.self) { try VocabularyIndex(bytes: Array(bytes[0..<count])) }
    }
    #expect(throws: VocabularyError.self) { try VocabularyIndex(bytes: bytes.dropLast()) }
    #expect(throws: VocabularyError.self) { try VocabularyIndex(bytes: bytes + [0]) }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `random bytes are refused`(seed: UInt64) throws {
    var random = Splitter(seed)
    var bytes = (0..<Int.random(in: 1...4_000, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    #expect(throws: VocabularyError.self) { try VocabularyIndex(bytes: bytes) }
    bytes.replaceSubrange(0..<min(8, bytes.count), with: IndexHeader.magic)
    #expect(throws: VocabularyError.self) { try VocabularyIndex(bytes: bytes) }
  }

  @Test func `a foreign file, a newer format and damage are told apart`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("index").path
      func code(_ bytes: [UInt8]) throws -> String? {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return #expect(throws: VocabularyError.self) { try VocabularyIndex.open(path: path) }?.code
      }
      var bytes = try IndexFileTests.smallBytes()
      #expect(try code(Array("SQLite format 3".utf8) + bytes) == "not-an-index")
      bytes[2_000] ^= 1
      #expect(try code(bytes) == "damaged-index")
      bytes[8] += 1
      #expect(try code(bytes) == "other-format")
      #expect(try code(Array("short".utf8)) == "not-an-index")
    }
  }

  @Test func `equal vocabularies have equal bytes whatever the order they are given in`() throws {
    let bytes = try IndexFileTests.smallBytes()
    let again = try VocabularyIndex.bytes(
      concepts: SmallVocabulary.concepts.reversed(), mapsTo: SmallVocabulary.mapsTo.reversed(),
      mapsToValue: SmallVocabulary.mapsToValue + SmallVocabulary.mapsToValue,
      replacedBy: SmallVocabulary.replacedBy.reversed())
    #expect(bytes == again)
  }
}
