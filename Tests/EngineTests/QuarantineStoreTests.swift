import Foundation
import SQLite
import TestSupport
import Testing

@testable import Engine

@Suite struct LineNumberTests {
  /// The line of each offset of a text.
  private func lines(_ text: String, _ offsets: [Int64]) throws -> [Int64?] {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("source.csv")
      try Data(text.utf8).write(to: file)
      let found = try LineNumbers.find(offsets, path: file.path)
      return offsets.map { found[$0] }
    }
  }

  @Test(
    arguments: [
      ("a\nbb\nccc\n", [0, 2, 5, 9] as [Int64], [1, 2, 3, 4] as [Int64]),
      ("a\r\nbb\r\nccc", [0, 3, 7, 10], [1, 2, 3, 3]),
      ("a\nbb", [2, 3, 4], [2, 2, 2]),
      ("\n\n\n", [0, 1, 2, 3], [1, 2, 3, 4]),
      ("\"x\ny\"\nz", [0, 6], [1, 3]),
      ("é\nü", [3], [2]),
    ])
  func `counts the line feeds before an offset`(
    text: String, offsets: [Int64], expected: [Int64]
  ) throws {
    #expect(try lines(text, offsets) == expected)
  }

  @Test func `counts across the blocks in which a file is read`() throws {
    // Line feeds stand on both sides of the end of a block, and offsets upon it.
    let block = 1 << 20
    var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 2 * block + 10)
    for place in [0, 5, block - 1, block, 2 * block - 1, 2 * block + 3] { bytes[place] = 10 }
    let offsets = [0, 1, 6, block - 1, block, block + 1, 2 * block, bytes.count].map(Int64.init)
    let expected = offsets.map { offset in
      Int64(bytes[0..<Int(offset)].count { $0 == 10 } + 1)
    }
    #expect(try lines(String(decoding: bytes, as: UTF8.self), offsets) == expected)
  }

  @Test func `an empty file has one line`() throws {
    #expect(try lines("", [0]) == [1])
  }

  @Test func `says when the file is gone`() {
    #expect(throws: (any Error).self) {
      try LineNumbers.find([0], path: "/nowhere/that/exists.csv")
    }
  }
}

@Suite struct QuarantineStoreTests {
  private func rows(_ path: String, _ sql: String) throws -> [String] {
    let database = try Connection(path: path, .readOnly)
    var select = try database.prepare(sql)
    var lines: [String] = []
    while try select.step() {
      lines.append(
        (0..<select.columnCount).map { select.text(at: $0) ?? "NULL" }.joined(separator: "|"))
    }
    return lines
  }

  /// A store over two files of five lines each, and the place of its database.
  private func withStore(_ body: (QuarantineStore, String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let names = ["stays.csv", "acts.csv"]
      let files = try names.map { name -> SourcePart in
        let file = folder.appendingPathComponent(name)
        try Data("h\n1\n2\n3\n4\n".utf8).write(to: file)
        return SourcePart(name: name, path: file.path, size: 10)
      }
      let path = folder.appendingPathComponent("quarantine.sqlite").path
      try body(try QuarantineStore(path: path, files: files, tables: ["stays", "acts"]), path)
    }
  }

  @Test func `keeps places, rules, reasons and parents, with their lines`() throws {
    try withStore { store, path in
      try store.add([
        QuarantineEntry(
          .record, at: SourcePosition(file: 0, offset: 2),
          reason: ReasonCode(rawValue: "ragged_record"))
      ])
      try store.add([])
      try store.add([
        QuarantineEntry(
          .row, at: SourcePosition(file: 1, offset: 4), rule: "hcl/act",
          reason: .parentQuarantined, field: "start_date",
          parent: SourcePosition(file: 0, offset: 8)),
        QuarantineEntry(
          .cell, at: SourcePosition(file: 1, offset: 0), reason: .textTooLong, field: "NOM"),
      ])
      try store.finish()
      #expect(
        try rows(path, "SELECT * FROM entry ORDER BY kind") == [
          "0|0|2|2||ragged_record|NULL|NULL|NULL|NULL",
          "1|1|4|3|hcl/act|parent_quarantined|start_date|0|8|5",
          "2|1|0|1||text_too_long|NOM|NULL|NULL|NULL",
        ])
      #expect(
        try rows(path, "SELECT id, extract_table, name, size FROM file ORDER BY id") == [
          "0|stays|stays.csv|10", "1|acts|acts.csv|10",
        ])
    }
  }

  @Test func `an extractor says how its files are written and where their lines are`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("quarantine.sqlite").path
      let file = SourcePart(name: "a.csv", path: "/none/a.csv", size: 9, encoding: "utf-16le")
      let store = try QuarantineStore(path: path, files: [file], tables: ["stays"]) {
        offsets, file in
        #expect(file == 0)
        return Dictionary(uniqueKeysWithValues: offsets.map { ($0, $0 * 10) })
      }
      try store.add(
        [7, 4].map {
          QuarantineEntry(
            .record, at: SourcePosition(file: 0, offset: $0),
            reason: ReasonCode(rawValue: "bad_encoding"))
        })
      try store.finish()
      let lines = try QuarantineReader(path: path).lines(QuarantineReader.Filter())
      #expect(lines.map(\.line) == [40, 70])
      #expect(lines.map(\.encoding) == ["utf-16le", "utf-16le"])
    }
  }

  @Test func `the quarantine of a run before encodings were kept is read`() throws {
    try withStore { store, path in
      try store.add([
        QuarantineEntry(.record, at: SourcePosition(file: 0, offset: 2), reason: .keyMissing)
      ])
      try store.finish()
      let connection = try Connection(path: path, .readWrite)
      try connection.execute("ALTER TABLE file DROP COLUMN encoding")
      let lines = try QuarantineReader(path: path).lines(QuarantineReader.Filter())
      #expect(lines.map(\.line) == [2])
      #expect(lines.map(\.encoding) == [nil])
    }
  }

  @Test func `takes more entries than it holds back, from many threads`() throws {
    try withStore { store, path in
      let failure = Failure()
      onWorkers(4) { worker in
        for step in 0..<5_000 {
          do {
            try store.add([
              QuarantineEntry(
                .row, at: SourcePosition(file: worker % 2, offset: Int64(step % 10)),
                rule: "hcl/act", reason: .keyMissing)
            ])
          } catch {
            failure.set(error, ticket: step)
          }
        }
      }
      try failure.rethrow()
      try store.finish()
      #expect(
        try rows(path, "SELECT file, line, count(*) FROM entry GROUP BY file, line") == [
          "0|1|2000", "0|2|2000", "0|3|2000", "0|4|2000", "0|5|2000",
          "1|1|2000", "1|2|2000", "1|3|2000", "1|4|2000", "1|5|2000",
        ])
    }
  }

  @Test func `a place in a file and an offset are packed without loss`() {
    for (file, offset) in [(0, 0), (1, 1 << 46), (65_535, 1 << 47 - 1)] as [(Int, Int64)] {
      let position = SourcePosition(file: file, offset: offset)
      #expect(position.file == file)
      #expect(position.offset == offset)
      #expect(position.packed >= 0)
    }
    #expect(SourcePosition(file: 1, offset: 0) > SourcePosition(file: 0, offset: 1 << 47 - 1))
  }
}

@Suite struct StateFolderTests {
  @Test(arguments: [
    ("/srv/cdm.sqlite", "/srv/cdm.sqlite.state"), ("/srv/cdm/", "/srv/cdm.state"),
    ("cdm//", "cdm.state"), ("cdm", "cdm.state"),
  ])
  func `the state lies beside the target`(target: String, state: String) {
    #expect(StateFolder(target: target).path == state)
  }
}
