import Engine
import Foundation
import TestSupport
import Testing
import Vocabulary

/// `ecluse vocabulary check` over the mapping files of the project and broken copies of them.
struct VocabularyCheckTests {
  private struct Page: Decodable {
    struct Finding: Decodable {
      var code: String, severity: String, file: String, line: Int, column: Int, row: String
      var message: String
    }
    struct Comparison: Decodable { var run: Int, compared: [String], notCompared: [String] }
    struct File: Decodable { var file: String, rows: Int, fixes: Int }
    var asOf: String
    var diagnostics: [Finding]
    var files: [File]
    var mended: Int
    var run: Comparison?
  }

  /// A copy of the project's pipelines, mappings and vocabulary.
  private static func withCopy<Result>(_ body: (URL) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
      for name in ["pipelines", "mappings", "sample-data"] {
        try FileManager.default.copyItem(
          at: Project.root.appendingPathComponent(name),
          to: folder.appendingPathComponent(name))
      }
      return try body(folder)
    }
  }

  private static func change(_ file: URL, _ old: String, _ new: String) throws {
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text.contains(old))
    try Data(text.replacing(old, with: new).utf8).write(to: file)
  }

  private static func run(_ folder: URL, _ arguments: String...) throws -> Program.Ending {
    try Program.run(["vocabulary", "check"] + arguments, in: folder)
  }

  @Test func `the files of the project are as they should be`() throws {
    try Self.withCopy { folder in
      let ending = try Self.run(folder, "--as-of", "2026-01-01")
      #expect(ending.status == 0, "\(ending.text)")
      #expect(ending.output.contains("as of 2026-01-01"))
      #expect(ending.output.contains("12 files"))
      #expect(ending.output.contains("no pipeline uses them: mappings/synthea_units.csv"))
      #expect(ending.output.contains("0 errors, 0 warnings, 0 notes"))
    }
  }

  @Test func `the remedy names the nearest standard parent, as far as the vocabulary has it`()
    throws
  {
    try Self.withCopy { folder in
      func add(_ name: String, _ lines: String...) throws {
        let file = folder.appendingPathComponent("sample-data/vocabulary/\(name).csv")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data((text + lines.map { $0 + "\n" }.joined()).utf8).write(to: file)
      }
      try add(
        "CONCEPT",
        "900007\tHypertension of one kind\tCondition\tSNOMED\tClinical Finding\t\tx7\t19700101\t20991231\t"
      )
      try add(
        "CONCEPT_RELATIONSHIP", "900007\t320128\tIs a\t19700101\t20991231\t",
        "320128\t900007\tSubsumes\t19700101\t20991231\t")
      let map = folder.appendingPathComponent("mappings/cim10.csv")
      try Self.change(map, "(primitive),320128,", "(primitive),900007,")
      func hint() throws -> String { try Self.run(folder).output }
      let parent = "its nearest standard parent is 320128 (Essential hypertension)"
      // RELATIONSHIP.csv does not know the relationship: the files do not belong together.
      #expect(try !hint().contains(parent))
      #expect(try hint().contains("non-standard-concept"))
      try add(
        "RELATIONSHIP", "Is a\tIs a\t1\t0\tSubsumes\t44818723",
        "Subsumes\tSubsumes\t1\t0\tIs a\t44818821")
      #expect(try hint().contains(parent))
    }
  }

  @Test func `mistakes are found as the pipelines use the files`() throws {
    try Self.withCopy { folder in
      try Self.change(
        folder.appendingPathComponent("mappings/hcl_sex.csv"), "8507,MALE", "8753,MALE")
      try Self.change(
        folder.appendingPathComponent("mappings/cim10.csv"), "A41.9,0", "A41.9 ,0")
      let ending = try Self.run(folder, "--format", "json", "--as-of", "2026-01-01")
      #expect(ending.status == 2)
      let page = try JSONDecoder().decode(Page.self, from: Data(ending.output.utf8))
      #expect(page.asOf == "2026-01-01")
      #expect(
        page.diagnostics.map { "\($0.code) \($0.file):\($0.line):\($0.column)" } == [
          "blank-ends mappings/cim10.csv:2:6", "other-domain mappings/hcl_sex.csv:2:12",
          "other-concept-name mappings/hcl_sex.csv:2:17",
        ])
      #expect(page.diagnostics.last?.row == "M,Masculin,8753,MALE")
      #expect(page.files.first { $0.file == "mappings/cim10.csv" }?.fixes == 1)
      // One file alone, and only errors fail.
      let one = try Self.run(folder, "mappings/hcl_sex.csv", "--fail-on", "error")
      #expect(one.status == 0)
      #expect(one.output.contains("^^^^"))
      // The project's own check says the same.
      let check = try Program.run(["check", "pipelines/emc2.yaml"], in: folder)
      #expect(check.status == 0)
      for code in ["blank-ends", "other-domain", "other-concept-name"] {
        #expect(check.errors.contains("[\(code)]"))
      }
      let sarif = try Self.run(folder, "--format", "sarif")
      #expect(sarif.status == 2)
      #expect(sarif.output.contains("\"ruleId\": \"blank-ends\""))
      #expect(sarif.output.contains("\"uri\": \"mappings/cim10.csv\""))
    }
  }

  @Test func `an error in a mapping file stops check and test alike`() throws {
    try Self.withCopy { folder in
      try Self.change(
        folder.appendingPathComponent("mappings/hcl_units.csv"), "kg,,9529,kilogram",
        "kg,,1545958,atorvastatin")
      for command in ["check", "test"] {
        let ending = try Program.run([command, "pipelines/emc2.yaml"], in: folder)
        #expect(ending.status == 2)
        #expect(ending.errors.contains("hcl_units.csv:17:5: error: "), "\(ending.errors)")
        #expect(ending.errors.contains("[unit-target]"))
      }
    }
  }

  @Test func `what leaves no choice is mended, byte by byte, and shown`() throws {
    try Self.withCopy { folder in
      let file = folder.appendingPathComponent("mappings/cim10.csv")
      let good = try Data(contentsOf: file)
      try Self.change(file, "A41.9,0", "A41.9\u{A0},0")
      let bad = try Data(contentsOf: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
      let dry = try Self.run(folder, "mappings/cim10.csv", "--fix", "--dry-run")
      #expect(dry.status == 2)
      #expect(
        dry.output.contains("--- mappings/cim10.csv\n+++ mappings/cim10.csv\n@@ -1,5 +1,5 @@"))
      #expect(dry.output.contains("\n+A41.9,0,CIM10"))
      #expect(try Data(contentsOf: file) == bad)
      let fixed = try Self.run(folder, "mappings/cim10.csv", "--fix")
      #expect(fixed.status == 0, "\(fixed.text)")
      #expect(fixed.output.contains("1 change made"))
      #expect(try Data(contentsOf: file) == good)
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
      #expect((mode as? NSNumber)?.intValue == 0o640)
      let names = try FileManager.default.contentsOfDirectory(
        atPath: file.deletingLastPathComponent().path)
      #expect(!names.contains { $0.hasSuffix(".new") })
    }
  }

  @Test func `a file may be checked without a project, and with the codes of the data`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("map.csv")
      try Data("source,concept_id\n01,8507\nF,8532\n".utf8).write(to: file)
      let codes = folder.appendingPathComponent("codes.csv")
      try Data("code,count\n1,30\nF,40\nX,5\n".utf8).write(to: codes)
      let vocabulary = Project.vocabulary.path
      let plain = try Self.run(folder, "map.csv", "--vocabulary", vocabulary)
      #expect(plain.status == 0, "\(plain.text)")
      let ending = try Self.run(
        folder, "map.csv", "--vocabulary", vocabulary, "--codes", "codes.csv")
      #expect(ending.status == 2)
      #expect(
        ending.output.contains(
          "map.csv:2:1: warning: the data has `1` (30 rows), the file only `01`"))
      #expect(ending.output.contains("2 codes of the data are not in the file, with 35 rows"))
    }
  }

  @Test func `a run of the sample says which codes it has otherwise, and of few persons nothing`()
    throws
  {
    try Self.withCopy { folder in
      let target = folder.appendingPathComponent("cdm.sqlite")
      let ran = try Program.run(
        Program.arguments(data: try Samples.of(persons: Project.size), target: target))
      #expect(ran.status == 0, "\(ran.text)")
      let counts = try CodeCounts.read(
        try #require(StateFolder(target: target.path).runs.last).codes
      ).codes.filter { $0.mapping == "cim10" }
      let file = folder.appendingPathComponent("mappings/cim10.csv")
      let text = try String(contentsOf: file, encoding: .utf8)
      // A frequent code that has no concept, a rare one, and one that nobody has.
      let frequent = try #require(
        counts.filter { $0.outcome == .unmapped && $0.persons >= 11 }
          .max { $0.persons < $1.persons }?.code)
      let rare = try #require(
        counts.first { count in
          count.outcome == .unmapped && count.persons < 11
            && !counts.contains { $0.code == count.code && $0.persons >= 11 }
        }?.code)
      #expect(!text.contains("\n\(frequent),") && !text.contains("\n\(rare),"))
      func row(_ code: String) -> String {
        "\(code),0,CIM10,planted,320128,SNOMED,1970-01-01,2099-12-31,\n"
      }
      let lines = text.split(separator: "\n").count
      try Data((text + row(frequent.lowercased()) + row(rare) + row("NOBODY")).utf8).write(to: file)
      let ending = try Self.run(
        folder, "--run", target.path, "--format", "json", "--as-of", "2026-01-01")
      #expect(ending.status == 2, "\(ending.text)")
      let page = try JSONDecoder().decode(Page.self, from: Data(ending.output.utf8))
      let found = page.diagnostics.filter { $0.file == "mappings/cim10.csv" && $0.line > lines }
      #expect(
        found.map { "\($0.severity) \($0.code) \($0.line - lines):\($0.column)" } == [
          "warning code-written-otherwise 1:1", "note code-not-in-data 2:1",
          "note code-not-in-data 3:1",
        ])
      #expect(found.first?.message.contains("`\(frequent)` (") == true)
      // Of a rare code the same is said as of one that nobody has.
      #expect(
        found.dropFirst().map(\.message)
          == [rare, "NOBODY"].map {
            "fewer than 11 persons of run 1 have the code `\($0)`, or none"
          })
      #expect(page.run?.run == 1)
      #expect(page.run?.compared.contains("mappings/cim10.csv") == true)
      #expect(page.run?.notCompared.contains("mappings/cim10.csv") == false)

      // Without the row of the file nothing tells the rare code.
      try Data((text + row("NOBODY")).utf8).write(to: file)
      for format in ["text", "json", "sarif"] {
        let ending = try Self.run(
          folder, "--run", target.path, "--format", format, "--limit", "1000")
        #expect(ending.text.contains("NOBODY"))
        let few = counts.filter { count in
          count.persons < 11 && count.outcome == .unmapped
            && count.code.map { $0.count > 2 } == true
            && !counts.contains { $0.code == count.code && $0.persons >= 11 }
        }.compactMap(\.code)
        #expect(!few.isEmpty)
        for code in few { #expect(!ending.text.contains("`\(code)`"), "\(code)") }
        for code in few { #expect(!ending.text.contains(" \(code) ("), "\(code)") }
      }
    }
  }

  @Test func `a run is compared with the files that it used, as far as it counted their codes`()
    throws
  {
    try withTemporaryFolder { folder in
      for name in ["whole", "cut", "unused"] {
        try Data("source_code,target_concept_id\nA,320128\nB,320128\n".utf8).write(
          to: folder.appendingPathComponent("\(name).csv"))
      }
      func count(
        _ map: String, _ code: String?, _ outcome: CodeCount.Outcome = .mappedByFile
      ) -> CodeCount {
        CodeCount(
          pipeline: "p", rule: "r", table: "condition_occurrence", field: "condition_concept_id",
          domain: "condition", vocabulary: nil, mapping: map, code: code, outcome: outcome,
          records: 40, persons: code == nil ? 0 : 20)
      }
      let state = StateFolder(target: folder.appendingPathComponent("cdm").path)
      try state.create()
      try CodeCounts(
        [count("whole", "A"), count("cut", "A"), count("cut", nil, .restUnmapped)], precision: 0
      ).write(to: try state.beginRun().codes)
      let files = ["whole.csv", "cut.csv", "unused.csv"]
      func check(_ more: String...) throws -> Program.Ending {
        try Program.run(
          ["vocabulary", "check"] + files + ["--vocabulary", Project.vocabulary.path] + more,
          in: folder)
      }
      let ending = try check("--run", "cdm", "--fail-on", "note")
      #expect(ending.status == 2)
      let notes = ending.output.split(separator: "\n").filter { $0.contains(" note: ") }
      #expect(
        notes.map { String($0.prefix(14)) } == ["whole.csv:3:1:"], "\(ending.text)")
      #expect(ending.output.contains("compared with run 1: whole.csv, cut.csv\n"))
      #expect(ending.output.contains("not compared, as run 1 counted no codes of them: unused.csv"))
      #expect(ending.output.contains("no code is called absent"))
      #expect(try check("--run", "cdm", "--codes", "whole.csv").status == 64)
      #expect(try check("--run", "cdm", "--run-number", "2").status == 1)
      #expect(try check("--run-number", "1").status == 64)
    }
  }

  @Test func `the log for editors has the fixes, as its format asks`() throws {
    try Self.withCopy { folder in
      let file = folder.appendingPathComponent("mappings/cim10.csv")
      try Self.change(file, "A41.9,0", "A41.9 ,0")
      let text = try String(contentsOf: file, encoding: .utf8)
      let sarif = try Self.run(folder, "mappings/cim10.csv", "--format", "sarif")
      #expect(sarif.status == 2)
      let log = try JSONSerialization.jsonObject(with: Data(sarif.output.utf8))
      #expect(SARIFRules.violations(in: log) == [])
      let fixes = SARIFRules.fixes(in: log)
      #expect(fixes.map(\.uri) == ["mappings/cim10.csv"])
      // Applied by hand, the log mends the file as the program does.
      let region = try #require(fixes.first)
      var lines = text.components(separatedBy: "\n")
      var scalars = Array(lines[region.startLine - 1].unicodeScalars)
      #expect(region.startLine == region.endLine)
      scalars.replaceSubrange(
        region.startColumn - 1..<region.endColumn - 1, with: region.text.unicodeScalars)
      lines[region.startLine - 1] = String(String.UnicodeScalarView(scalars))
      let fixed = try Self.run(folder, "mappings/cim10.csv", "--fix")
      #expect(fixed.status == 0, "\(fixed.text)")
      #expect(try String(contentsOf: file, encoding: .utf8) == lines.joined(separator: "\n"))
      let after = try Self.run(folder, "mappings/cim10.csv", "--format", "sarif").output
      #expect(!after.contains("\"fixes\""))
    }
  }

  @Test func `a part that no row can take is told without a project too`() throws {
    try withTemporaryFolder { folder in
      let rows = "D1,APPROVED,4193704,MAPS_TO\nD1,APPROVED,9529,MAPS_TO_UNIT\n"
      try Data("sourceCode,mappingStatus,conceptId,mappingType\n\(rows)".utf8)
        .write(to: folder.appendingPathComponent("map.csv"))
      let ending = try Self.run(
        folder, "map.csv", "--vocabulary", Project.vocabulary.path, "--as-of", "2026-01-01")
      #expect(ending.status == 2)
      #expect(
        ending.output.contains("map.csv:3:13: warning: the unit of the code D1 is not used"),
        "\(ending.text)")
      #expect(ending.output.contains("0 errors, 1 warning, 0 notes"))
    }
  }

  @Test func `wrong usage is told`() throws {
    try withTemporaryFolder { folder in
      #expect(try Self.run(folder).status == 1)
      #expect(try Self.run(folder, "--dry-run").status == 64)
      #expect(try Self.run(folder, "--as-of", "yesterday").status == 64)
      let vocabulary = Project.vocabulary.path
      let none = try Self.run(folder, "none.csv", "--vocabulary", vocabulary)
      #expect(none.status == 1)
      #expect(none.errors.contains("no such file or folder"))
      let list = try Self.run(folder, "--list")
      #expect(list.status == 0)
      #expect(list.output.contains("  look-alike-codes (warning)"))
      #expect(try Self.run(folder, "--list", "--format", "json").output.contains("\"fixable\""))
    }
  }

  @Test func `the guide lists every code, as the program does`() throws {
    let guide = try String(
      contentsOf: Project.root.appendingPathComponent("docs/guide-mapping-author.md"),
      encoding: .utf8)
    #expect(guide.contains(MappingRule.table))
  }
}
