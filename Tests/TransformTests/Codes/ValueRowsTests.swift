import Columnar
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Transform

/// Values that are looked up in a file: their concepts, and the numbers by which they are counted.
struct ValueRowsTests {
  private func file(_ rows: String) throws -> ValueMapFile {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("map.csv")
      try Data("source,concept_id\n\(rows)".utf8).write(to: file)
      return ValueMapFile.load(path: file.path).value
    }
  }

  @Test func `each value has its concept, and its own number`() throws {
    let file = try file("F,8532\nM,8507\nX,0\n")
    let texts = ["M", "?", "F", "", "M", "X", "?", "f", "M"]
    let validity = texts.map { !$0.isEmpty }
    let found = ValueRows(
      Column(.text, .text(TextArray(texts)), validity: validity), file)
    #expect(found.concepts.lanes == [8507, 0, 8532, 0, 8507, 0, 0, 0, 8507])
    #expect(found.concepts.validity == validity)
    #expect(found.coded.rows == [2, 4, 1, 0, 2, 3, 4, 5, 2])
    #expect(found.coded.areMapped == [false, true, true, false, false, false])
  }

  @Test func `without a value, or without a file's rows, nothing is mapped`() throws {
    let none = ValueRows(Column(.text, .text(TextArray([]))), try file("F,8532\n"))
    #expect(none.coded.rows.isEmpty)
    let empty = ValueRows(Column(.text, .text(TextArray(["F", "F"]))), try file(""))
    #expect(empty.coded.rows == [1, 1])
    #expect(empty.coded.areMapped == [false, false])
    #expect(empty.concepts.lanes == [0, 0])
    #expect(empty.concepts.validity == nil)
  }
}
