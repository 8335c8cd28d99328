import Foundation
import TestSupport
import Testing

/// `ecluse vocabulary` over the vocabulary of the sample.
struct VocabularyCommandTests {
  private struct Summary: Decodable {
    struct Part: Decodable { var vocabulary: String, concepts: Int }
    var concepts: Int
    var vocabularies: [Part]
  }

  private struct Page: Decodable {
    struct Reference: Decodable { var id: Int64, vocabulary: String, code: String }
    var concept: Reference
    var targets: [Reference]
  }

  private static func run(_ arguments: String...) throws -> Program.Ending {
    try Program.run(["vocabulary"] + arguments)
  }

  @Test func `an index is built, and says what the folder says`() throws {
    try withTemporaryFolder { folder in
      let index = folder.appendingPathComponent("v.index").path
      let built = try Self.run("build", Project.vocabulary.path, "--output", index)
      #expect(built.status == 0, "\(built.errors)")
      #expect(built.output.contains("concepts of release"))
      let again = folder.appendingPathComponent("again.index").path
      #expect(
        try Self.run("build", Project.vocabulary.path, "-o", again, "--threads", "1").status == 0)
      let bytes = try [index, again].map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
      #expect(bytes[0] == bytes[1])

      let info = try Self.run("info", index, "--format", "json")
      #expect(info.status == 0)
      #expect(
        info.output == (try Self.run("info", Project.vocabulary.path, "--format", "json")).output)
      let summary = try JSONDecoder().decode(Summary.self, from: Data(info.output.utf8))
      #expect(summary.concepts > 100)
      #expect(summary.vocabularies.reduce(0) { $0 + $1.concepts } == summary.concepts)
      #expect(try Self.run("info", index).output.contains("release: "))
    }
  }

  @Test func `a concept is shown by its id and by its code`() throws {
    let folder = Project.vocabulary.path
    let shown = try Self.run("show", folder, "SNOMED:44054006", "--format", "json")
    #expect(shown.status == 0, "\(shown.errors)")
    let page = try JSONDecoder().decode(Page.self, from: Data(shown.output.utf8))
    #expect(page.concept.code == "44054006")
    #expect(!page.targets.isEmpty)
    let byID = try Self.run("show", folder, "\(page.concept.id)", "--format", "json")
    #expect(byID.output == shown.output)
    let text = try Self.run("show", folder, "SNOMED:44054006").output
    #expect(text.contains("SNOMED:44054006"))
    #expect(text.contains("rows end on:"))
  }

  @Test func `what is not there is said, with what may have been meant`() throws {
    let folder = Project.vocabulary.path
    let unknown = try Self.run("show", folder, "SNOMEDD:44054006")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("did you mean"))
    #expect(try Self.run("show", folder, "999999999").status == 1)
    #expect(try Self.run("show", folder, "44054006x").errors.contains("VOCABULARY:CODE"))
    #expect(try Self.run("info", "/nowhere/that/exists").status == 1)
  }

  @Test func `a folder that is cut short is refused with its line`() throws {
    try withTemporaryFolder { folder in
      for name in try FileManager.default.contentsOfDirectory(atPath: Project.vocabulary.path) {
        try FileManager.default.copyItem(
          at: Project.vocabulary.appendingPathComponent(name),
          to: folder.appendingPathComponent(name))
      }
      let file = folder.appendingPathComponent("CONCEPT.csv")
      let text = try Data(contentsOf: file)
      try text.dropLast(30).write(to: file)
      let index = folder.appendingPathComponent("v.index").path
      let ending = try Self.run("build", folder.path, "--output", index)
      #expect(ending.status == 1)
      #expect(ending.errors.contains("CONCEPT.csv:"))
      #expect(!FileManager.default.fileExists(atPath: index))
    }
  }

  private struct Hit: Decodable { var id: Int64, vocabulary: String, code: String, score: Double }

  @Test func `concepts are found by mistyped words and by code`() throws {
    let folder = Project.vocabulary.path
    let found = try Self.run("search", folder, "diabetse melitus", "type", "2", "--format", "json")
    #expect(found.status == 0, "\(found.errors)")
    let hits = try JSONDecoder().decode([Hit].self, from: Data(found.output.utf8))
    #expect(hits.first?.code == "44054006")
    let rows = try Self.run("search", folder, "44054006", "--format", "csv").output
      .split(separator: "\n")
    #expect(rows.first?.hasPrefix("concept_id,concept_name,") == true)
    #expect(rows.dropFirst().first?.contains(",SNOMED,44054006,") == true)
    #expect(try Self.run("search", folder, "type 2 diabetes").output.contains("SNOMED:44054006"))
  }

  @Test func `a search without result ends with 1, one that makes no sense with 64`() throws {
    let folder = Project.vocabulary.path
    #expect(try Self.run("search", folder, "quuxquux").status == 1)
    let empty = try Self.run("search", folder, "quuxquux", "--format", "json")
    #expect(try JSONDecoder().decode([Hit].self, from: Data(empty.output.utf8)).isEmpty)
    let unknown = try Self.run("search", folder, "diabetes", "--vocabulary", "SNOMD")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("did you mean SNOMED?"))
    #expect(try Self.run("search", folder, "").status == 64)
    #expect(try Self.run("search", folder, "diabetes", "--limit", "0").status == 64)
  }

  @Test func `suggestions are a file that Usagi and a mapping read`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("unmapped.csv")
      try Data("source_code,source_name,frequency\nX1,\"diabete, type II\",120\nX2,quux,1\n".utf8)
        .write(to: file)
      let arguments = [
        "suggest", file.path, "--index", Project.vocabulary.path, "--mappings",
        Project.vocabulary.deletingLastPathComponent().deletingLastPathComponent()
          .appendingPathComponent("mappings").path,
      ]
      let usagi = try Program.run(["vocabulary"] + arguments + ["--format", "usagi"])
      #expect(usagi.status == 0, "\(usagi.errors)")
      #expect(usagi.errors.contains("scores tell an order"))
      let rows = usagi.output.split(separator: "\n")
      #expect(rows.count == 3)
      #expect(rows[0].hasPrefix("sourceCode,sourceName,sourceFrequency,"))
      #expect(rows[1].hasPrefix("X1,\"diabete, type II\",120,") && rows[1].contains(",UNCHECKED,"))
      #expect(rows[2].contains(",0.00,UNCHECKED,UNREVIEWED,,0,0,Unmapped,"))
      let saved = folder.appendingPathComponent("saved.csv")
      try Data(usagi.output.utf8).write(to: saved)
      let again = try Program.run(
        [
          "vocabulary", "suggest", saved.path, "--index", Project.vocabulary.path, "--format",
          "csv",
        ])
      #expect(again.status == 0, "\(again.errors)")
      #expect(again.output.hasPrefix("source_code,source_name,frequency,rank,score,concept_id,"))
      #expect(try Program.run(["vocabulary"] + arguments).output.contains("X1  diabete, type II"))
    }
  }

  @Test func `an index without relationships says once what does not count`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("unmapped.csv")
      try Data("source_code,source_name,atc\nX1,diabete,A10\nX2,asthme,\n".utf8).write(to: file)
      let index = folder.appendingPathComponent("v.index").path
      for only in [["--only", "lookup"], []] {
        let built = try Program.run(
          ["vocabulary", "build", Project.vocabulary.path, "--output", index] + only)
        #expect(built.status == 0, "\(built.errors)")
        let ending = try Program.run(["vocabulary", "suggest", file.path, "--index", index])
        #expect(ending.status == 0, "\(ending.errors)")
        let notes = ending.errors.components(separatedBy: "holds no relationships").count - 1
        #expect(notes == (only.isEmpty ? 0 : 1))
      }
    }
  }

  @Test func `what cannot be evaluated is said`() throws {
    let index = ["--index", Project.vocabulary.path]
    let ending = try Program.run(["vocabulary", "suggest", "--evaluate"] + index)
    #expect(ending.status == 1)
    #expect(ending.errors.contains("not evaluable"))
    #expect(try Program.run(["vocabulary", "suggest"] + index).status == 64)
    #expect(try Program.run(["vocabulary", "suggest", "/nowhere/x.csv"] + index).status == 1)
  }
}
