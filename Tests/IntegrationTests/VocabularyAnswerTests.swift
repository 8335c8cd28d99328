import Foundation
import TestSupport
import Testing

/// What programs read of the answers of `ecluse vocabulary`, and what people may leave out.
struct VocabularyAnswerTests {
  private static let vocabulary = Project.vocabulary.path

  private static func run(_ arguments: String..., in folder: URL? = nil) throws -> Program.Ending {
    try Program.run(["vocabulary"] + arguments, in: folder)
  }

  private struct Page: Decodable {
    struct Reference: Decodable { var standard: String }
    var concept: Reference
    var standard: String
    var targets: [Reference]
    var validStart: String
    var validEnd: String
  }

  @Test func `a concept has days and the same word for standard everywhere`() throws {
    let shown = try Self.run("show", Self.vocabulary, "snomed:44054006", "--format", "json")
    let page = try JSONDecoder().decode(Page.self, from: Data(shown.output.utf8))
    #expect(page.validEnd == "2099-12-31")
    #expect(page.validStart.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil)
    #expect(page.standard == "S" && page.concept.standard == "S")
    #expect(page.targets.map(\.standard) == ["S"])
    #expect(!shown.output.contains("isStandard"))
    let text = try Self.run("show", Self.vocabulary, "SNOMED:44054006").output
    #expect(text.contains("valid \(page.validStart) to 2099-12-31"))
  }

  private struct Hit: Decodable { var id: Int64, code: String, found: String }

  @Test func `a concept is found by its id, and by its vocabulary and code`() throws {
    for text in ["201826", "SNOMED:44054006", "snomed:44054006"] {
      let found = try Self.run("search", Self.vocabulary, text, "--format", "json")
      let hits = try JSONDecoder().decode([Hit].self, from: Data(found.output.utf8))
      #expect(hits.first?.id == 201_826, "\(text)")
      #expect(hits.first?.found == "code")
      #expect(Set(hits.map(\.id)).count == hits.count)
    }
    // What the filter does not admit is not found so either.
    #expect(try Self.run("search", Self.vocabulary, "201826", "--domain", "drug").status == 1)
    let none = try Self.run("search", Self.vocabulary, "x", "--vocabulary", "NOPE")
    #expect(!none.errors.contains("did you mean None?"))
  }

  private struct Row: Decodable, Equatable { var code: String, source: Int64, target: Int64 }

  @Test func `codes are looked up for programs too`() throws {
    try withTemporaryFolder { folder in
      let list = folder.appendingPathComponent("codes.txt")
      try Data("44054006\nno \"such\", code\n".utf8).write(to: list)
      let found = try Self.run(
        "lookup", Self.vocabulary, list.path, "--vocabulary", "snomed", "--format", "json")
      #expect(found.status == 0, "\(found.errors)")
      #expect(
        try JSONDecoder().decode([Row].self, from: Data(found.output.utf8)) == [
          Row(code: "44054006", source: 201_826, target: 201_826),
          Row(code: "no \"such\", code", source: 0, target: 0),
        ])
      try Data().write(to: list)
      let none = try Self.run(
        "lookup", Self.vocabulary, list.path, "--vocabulary", "SNOMED", "--format", "json")
      #expect(none.output == "[]\n")
      let file = folder.appendingPathComponent("rows.csv")
      for text in ["44054006\n44054006\n", "44054006\n"] {
        try Data(text.utf8).write(to: list)
        let arguments = [
          "vocabulary", "lookup", Self.vocabulary, list.path, "--vocabulary", "SNOMED", "-o",
          file.path,
        ]
        #expect(try Program.run(arguments).status == 0)
      }
      #expect(
        try String(contentsOf: file, encoding: .utf8)
          == "source_code,source_concept_id,target_concept_id\n44054006,201826,201826\n")
    }
  }

  @Test func `what an index was made without is said`() throws {
    try withTemporaryFolder { folder in
      let index = folder.appendingPathComponent("v.index").path
      #expect(
        try Self.run("build", Self.vocabulary, "--only", "lookup", "-o", index).status == 0)
      let info = try Self.run("info", index).output
      #expect(info.contains("ingredients of drugs: not in this index\n"))
      #expect(info.contains("strengths of drugs: not in this index\n"))
      let found = try Self.run("search", index, "type 2 diabetes")
      #expect(found.status == 0)
      #expect(found.errors.contains("the index was made without synonyms"))
    }
  }

  @Test func `what cannot be evaluated is told to programs too`() throws {
    struct Answer: Decodable { var isEvaluable: Bool, pairs: Int }
    let ending = try Self.run(
      "suggest", "--evaluate", "--index", Self.vocabulary, "--format", "json")
    #expect(ending.status == 1)
    let answer = try JSONDecoder().decode(Answer.self, from: Data(ending.output.utf8))
    #expect(!answer.isEvaluable && answer.pairs < 1_000)
  }

  @Test func `suggestions are written into a file`() throws {
    try withTemporaryFolder { folder in
      let codes = folder.appendingPathComponent("codes.csv").path
      try Data("source_code,source_name\nX1,diabetes\n".utf8)
        .write(to: URL(fileURLWithPath: codes))
      let made = try Self.run(
        "suggest", codes, "--index", Self.vocabulary, "--format", "csv", "-o", "out.csv",
        in: folder)
      #expect(made.status == 0, "\(made.errors)")
      #expect(made.output.isEmpty)
      let printed = try Self.run(
        "suggest", codes, "--index", Self.vocabulary, "--format", "csv")
      #expect(
        try String(contentsOf: folder.appendingPathComponent("out.csv"), encoding: .utf8)
          == printed.output)
    }
  }

  private struct Findings: Decodable {
    struct Finding: Decodable { var code: String, fixable: Bool, file: String, line: Int }
    struct Change: Decodable { var file: String, line: Int, before: String, after: String }
    struct File: Decodable { var file: String }
    var changes: [Change]
    var diagnostics: [Finding]
    var files: [File]
    var mended: Int
  }

  private static func findings(_ ending: Program.Ending) throws -> Findings {
    try JSONDecoder().decode(Findings.self, from: Data(ending.output.utf8))
  }

  @Test func `findings say which of them --fix mends, and it says what it mended`() throws {
    try withTemporaryFolder { folder in
      try Data("source,concept_id\nM ,8507\nF,85321\n".utf8)
        .write(to: folder.appendingPathComponent("map.csv"))
      func check(_ more: String...) throws -> Program.Ending {
        try Program.run(
          ["vocabulary", "check", "map.csv", "--vocabulary", Self.vocabulary] + more, in: folder)
      }
      let found = try Self.findings(try check("--format", "json"))
      #expect(found.diagnostics.map(\.code) == ["blank-ends", "unknown-concept"])
      #expect(found.diagnostics.map(\.fixable) == [true, false])
      #expect(found.changes.isEmpty)
      #expect(try check().output.components(separatedBy: "--fix does it").count == 2)
      let fixed = try Self.findings(try check("--fix", "--format", "json"))
      #expect(fixed.mended == 1)
      #expect(fixed.changes.map { "\($0.line)|\($0.before)|\($0.after)" } == ["2|M |M"])
      #expect(fixed.diagnostics.map(\.code) == ["unknown-concept"])
    }
  }

  @Test func `local concepts are checked as what they are`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("local_concepts.csv")
      let head = "vocabulary_id,concept_code,concept_name,domain_id,maps_to\n"
      try Data("\(head)HCL,x,Ours,Drug,9191\nHCL,y,Too,Drug,77777777\n".utf8).write(to: file)
      func check(_ place: String) throws -> Program.Ending {
        try Self.run(
          "check", place, "--vocabulary", Self.vocabulary, "--format", "json", in: folder)
      }
      let without = try Self.findings(try check("local_concepts.csv"))
      #expect(
        without.diagnostics.map(\.code)
          == ["no-local-id", "no-local-id", "unknown-concept"])
      let taken = "2000000003,HCL,x\n2000000004,HCL,y\n"
      try Data("concept_id,vocabulary_id,concept_code\n\(taken)".utf8).write(
        to: folder.appendingPathComponent("local_concept_ids.csv"))
      let names = ["local_concepts.csv", "local_concept_ids.csv", "."]
      for (place, name) in zip(names, [names[0], names[0], "./\(names[0])"]) {
        let ending = try check(place)
        #expect(ending.status == 2)
        let found = try Self.findings(ending)
        #expect(found.diagnostics.map(\.code) == ["unknown-concept"], "\(ending.text)")
        #expect(found.diagnostics.map(\.line) == [3])
        #expect(found.files.map(\.file) == [name])
      }
    }
  }

  @Test func `a folder without mapping files fails, and a file named twice is checked once`() throws
  {
    try withTemporaryFolder { folder in
      let none = try Self.run("check", folder.path, "--vocabulary", Self.vocabulary)
      #expect(none.status == 1)
      #expect(none.errors.contains("the folder has no mapping file"))
      try Data("source,concept_id\nM,8507\n".utf8)
        .write(to: folder.appendingPathComponent("map.csv"))
      let twice = try Self.run(
        "check", ".", "map.csv", "--vocabulary", Self.vocabulary, in: folder)
      #expect(twice.output.contains(": 1 file, 1 row, 0 errors"), "\(twice.text)")
    }
  }
}
