import Diagnostics
import Foundation
import Testing

/// The log for editors and code hosts.
struct SARIFRenderingTests {
  private struct Log: Decodable {
    struct Text: Decodable { var text: String }
    struct Rule: Decodable {
      struct Configuration: Decodable { var level: String }
      var id: String, shortDescription: Text, help: Text?, defaultConfiguration: Configuration
    }
    struct Driver: Decodable { var name: String, version: String, rules: [Rule] }
    struct Tool: Decodable { var driver: Driver }
    struct Region: Decodable { var startLine: Int, startColumn: Int, endColumn: Int }
    struct Artifact: Decodable { var uri: String }
    struct Physical: Decodable { var artifactLocation: Artifact, region: Region }
    struct Location: Decodable { var physicalLocation: Physical }
    struct Result: Decodable {
      var ruleId: String, ruleIndex: Int, level: String, message: Text, locations: [Location]?
    }
    struct Run: Decodable { var tool: Tool, columnKind: String, results: [Result] }
    var version: String, runs: [Run]
  }

  private func log(_ list: DiagnosticList) throws -> Log {
    let text = list.sarif(
      tool: "ecluse", version: "1.0",
      rules: [
        DiagnosticRule("blank-ends", .warning, "a \"blank\"", help: "remove it"),
        DiagnosticRule("bad-date", .error, "a date", help: ""),
      ]
    ) { $0 == "pipelines/../mappings/é 1.csv" ? ["head", "e\u{301}e\u{301},𝄞x"] : nil }
    return try JSONDecoder().decode(Log.self, from: Data(text.utf8))
  }

  @Test func `results name their rule, and places in the way of the format`() throws {
    var list = DiagnosticList()
    let place = Position(file: "pipelines/../mappings/é 1.csv", line: 2, column: 4)
    list.add(Diagnostic(.warning, "blank-ends", "a blank", at: place, length: 2, hint: "mend it"))
    list.add(Diagnostic(.note, "other", "nowhere", at: nil))
    list.add(
      Diagnostic(
        .error, "bad-date", "a date", at: Position(file: "/srv/a.csv", line: 9, column: 3),
        length: 4))
    let log = try log(list)
    #expect(log.version == "2.1.0")
    let run = try #require(log.runs.first)
    #expect(run.columnKind == "unicodeCodePoints")
    #expect(run.tool.driver.rules.map(\.id) == ["blank-ends", "bad-date", "other"])
    #expect(run.tool.driver.rules[0].shortDescription.text == "a \"blank\"")
    #expect(run.tool.driver.rules[0].help?.text == "remove it")
    #expect(run.tool.driver.rules[0].defaultConfiguration.level == "warning")
    for result in run.results {
      #expect(run.tool.driver.rules[result.ruleIndex].id == result.ruleId)
    }
    #expect(run.results.map(\.level) == ["note", "error", "warning"])
    #expect(run.results[0].locations == nil)
    let last = try #require(run.results[2].locations?.first).physicalLocation
    #expect(run.results[2].message.text == "a blank; mend it")
    #expect(last.artifactLocation.uri == "mappings/%C3%A9%201.csv")
    // Four scalars are two letters with their accents; the sign of music is one.
    #expect(last.region.startLine == 2)
    #expect(last.region.startColumn == 6)
    #expect(last.region.endColumn == 8)
    let absolute = try #require(run.results[1].locations?.first).physicalLocation
    #expect(absolute.artifactLocation.uri == "file:///srv/a.csv")
    #expect(absolute.region.startColumn == 3 && absolute.region.endColumn == 7)
  }

  @Test func `a fix names its file, the regions that go and the text that comes`() throws {
    struct Log: Decodable {
      struct Region: Decodable, Equatable {
        var startLine: Int, startColumn: Int, endLine: Int, endColumn: Int
      }
      struct Text: Decodable { var text: String }
      struct Replacement: Decodable { var deletedRegion: Region, insertedContent: Text? }
      struct Artifact: Decodable { var uri: String }
      struct Change: Decodable { var artifactLocation: Artifact, replacements: [Replacement] }
      struct Fix: Decodable { var description: Text, artifactChanges: [Change] }
      struct Result: Decodable { var fixes: [Fix]? }
      struct Run: Decodable { var results: [Result] }
      var runs: [Run]
    }
    var list = DiagnosticList()
    list.add(
      Diagnostic(
        .warning, "blank-ends", "a blank", at: Position(file: "a b.csv", line: 3, column: 1),
        hint: "write `\"x\"`"))
    list.add(Diagnostic(.note, "other", "none", at: Position(file: "c", line: 1, column: 1)))
    list.add(
      Diagnostic(
        .warning, "duplicate-row", "twice", at: Position(file: "d", line: 1, column: 1),
        hint: "see line 9"))
    let edits = [
      TextEdit(startLine: 3, startColumn: 1, endLine: 3, endColumn: 5, text: "\"x\""),
      TextEdit(startLine: 4, startColumn: 1, endLine: 5, endColumn: 1, text: ""),
    ]
    let text = list.sarif(
      tool: "ecluse", version: "1.0", rules: [], source: { _ in nil },
      edits: { $0.code == "blank-ends" ? edits : $0.code == "other" ? [] : [edits[1]] })
    let run = try #require(try JSONDecoder().decode(Log.self, from: Data(text.utf8)).runs.first)
    #expect(run.results[1].fixes == nil)
    #expect(run.results[2].fixes?.map(\.description.text) == ["remove it"])
    let fixes = try #require(run.results[0].fixes)
    #expect(fixes.map(\.description.text) == ["write `\"x\"`"])
    let change = try #require(fixes.first?.artifactChanges.first)
    #expect(change.artifactLocation.uri == "a%20b.csv")
    #expect(
      change.replacements.map(\.deletedRegion) == [
        Log.Region(startLine: 3, startColumn: 1, endLine: 3, endColumn: 5),
        Log.Region(startLine: 4, startColumn: 1, endLine: 5, endColumn: 1),
      ])
    #expect(change.replacements.map { $0.insertedContent?.text } == ["\"x\"", nil])
  }

  @Test func `an empty list is a log without results`() throws {
    #expect(try log(DiagnosticList()).runs.first?.results.isEmpty == true)
  }
}

/// Lists in which one mistake runs through a file.
struct CollapsedTests {
  @Test func `what stands more often than the limit is counted`() {
    var list = DiagnosticList()
    for line in (1...5).reversed() {
      let place = Position(file: "f", line: line, column: 1)
      list.add(Diagnostic(.error, "a", "m\(line)", at: place, hint: "h"))
    }
    list.add(Diagnostic(.error, "b", "m", at: Position(file: "f", line: 9, column: 1)))
    list.add(Diagnostic(.error, "a", "m", at: Position(file: "g", line: 1, column: 1)))
    let shown = list.collapsed(to: 2).sorted
    #expect(shown.map { $0.position?.line } == [1, 2, 9, 1])
    #expect(shown.map(\.hint) == ["h", "h; 3 more of this code in the file", nil, nil])
    #expect(list.collapsed(to: 5).all.count == 7)
    #expect(list.collapsed(to: 5).all.allSatisfy { $0.hint?.contains("more") != true })
  }
}
