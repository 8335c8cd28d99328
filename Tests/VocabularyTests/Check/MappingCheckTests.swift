import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Vocabulary

/// The checks of mapping files: each catches its planted mistake and says nothing of good files.
@Suite struct MappingCheckTests {
  private static func check(
    codes: SourceCodes? = nil, vocabulary: VocabularyIndex? = nil
  ) throws -> MappingCheck {
    MappingCheck(
      vocabulary: try vocabulary ?? CheckVocabulary.index(), asOf: CheckVocabulary.asOf,
      codes: codes, parents: CheckVocabulary.parents)
  }

  private static func report(
    _ text: some DataProtocol, _ check: MappingCheck, for purposes: [MappingPurpose] = []
  ) throws -> CheckedMapping {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("map.csv")
      try Data(text).write(to: file)
      return check.check(path: file.path, purposes: purposes)
    }
  }

  private static func said(_ list: DiagnosticList) -> [String] {
    list.sorted.map { diagnostic in
      diagnostic.code + (diagnostic.position.map { " \($0.line):\($0.column)" } ?? "")
    }
  }

  @Test(arguments: PlantedMistakes.all)
  func `a planted mistake is found at its place, and nothing else is said`(
    planted: Planted
  ) throws {
    let report = try Self.report(
      Data(planted.text.utf8), try Self.check(codes: planted.data), for: planted.purposes)
    let said = Self.said(report.diagnostics)
    #expect(said.sorted() == ([planted.code + " " + planted.place] + planted.also).sorted())
    let found = report.diagnostics.all.first { $0.code == planted.code }
    if let hint = planted.hint {
      #expect(found?.hint?.contains(hint) == true, "\(found?.hint ?? "no hint")")
    }
    #expect(String(decoding: report.fixes.fixed, as: UTF8.self) == planted.fixed)
    #expect(report.fixes.fixed.elementsEqual(planted.fixed.utf8))
    // Whoever mends the file hears no more of the mistake.
    guard planted.change != nil else { return }
    let again = try Self.report(
      Data(report.fixes.fixed), try Self.check(codes: planted.data), for: planted.purposes)
    #expect(!again.diagnostics.all.contains { $0.code == planted.code })
    #expect(again.fixes.all.isEmpty)
  }

  @Test func `every code of the catalogue has a planted mistake, and each is in the catalogue`() {
    let planted = Set(PlantedMistakes.all.map(\.code))
    // These need bytes that are no text, no file at all, two files, or the tables of the CDM, for
    // which see `MappingPartTests`.
    let others: Set = [
      "bad-encoding", "unreadable-file", "other-file-differs", "part-without-place",
    ]
    #expect(PlantedMistakes.all.count >= 60)
    // See `LocalConceptTests` for those of local concepts.
    let local = MappingRule.local.map(\.code)
    #expect(Set(MappingRule.all.map(\.code)) == planted.union(others).union(local))
    #expect(Set(MappingRule.all.map(\.code)).count == MappingRule.all.count)
    #expect(MappingRule.chapters.flatMap(\.rules) == MappingRule.all)
    let fixed = Set(PlantedMistakes.all.filter { $0.change != nil }.map(\.code))
    #expect(fixed == Set(MappingRule.all.filter(\.isFixable).map(\.code)))
  }

  @Test func `bytes that are no text, and a file that is not there, are told`() throws {
    let bytes = Array("source,concept_id\na,0\n".utf8) + [0x65, 0xE9] + Array(",0\n".utf8)
    #expect(
      Self.said(try Self.report(Data(bytes), try Self.check()).diagnostics) == ["bad-encoding 3:1"])
    let none = try Self.check().check(path: "/nowhere/map.csv")
    #expect(Self.said(none.diagnostics) == ["unreadable-file 1:1"])
    #expect(none.fixes.diff().isEmpty)
  }

  @Test func `two files that map a code of one vocabulary otherwise are told`() throws {
    try withTemporaryFolder { folder in
      func write(_ name: String, _ rows: String...) throws -> String {
        let file = folder.appendingPathComponent(name)
        try Data((Row.codesHead + rows.joined()).utf8).write(to: file)
        return file.path
      }
      let check = try Self.check()
      let reports = try [
        write("a.csv", Row.codes("D1"), Row.codes("D2")),
        write("b.csv", Row.codes("D2"), Row.codes("D1", target: "443238")),
        write("c.csv", Row.codes("D1", vocabulary: "MINE", target: "443238")),
      ].map { check.check(path: $0) }
      #expect(reports.map { Self.said($0.diagnostics) } == [[], [], []])
      let found = MappingCheck.compare(reports)
      #expect(Self.said(found) == ["other-file-differs 3:1"])
      #expect(found.all.first?.position?.file.hasSuffix("b.csv") == true)
      #expect(found.all.first?.hint?.hasSuffix("a.csv:2:1") == true)
    }
  }

  @Test func `nothing is said of the mapping files of the project`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    try withTemporaryFolder { folder in
      let index = try VocabularyIndex.prepare(
        folder: root.appendingPathComponent("sample-data/vocabulary").path,
        index: folder.appendingPathComponent("index").path)
      let check = try Self.check(vocabulary: index)
      let mappings = root.appendingPathComponent("mappings").path
      let names = try FileManager.default.contentsOfDirectory(atPath: mappings)
        .filter { $0.hasSuffix(".csv") }
      #expect(names.count > 10)
      // The units of Synthea go with another vocabulary than the sample's.
      let other = MappingCheck(vocabulary: nil, asOf: CheckVocabulary.asOf)
      let reports = names.sorted().map { name in
        (name.hasPrefix("synthea") ? other : check).check(path: "\(mappings)/\(name)")
      }
      for report in reports {
        #expect(Self.said(report.diagnostics) == [], "\(report.path)")
        #expect(report.fixes.all.isEmpty)
      }
      #expect(MappingCheck.compare(reports).isEmpty)
    }
  }

  @Test(arguments: 0..<20)
  func `nothing is said of good files of any kind and form`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = GoodFiles.make(using: &random)
    let report = try Self.report(Data(text), try Self.check())
    #expect(Self.said(report.diagnostics) == [], "\(String(decoding: text, as: UTF8.self))")
    #expect(report.fixes.all.isEmpty)
    #expect(report.rows >= 1)
  }

  @Test(arguments: 0..<200)
  func `whatever the bytes, fixes come to an end and break nothing`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = GoodFiles.make(using: &random)
    let odd = [
      "\u{A0}", "\u{200B}", " ", "\"", ";", ",", "\n", "\r\n", "e\u{301}", "101", "\u{FEFF}",
    ]
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      if Bool.random(using: &random) {
        bytes.insert(contentsOf: (odd.randomElement(using: &random) ?? "").utf8, at: place)
      } else if place < bytes.count {
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
    }
    let check = try Self.check()
    var report = try Self.report(Data(bytes), check)
    for _ in 0..<5 where !report.fixes.all.isEmpty {
      let before = report
      report = try Self.report(Data(before.fixes.fixed), check)
      // Equal rows alone may go.
      #expect(report.rows <= before.rows)
    }
    #expect(report.fixes.all.isEmpty)
  }

  @Test func `what the data has is no slip`() throws {
    let text = Row.codesHead + Row.codes("D 1 ") + Row.codes("\u{410}10")
    let codes = SourceCodes([("D 1 ", 1), ("\u{410}10", 2)])
    let report = try Self.report(Data(text.utf8), try Self.check(codes: codes))
    #expect(Self.said(report.diagnostics) == [])
    #expect(report.fixes.all.isEmpty)
  }

  @Test func `the states that rules choose are those whose rows are looked at`() throws {
    let text = Row.usagiHead + Row.usagi(status: "FLAGGED", concept: "42", title: "", comment: "?")
    func said(_ purposes: MappingPurpose...) throws -> [String] {
      Self.said(try Self.report(Data(text.utf8), try Self.check(), for: purposes).diagnostics)
    }
    #expect(try said() == ["not-approved 2:28"])
    #expect(try said(MappingPurpose(.codes)) == ["not-approved 2:28"])
    #expect(try said(MappingPurpose(.codes, states: [.flagged])) == ["unknown-concept 2:64"])
    // What one rule uses is looked at, and what another leaves out is told.
    #expect(
      try said(MappingPurpose(.codes, states: [.flagged]), MappingPurpose(.codes)) == [
        "not-approved 2:28", "unknown-concept 2:64",
      ])
  }

  @Test func `an export for review has the concepts that the vocabulary has`() throws {
    let head =
      "sourceCode,sourceName,sourceFrequency,sourceAutoAssignedConceptIds,matchScore,"
      + "targetConceptId,targetConceptName,targetVocabularyId,targetDomainId,targetConceptClassId\n"
    func said(_ row: String) throws -> [String] {
      Self.said(try Self.report(Data((head + row).utf8), try Self.check()).diagnostics)
    }
    #expect(try said("D1,a,1,,0.87,201820,Diabetes mellitus,SNOMED,Condition,\n") == [])
    #expect(
      try said("D1,a,1,,0.87,443238,Diabetes,LOINC,Drug,\n") == [
        "other-concept-name 2:21", "other-concept-vocabulary 2:30", "other-concept-domain 2:36",
      ])
    #expect(try said("D1,a,1,,0.87,42,,,,\n") == ["unknown-concept 2:14"])
  }

  @Test func `line breaks within a cell need not be those of the file`() throws {
    let text = "source,source_name,concept_id\r\nM,\"of\nmen\",8507\r\nF,women,8532\r\n"
    #expect(Self.said(try Self.report(Data(text.utf8), try Self.check()).diagnostics) == [])
  }

  @Test func `a code system that tells letter case apart has no slips of it`() throws {
    let pairs = (0..<5).map { Row.codes("X\($0)a") + Row.codes("X\($0)A", target: "443238") }
    let text = Row.codesHead + pairs.joined()
    #expect(Self.said(try Self.report(Data(text.utf8), try Self.check()).diagnostics) == [])
  }

  @Test func `a deprecated target is not replaced by one that the code has already`() throws {
    let text = Row.codesHead + Row.codes() + Row.codes(target: "101")
    let report = try Self.report(Data(text.utf8), try Self.check())
    #expect(Self.said(report.diagnostics) == ["invalid-concept 3:21"])
    #expect(report.fixes.all.isEmpty)
  }

  @Test func `many mistakes of many rows take a time that grows with the rows`() throws {
    let rows = (0..<20_000).map { Row.codes("D\($0) ", target: "42", start: "x") }.joined()
    let started = ContinuousClock.now
    let report = try Self.report(Data((Row.codesHead + rows).utf8), try Self.check())
    #expect(report.diagnostics.all.count == 60_000)
    #expect(report.fixes.all.count == 20_000)
    // Quadratic steps would take hours; the bound leaves room for any machine and a debug build.
    #expect(ContinuousClock.now - started < .seconds(120))
    let shown = report.diagnostics.collapsed(to: 20)
    #expect(shown.all.count == 60)
    #expect(shown.all.contains { $0.hint?.contains("19980 more of this code") == true })
  }
}
