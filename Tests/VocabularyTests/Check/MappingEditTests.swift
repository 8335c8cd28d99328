import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

/// The changes that go with findings: places to the column, and the same file as `--fix` makes.
struct MappingEditTests {
  static let mendable = PlantedMistakes.all.filter { $0.change != nil }

  private func report(_ bytes: Data, _ planted: Planted? = nil) throws -> CheckedMapping {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("map.csv")
      try bytes.write(to: file)
      let check = MappingCheck(
        vocabulary: try CheckVocabulary.index(), asOf: CheckVocabulary.asOf, codes: planted?.data,
        parents: CheckVocabulary.parents)
      return check.check(path: file.path, purposes: planted?.purposes ?? [])
    }
  }

  /// Applies changes as a reader of the format does: lines end at LF, columns count scalars, and a
  /// mark of the byte order is no part of the text.
  private func apply(_ edits: [TextEdit], to text: String) throws -> String {
    var scalars = Array(text.unicodeScalars)
    let mark = scalars.first == "\u{FEFF}" ? [scalars.removeFirst()] : []
    var starts = [0]
    for (place, scalar) in scalars.enumerated() where scalar == "\n" { starts.append(place + 1) }
    func place(_ line: Int, _ column: Int) throws -> Int {
      try #require(starts.indices.contains(line - 1))
      let place = starts[line - 1] + column - 1
      let end = line < starts.count ? starts[line] : scalars.count
      try #require((starts[line - 1]...end).contains(place))
      return place
    }
    for edit in edits.reversed() {
      let start = try place(edit.startLine, edit.startColumn)
      let end = try place(edit.endLine, edit.endColumn)
      scalars.replaceSubrange(start..<end, with: edit.text.unicodeScalars)
    }
    return String(String.UnicodeScalarView(mark + scalars))
  }

  @Test(arguments: mendable)
  func `a finding that is mended has the changes that mend it`(planted: Planted) throws {
    let report = try report(Data(planted.text.utf8), planted)
    let edits = MappingEdits(report.fixes)
    let found = try #require(
      report.diagnostics.all.first {
        $0.code == planted.code
          && planted.place == $0.position.map { "\($0.line):\($0.column)" }
      })
    let changes = edits.edits(for: found)
    #expect(!changes.isEmpty)
    let applied = try apply(changes, to: planted.text)
    #expect(applied.utf8.elementsEqual(planted.fixed.utf8), "\(applied)")
  }

  @Test func `what is not mended has no changes`() throws {
    for planted in PlantedMistakes.all where planted.change == nil {
      let report = try report(Data(planted.text.utf8), planted)
      let edits = MappingEdits(report.fixes)
      #expect(report.diagnostics.all.allSatisfy { edits.edits(for: $0).isEmpty })
    }
  }

  @Test func `columns count scalars behind letters of several, and each cell has its own change`()
    throws
  {
    // A letter of two scalars and a sign beyond the basic plane stand before the code.
    let text =
      "source_code_description,source_code,target_concept_id\r\n"
      + "e\u{301}\u{1D11E},D1\u{A0},201820.0\r\n"
    let report = try report(Data(text.utf8))
    let edits = MappingEdits(report.fixes)
    let found = report.diagnostics.all.filter { !edits.edits(for: $0).isEmpty }
    #expect(Set(found.map(\.code)) == ["unusual-space", "bad-concept-id"])
    let space = try #require(found.first { $0.code == "unusual-space" })
    #expect(space.position?.column == 6)
    #expect(
      edits.edits(for: space) == [
        TextEdit(startLine: 2, startColumn: 5, endLine: 2, endColumn: 8, text: "D1")
      ])
    let id = try #require(found.first { $0.code == "bad-concept-id" })
    #expect(
      edits.edits(for: id) == [
        TextEdit(startLine: 2, startColumn: 9, endLine: 2, endColumn: 17, text: "201820")
      ])
  }

  @Test func `all changes together are what fixing makes of a file`() throws {
    var whole = 0
    for seed in UInt64(0)..<100 {
      var random = SeededGenerator(seed: seed)
      var text = String(decoding: GoodFiles.make(using: &random), as: UTF8.self)
      for _ in 0..<8 {
        let place = text.unicodeScalars.indices.randomElement(using: &random) ?? text.startIndex
        let odd = ["\u{A0}", "\u{200B}", " ", "e\u{301}"].randomElement(using: &random) ?? ""
        text.unicodeScalars.insert(contentsOf: odd.unicodeScalars, at: place)
      }
      let report = try report(Data(text.utf8))
      let edits = MappingEdits(report.fixes)
      let all = Set(report.diagnostics.all.flatMap { edits.edits(for: $0) })
      let sorted = all.sorted {
        ($0.startLine, $0.startColumn) < ($1.startLine, $1.startColumn)
      }
      #expect(sorted.count <= report.fixes.all.count)
      // Where a row cannot be used some of its fixes have no finding.
      guard sorted.count == report.fixes.all.count, !sorted.isEmpty else { continue }
      whole += 1
      #expect(try apply(sorted, to: text).utf8.elementsEqual(report.fixes.fixed))
    }
    #expect(whole > 50)
  }
}
