import Engine
import Foundation
import TestSupport
import Testing
import Vocabulary

/// `ecluse vocabulary impact` and `upgrade`.
struct ImpactTests {
  private struct Report: Decodable {
    struct Total: Decodable {
      var kind: String
      var codes: Int
      var records: Int?
      var personsAtMost: Int?
      var uncountedCodes: Int?
      var hiddenCodes: Int
    }
    struct Finding: Decodable {
      struct Concept: Decodable { var id: Int64, name: String }
      var kinds: [String]
      var code: String
      var pipeline: String?
      var rules: [String]
      var before: [Concept]
      var after: [Concept]
      var tablesBefore: [String]?
      var tablesAfter: [String]?
      var records: Int?
      var persons: Int?
    }
    var totals: [Total]
    var findings: [Finding]
    var hiddenCodes: Int
    var strangers: Int
    var changedRecords: Int?
    var changedPersonsAtMost: Int?
    var localConceptsOnlyIn: String?

    func total(_ kind: String) throws -> Total { try #require(totals.first { $0.kind == kind }) }

    func finding(_ code: String) throws -> Finding {
      try #require(findings.first { $0.code == code })
    }
  }

  /// Two releases, and a run whose codes have ten and eleven persons.
  private struct Site {
    let folder: URL
    var old: String { folder.appendingPathComponent("old").path }
    var new: String { folder.appendingPathComponent("new").path }
    var target: String { folder.appendingPathComponent("cdm").path }

    static let name = "<b>\"one\" & 'only'</b> | `x`"

    init(_ folder: URL) throws {
      self.folder = folder
      func concept(_ id: Int64, _ vocabulary: String, _ code: String, _ name: String) -> Concept {
        Concept(
          id: id, code: code, vocabulary: vocabulary, domain: "Condition", name: name,
          standard: vocabulary == "SNOMED" ? "S" : "")
      }
      let concepts = [
        concept(1, "SNOMED", "s1", Site.name), concept(2, "SNOMED", "s2", "two"),
        concept(11, "ICD10", "ELEVEN", "of eleven"), concept(12, "ICD10", "TEN", "of ten"),
        concept(13, "ICD10", "NOBODY", "of nobody"), concept(14, "ICD10", "MANY", "of many"),
      ]
      let own: [(Int64, Int64)] = [(1, 1), (2, 2)]
      _ = try AthenaFolder(
        folder.appendingPathComponent("old"), concepts: concepts,
        mapsTo: own + [(11, 1), (12, 1), (13, 1), (14, 1)])
      _ = try AthenaFolder(
        folder.appendingPathComponent("new"), concepts: concepts,
        mapsTo: own + [(11, 2), (14, 1)])
      try Data("source_code,target_concept_id\nFILED,1\nUNUSED,1\n".utf8).write(
        to: folder.appendingPathComponent("own.csv"))
      func count(
        _ code: String, _ records: Int, _ persons: Int, map: String? = nil
      ) -> CodeCount {
        CodeCount(
          pipeline: "p", rule: "r", table: "condition_occurrence", field: "condition_concept_id",
          domain: "condition", vocabulary: "ICD10", mapping: map, code: code, name: "run's \(code)",
          outcome: map == nil ? .mappedByVocabulary : .mappedByFile, records: records,
          persons: persons, concepts: [1])
      }
      let state = StateFolder(target: target)
      try state.create()
      let run = try state.beginRun()
      try CodeCounts(
        [
          count("ELEVEN", 2_022, 11), count("TEN", 1_234_567, 10), count("MANY", 99_999, 999),
          count("FILED", 7_654_321, 10, map: "own"),
        ], precision: 1 / 128
      ).write(to: run.codes)
    }

    func impact(_ more: String...) throws -> Program.Ending {
      try Program.run(["vocabulary", "impact", "--from", old, "--to", new] + more)
    }
  }

  private func report(_ ending: Program.Ending) throws -> Report {
    #expect(ending.status == 0, "\(ending.errors)")
    return try JSONDecoder().decode(Report.self, from: Data(ending.output.utf8))
  }

  @Test func `a code of eleven persons is told, of ten it is only counted`() throws {
    try withTemporaryFolder { folder in
      let site = try Site(folder)
      let found = try report(try site.impact("--run", site.target, "--format", "json"))
      #expect(found.findings.map(\.code) == ["ELEVEN"])
      #expect(found.findings.first?.kinds == ["changed"])
      #expect(found.findings.first?.records == 2_022)
      #expect(found.findings.first?.persons == 11)
      #expect(found.findings.first?.rules == ["r"])
      #expect(found.hiddenCodes == 1)
      #expect(try found.total("lost").hiddenCodes == 1)
      #expect(try found.total("lost").codes == 0)
      #expect(found.changedRecords == 2_022)
      #expect(found.changedPersonsAtMost == 11)
      #expect(found.strangers == 0)
      // A table adds up to what it lists.
      let moved = folder.appendingPathComponent("moved.csv")
      try Data("source_code,target_concept_id\nELSE,11\n".utf8).write(to: moved)
      let listed = try report(
        try site.impact("--run", site.target, "--format", "json", "--mappings", moved.path))
      for total in listed.totals {
        let few = listed.findings.filter { $0.kinds.contains(total.kind) && $0.records == nil }
        #expect(total.uncountedCodes == few.count)
      }
      #expect(listed.findings.contains { $0.records == nil })
      for format in ["text", "markdown", "html", "json"] {
        for more in [[], ["--mappings", folder.appendingPathComponent("own.csv").path]] {
          let ending = try Program.run(
            [
              "vocabulary", "impact", "--from", site.old, "--to", site.new, "--run", site.target,
              "--format", format,
            ] + more)
          #expect(ending.text.contains("ELEVEN"))
          let few = LeakSearch([
            "code": "TEN", "name": "of ten", "rows": "1234567", "other rows": "7654321",
            "name of the run": "run's FILED",
          ])
          #expect(few.found(in: ending.text.replacing("\u{202F}", with: "")) == [])
        }
      }
    }
  }

  @Test func `names stand for themselves in HTML and Markdown`() throws {
    try withTemporaryFolder { folder in
      let site = try Site(folder)
      let page = folder.appendingPathComponent("page.html")
      let ending = try site.impact(
        "--run", site.target, "--format", "html", "--output", page.path)
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(ending.output.isEmpty)
      let html = try String(contentsOf: page, encoding: .utf8)
      #expect(html.hasPrefix("<!doctype html>"))
      #expect(html.contains("&lt;b&gt;&quot;one&quot; &amp; &#39;only&#39;&lt;/b&gt;"))
      #expect(!html.contains("<b>"))
      let markdown = try site.impact("--run", site.target, "--format", "markdown").output
      #expect(markdown.contains("&lt;b>\"one\" &amp; 'only'&lt;/b> \\| \\`x\\`"))
    }
  }

  @Test func `kinds decide about the exit code, and codes must come from somewhere`() throws {
    try withTemporaryFolder { folder in
      let site = try Site(folder)
      #expect(try site.impact("--run", site.target, "--fail-on", "gained,missing-code").status == 0)
      let lost = try site.impact("--run", site.target, "--fail-on", "lost")
      #expect(lost.status == 1)
      #expect(lost.errors.contains("lost: 1 code"))
      let wrong = try site.impact("--run", site.target, "--fail-on", "losst")
      #expect(wrong.status == 64)
      #expect(wrong.errors.contains("did you mean lost?"))
      #expect(try site.impact().status == 64)
      #expect(try site.impact("--vocabulary", "ICD10", "--state", "x").status == 64)
      let all = try report(try site.impact("--vocabulary", "ICD10", "--format", "json"))
      #expect(all.findings.map(\.code) == ["ELEVEN", "NOBODY", "TEN"])
      #expect(all.findings.map(\.records) == [nil, nil, nil])
      let near = try site.impact("--vocabulary", "ICD1O")
      #expect(near.status == 1)
      #expect(near.errors.contains("did you mean ICD10?"))
    }
  }

  /// The sample's vocabulary in a release of tomorrow.
  private func tomorrow(_ folder: URL) throws -> AthenaFolder {
    let new = try AthenaFolder(
      copying: Project.vocabulary, to: folder.appendingPathComponent("tomorrow"))
    func snomed(
      _ id: Int64, _ code: String, _ name: String, domain: String = "Condition",
      isValid: Bool = true
    ) -> Concept {
      Concept(
        id: id, code: code, vocabulary: "SNOMED", domain: domain, name: name,
        conceptClass: "Clinical Finding", standard: isValid ? "S" : "",
        invalidReason: isValid ? "" : "U")
    }
    try new.replace(
      [
        snomed(320_128, "59621000", "Essential hypertension", isValid: false),
        snomed(316_866, "38341003", "Hypertensive disorder"),
        snomed(439_777, "271737000", "Anemia", domain: "Measurement"),
      ],
      mapsTo: [
        (320_128, 316_866), (316_866, 316_866), (439_777, 439_777), (21_601_518, 1_545_958),
      ])
    return new
  }

  @Test func `the sample's next release is told, and its mappings are brought up to it`() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("cdm.sqlite")
      let ran = try Program.run(
        Program.arguments(data: try Samples.of(persons: Project.size), target: target))
      #expect(ran.status == 0, "\(ran.text)")
      let new = try tomorrow(folder)
      let mappings = folder.appendingPathComponent("mappings")
      try FileManager.default.copyItem(
        at: Project.root.appendingPathComponent("mappings"), to: mappings)
      let both = ["--from", Project.vocabulary.path, "--to", new.path, "--run", target.path]
      let json = ["vocabulary", "impact", "--format", "json", "--mappings", mappings.path]
      let before = try report(try Program.run(json + both))
      #expect(before.strangers == 0)
      let database = try Database(target)
      func rows(_ concept: Int) throws -> Int? {
        try database.column(
          "SELECT count(*) FROM condition_occurrence WHERE condition_concept_id = \(concept)"
        ).first.flatMap { Int($0) }
      }
      let hypertension = try before.finding("I10")
      #expect(hypertension.kinds == ["changed", "deprecated-target"])
      #expect(hypertension.records == (try rows(320_128)))
      #expect(hypertension.after.map(\.id) == [316_866])
      let anaemia = try before.finding("D64.9")
      #expect(anaemia.kinds == ["domain-moved"])
      #expect(anaemia.records == (try rows(439_777)))
      #expect(anaemia.tablesBefore == ["condition_occurrence"])
      #expect(anaemia.tablesAfter == ["measurement"])
      let gained = try before.finding("C03CA01")
      #expect(gained.kinds == ["gained"])
      #expect(gained.before.isEmpty)
      #expect((gained.records ?? 0) > 0)
      #expect(Set(before.findings.map(\.code)) == ["I10", "D64.9", "C03CA01"])

      let file = mappings.appendingPathComponent("cim10.csv")
      let text = try String(contentsOf: file, encoding: .utf8)
      let upgrade = ["vocabulary", "upgrade", mappings.path] + both
      let dry = try Program.run(upgrade + ["--dry-run"])
      #expect(dry.status == 0, "\(dry.text)")
      #expect(try String(contentsOf: file, encoding: .utf8) == text)
      let done = try Program.run(upgrade)
      #expect(done.status == 0, "\(done.text)")
      #expect(done.output == dry.output)
      #expect(done.output.contains("+++ \(file.path)\n@@ -"))
      #expect(done.output.split(separator: "\n").count == 5)
      #expect(done.errors.contains("targets replaced: 1"))
      #expect(done.errors.contains("let vocabulary: of the project name \(new.path)\n"))
      let changed = try #require(before.changedRecords)
      #expect(
        done.errors.replacing("\u{202F}", with: "").contains("with this release \(changed) rows"))
      #expect(
        try String(contentsOf: file, encoding: .utf8)
          == text.replacing(",320128,SNOMED,", with: ",316866,SNOMED,"))
      let after = try report(try Program.run(json + both))
      #expect(!after.findings.contains { $0.kinds.contains("deprecated-target") })
    }
  }

  @Test func `local concepts are taken along, and a reviewed code is told that has a target now`()
    throws
  {
    try withTemporaryFolder { folder in
      func concept(_ id: Int64, _ vocabulary: String, _ code: String) -> Concept {
        Concept(
          id: id, code: code, vocabulary: vocabulary, domain: "Condition", name: "name of \(code)",
          standard: vocabulary == "SNOMED" ? "S" : "")
      }
      let concepts = [concept(1, "SNOMED", "s1"), concept(11, "ICD10", "LATER")]
      let old = try AthenaFolder(
        folder.appendingPathComponent("old"), concepts: concepts, mapsTo: [(1, 1)])
      let new = try AthenaFolder(
        folder.appendingPathComponent("new"), concepts: concepts, mapsTo: [(1, 1), (11, 1)])
      let mappings = folder.appendingPathComponent("mappings")
      try FileManager.default.createDirectory(at: mappings, withIntermediateDirectories: true)
      func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: mappings.appendingPathComponent(name))
      }
      try write(
        "local_concepts.csv",
        "vocabulary_id,concept_code,concept_name,domain_id,concept_class_id,standard_concept\n"
          + "OURS,X,our own,Condition,Condition,S\n")
      let assigned = try Program.run(
        ["vocabulary", "local", "assign", mappings.path, "--vocabulary", old.path])
      #expect(assigned.status == 0, "\(assigned.text)")
      try write(
        "map.csv",
        "source_code,source_vocabulary_id,target_concept_id\nA,OURS,2000000001\nLATER,ICD10,0\n")
      let index = folder.appendingPathComponent("old.index").path
      let built = try Program.run(
        ["vocabulary", "build", old.path, "--output", index, "--local", mappings.path])
      #expect(built.status == 0, "\(built.text)")
      let remark = "local concepts stand in the release in use alone"
      for (from, more, only) in [
        (index, [], "from"), (index, ["--local", mappings.path], nil),
        (old.path, [], nil), (old.path, ["--local", mappings.path], nil),
      ] {
        let releases = ["--from", from, "--to", new.path] + more
        let impact = ["vocabulary", "impact", "--mappings", mappings.path] + releases
        let found = try report(try Program.run(impact + ["--format", "json"]))
        #expect(found.findings.map(\.code) == ["LATER"])
        #expect(found.findings.first?.kinds == ["reviewed-gained"])
        #expect(found.findings.first?.after.map(\.id) == [1])
        #expect(try found.total("reviewed-gained").codes == 1)
        #expect(found.localConceptsOnlyIn == only)
        #expect(try Program.run(impact).output.contains(remark) == (only != nil))
        let upgrade = try Program.run(["vocabulary", "upgrade", mappings.path] + releases)
        #expect(upgrade.status == 0, "\(upgrade.text)")
        #expect(upgrade.errors.contains("targets replaced: 0"))
        #expect(upgrade.errors.contains(remark) == (only != nil))
      }
    }
  }

  @Test func `a value of a file that map() reads is told once, with its figures`() throws {
    try withTemporaryFolder { folder in
      func release(_ name: String, isValid: Bool) throws -> String {
        let concept = Concept(
          id: 5, code: "M", vocabulary: "Gender", domain: "Gender", name: "five",
          standard: isValid ? "S" : "", invalidReason: isValid ? "" : "D")
        return try AthenaFolder(
          folder.appendingPathComponent(name), concepts: [concept], mapsTo: [(5, 5)]
        ).path
      }
      let releases = [
        "--from", try release("old", isValid: true), "--to", try release("new", isValid: false),
      ]
      let file = folder.appendingPathComponent("sexes.csv").path
      try Data("source,concept_id\nM,5\nZ,5\n".utf8).write(to: URL(fileURLWithPath: file))
      let target = folder.appendingPathComponent("cdm").path
      let state = StateFolder(target: target)
      try state.create()
      try CodeCounts(
        [
          CodeCount(
            pipeline: "p", rule: "r", table: "person", field: "gender_concept_id",
            domain: "gender", vocabulary: nil, mapping: "sexes", code: "M",
            outcome: .mappedByValueFile, records: 30, persons: 20, concepts: [5])
        ], precision: 0
      ).write(to: try state.beginRun().codes)
      let impact = ["vocabulary", "impact", "--run", target, "--format", "json"] + releases
      for (more, codes) in [([], ["M"]), (["--mappings", file], ["M", "Z"])] {
        let found = try report(try Program.run(impact + more))
        #expect(found.findings.map(\.code) == codes)
        // The run writes the concept as it stands: no row changes.
        #expect(found.findings.allSatisfy { $0.kinds == ["deprecated-target"] })
        #expect(found.findings.first?.records == 30)
        #expect(found.findings.dropFirst().allSatisfy { $0.records == nil })
        #expect(found.changedRecords == 0)
        #expect(found.strangers == 0)
      }
    }
  }

  @Test func `what leaves a choice ends with 1 at its place`() throws {
    try withTemporaryFolder { folder in
      let site = try Site(folder)
      let file = folder.appendingPathComponent("map.csv")
      try Data("source_code,target_concept_id\nA,1\nB,12\n".utf8).write(to: file)
      let releases = ["--from", site.old, "--to", site.new]
      let ending = try Program.run(["vocabulary", "upgrade", file.path] + releases)
      #expect(ending.status == 1)
      #expect(ending.errors.contains("\(file.path):3:3: error: the target 12"))
      let json = try Program.run(
        ["vocabulary", "upgrade", file.path, "--format", "json"] + releases)
      #expect(json.status == 1)
      #expect(json.output.contains("\"code\" : \"no-replacement\""))
      #expect(json.output.contains("\"line\" : 3"))
    }
  }
}
