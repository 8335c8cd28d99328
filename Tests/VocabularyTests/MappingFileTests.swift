import Diagnostics
import TestSupport
import Testing

@testable import Vocabulary

/// Mapping files that are edited and written back.
@Suite struct MappingFileTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `a file is written back byte for byte, and one edited cell changes that cell alone`(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let made = RandomMappingFile.make(using: &random)
    var (file, _) = try MappingFiles.file(made.bytes)
    #expect(file.bytes == made.bytes)
    #expect(file.layout == made.layout)
    #expect(file.count == made.rows)
    guard file.count > 0 else { return }
    let row = Int.random(in: 0..<file.count, using: &random)
    let column = Int.random(in: 0..<file.columns.count, using: &random)
    let old = file.text(row: row, column: column)
    // What Usagi writes has no carriage return.
    let new = UsagiProgram.clean(RandomMappingFile.text(using: &random)) + "!"
    file.set(new, row: row, column: column)
    let edited = file.bytes
    #expect(file.text(row: row, column: column) == new)

    let (again, _) = try MappingFiles.file(edited)
    #expect(again.count == file.count)
    for place in 0..<file.count {
      for other in file.columns.indices {
        #expect(again.text(row: place, column: other) == file.text(row: place, column: other))
      }
    }
    let before = zip(made.bytes, edited).prefix { $0 == $1 }.count
    let after = zip(made.bytes.reversed(), edited.reversed()).prefix { $0 == $1 }.count
    // Written, a text is at most twice as long, and quoted.
    #expect(made.bytes.count - before - after <= 2 * old.utf8.count + 2)

    file.set(old, row: row, column: column)
    #expect(file.bytes == made.bytes)
  }

  @Test func `an edited cell is quoted as it was, or as it must be`() throws {
    var (file, list) = try MappingFiles.file(
      Array("source;concept_id;comment\r\n\"M\";8507;a\r\n\"F;x\";8532;\"b;\"".utf8))
    #expect(list.isEmpty)
    file.set("W", row: 0, column: 0)
    file.set("8", row: 0, column: 1)
    file.set("x;y \"z\"", row: 0, column: 2)
    file.set("G", row: 1, column: 0)
    #expect(
      String(decoding: file.bytes, as: UTF8.self)
        == "source;concept_id;comment\r\n\"W\";8;\"x;y \"\"z\"\"\"\r\nG;8532;\"b;\"")
  }

  @Test(arguments: ["\n", ""])
  func `a row is added in the manner of the file`(end: String) throws {
    var (file, list) = try MappingFiles.file(
      Array("\u{FEFF}source,comment,concept_id\nM,,8507\(end)".utf8))
    #expect(list.all.allSatisfy { $0.severity != .error })
    file.append(["source": "F,", "concept_id": "8532"])
    file.append(["source": "X"])
    #expect(
      String(decoding: file.bytes, as: UTF8.self)
        == "\u{FEFF}source,comment,concept_id\nM,,8507\n\"F,\",,8532\nX,,\(end)")
  }

  @Test func `rows that cannot be read stay as they are`() throws {
    let text = "source,concept_id\nM\n\nF,8532\n\"never closed,1\nX,2"
    var (file, list) = try MappingFiles.file(Array(text.utf8))
    #expect(list.all.map(\.code) == ["ragged-row", "unclosed-quote"])
    file.set("8", row: 0, column: 1)
    #expect(
      String(decoding: file.bytes, as: UTF8.self)
        == "source,concept_id\nM\n\nF,8\n\"never closed,1\nX,2")
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `what Usagi saves is read whole, and written by its rules to the same bytes`(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let (names, rows) = UsagiProgram.rows(using: &random)
    let saved = UsagiProgram.save(names, rows)
    let table = try MappingFiles.table(saved)
    var list = DiagnosticList()
    let columns = try #require(UsagiColumns(table, &list))
    let read = table.rows.compactMap { columns.row($0, &list) }
    #expect(list.isEmpty, "\(list.all)")
    #expect(columns.informationNames == names)
    #expect(read == rows.map(UsagiProgram.written))
    let lines = [UsagiRow.header(names)] + read.map { $0.texts(names) }
    #expect(lines.flatMap(table.dialect.line) == Array(saved.utf8))
  }

  @Test(arguments: [
    (0.0, "0.00"), (1, "1.00"), (0.87, "0.87"), (0.125, "0.12"), (0.375, "0.38"), (0.145, "0.14"),
    (0.575, "0.57"), (1.005, "1.00"), (0.999, "1.00"), (12.5, "12.50"), (-0.5, "-0.50"),
  ])
  func `a score is written as Java writes it`(score: Double, text: String) {
    #expect(UsagiRow.text(score: score) == text)
  }
}
