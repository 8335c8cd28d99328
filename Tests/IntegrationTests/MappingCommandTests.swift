import Foundation
import TestSupport
import Testing

/// `ecluse vocabulary convert` and `ecluse vocabulary local`.
struct MappingCommandTests {
  private static func run(_ arguments: String...) throws -> Program.Ending {
    try Program.run(["vocabulary"] + arguments)
  }

  private static let usagi =
    "sourceCode,sourceName,sourceFrequency,sourceAutoAssignedConceptIds,matchScore,mappingStatus,"
    + "equivalence,statusSetBy,statusSetOn,conceptId,conceptName,domainId,mappingType,comment,"
    + "createdBy,createdOn,assignedReviewer\n"
    + "A,a,1,,0.90,APPROVED,EQUAL,a,1,9191,Positive,Meas Value,MAPS_TO_VALUE,,a,1,\n"

  @Test func `the sample's mappings go to Usagi and back`() throws {
    try withTemporaryFolder { folder in
      let there = folder.appendingPathComponent("usagi.csv").path
      let map = Project.root.appendingPathComponent("mappings/cim10.csv").path
      let made = try Self.run(
        "convert", map, "--to", "usagi", "--vocabulary", Project.vocabulary.path, "-o", there)
      #expect(made.status == 0, "\(made.errors)")
      #expect(made.errors.contains("rows"))
      let back = try Self.run("convert", there, "--to", "source_to_concept_map")
      #expect(back.status == 0, "\(back.errors)")
      let lines = try String(contentsOfFile: map, encoding: .utf8).split(separator: "\n")
      #expect(back.output.split(separator: "\n").count == lines.count)
    }
  }

  @Test func `a conversion that would lose something is refused with its place`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("lab.csv")
      try Data(Self.usagi.utf8).write(to: file)
      let result = folder.appendingPathComponent("map.csv").path
      let refused = try Self.run(
        "convert", file.path, "--to", "source_to_concept_map", "--source-vocabulary", "LAB",
        "--output", result)
      #expect(refused.status == 1)
      #expect(
        refused.errors.contains("lab.csv:2:57: error: the value 9191 (Positive) of the code A"))
      #expect(refused.errors.contains("^^^^^^^^^^^^^"))
      #expect(!FileManager.default.fileExists(atPath: result))
      let json = try Self.run(
        "convert", file.path, "--to", "source_to_concept_map", "--source-vocabulary", "LAB",
        "--output", result, "--format", "json")
      #expect(json.status == 1)
      #expect(json.output.contains("\"code\": \"lossy-conversion\""))
    }
  }

  @Test(arguments: [
    ["--states", "APROVED"], ["--format", "json"],
    ["--source-vocabulary", "a name of more than 20 characters"],
  ])
  func `options that say nothing useful end with 64`(options: [String]) throws {
    let ending = try Program.run(["vocabulary", "convert", "x.csv", "--to", "usagi"] + options)
    #expect(ending.status == 64)
    if options[0] == "--states" { #expect(ending.errors.contains("did you mean APPROVED?")) }
  }

  @Test func `local concepts get their ids, and are listed`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("local_concepts.csv")
      try Data(
        "vocabulary_id,concept_code,concept_name,domain_id,maps_to\nHCL,x,Ours,Drug,9191\n".utf8
      ).write(to: file)
      #expect(try Self.run("local", "assign", folder.path, "--check").status == 1)
      let listed = try Self.run("local", "list", folder.path)
      #expect(listed.status == 2)
      #expect(listed.errors.contains("has no id"))
      // The sample's vocabulary has two concepts of its own already.
      let given = try Self.run(
        "local", "assign", folder.path, "--vocabulary", Project.vocabulary.path)
      #expect(given.status == 0)
      #expect(given.output == "2000000003  HCL:x\n")
      #expect(try Self.run("local", "assign", folder.path, "--check").status == 0)
      #expect(
        try Self.run("local", "list", folder.path).output
          == "2000000003  HCL:x  Ours (Drug) → 9191\n")
      let index = folder.appendingPathComponent("v.index").path
      let built = try Self.run(
        "build", Project.vocabulary.path, "--local", folder.path, "-o", index)
      #expect(built.status == 0, "\(built.errors)")
      #expect(try Self.run("show", index, "HCL:x").output.contains("rows end on:"))
    }
  }

  @Test func `mistakes in local concepts are told by each command, and an index stays what it was`()
    throws
  {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("local_concepts.csv")
      func write(_ domain: String, _ ids: String) throws {
        try Data(
          "vocabulary_id,concept_code,concept_name,domain_id\nHCL,x,Ours,\(domain)\n".utf8
        ).write(to: file)
        try Data("concept_id,vocabulary_id,concept_code\n\(ids)".utf8).write(
          to: folder.appendingPathComponent("local_concept_ids.csv"))
      }
      let index = folder.appendingPathComponent("v.index").path
      let build = [
        "build", Project.vocabulary.path, "--local", folder.path, "--only", "lookup", "-o", index,
      ]
      func ends(_ arguments: [String], _ status: Int32, _ text: String) throws {
        let ending = try Program.run(["vocabulary"] + arguments)
        #expect(ending.status == status, "\(arguments): \(ending.text)")
        #expect(ending.text.contains(text), "\(arguments): \(ending.text)")
      }
      try write("Drug", "2000000009,HCL,x\n")
      try ends(build, 0, "concepts of release")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: index))
      try write("Drugg", "2000000009,HCL,x\n")
      let told = "local_concepts.csv:2:12: error: there is no domain Drugg"
      try ends(build, 2, told)
      #expect(try Data(contentsOf: URL(fileURLWithPath: index)) == bytes)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
      let vocabulary = ["--vocabulary", Project.vocabulary.path]
      try ends(["check", folder.path] + vocabulary, 2, told)
      try ends(["check", file.path] + vocabulary, 2, told)
      try ends(["local", "assign", folder.path] + vocabulary, 2, told)
      try ends(["local", "assign", folder.path], 2, "no vocabulary was looked into")

      // The sample's vocabulary has the id for a concept of its own.
      try write("Drug", "2000000001,HCL,x\n")
      try ends(build, 2, "local_concepts.csv:2:5: error: the id 2000000001 of the local concept")
      try ends(["check", folder.path] + vocabulary, 2, "[taken-id]")
      try ends(
        ["local", "assign", folder.path] + vocabulary, 0, "2000000003  HCL:x  instead of 2000000001"
      )
      try ends(["check", folder.path] + vocabulary, 0, "0 errors")
      try ends(build, 0, "concepts of release")
    }
  }

  @Test func `what a person wrote of an open code stays, and a code without a name too`() throws {
    try withTemporaryFolder { folder in
      let head = Self.usagi.split(separator: "\n")[0].replacing(
        ",matchScore", with: ",ADD_INFO:unit,matchScore")
      let rows = [
        "B57,,3,,,0.00,UNCHECKED,UNREVIEWED,,0,0,Unmapped,,MAPS_TO,,,0,",
        "D,diabete type 2,9,,mg,0.00,FLAGGED,UNREVIEWED,me,7,0,Unmapped,,MAPS_TO,ask,,0,",
        "E,diabete type 2,9,,,0.50,FLAGGED,WIDER,me,7,9191,Positive,Meas Value,MAPS_TO,why,me,1,",
        "a\\\\b,\"diabete, \"\"type\"\" 2\",9,,g,0.00,UNCHECKED,UNREVIEWED,,0,0,Unmapped,,MAPS_TO,c,,0,",
      ]
      let file = folder.appendingPathComponent("open.csv")
      try Data(([String(head)] + rows).map { $0 + "\n" }.joined().utf8).write(to: file)
      let arguments = ["suggest", file.path, "--index", Project.vocabulary.path, "--format"]
      let made = try Program.run(["vocabulary"] + arguments + ["usagi"])
      #expect(made.status == 0, "\(made.errors)")
      #expect(made.errors.contains("the code B57 has no name to go by"))
      let saved = folder.appendingPathComponent("saved.csv")
      try Data(made.output.utf8).write(to: saved)
      let table = try CSVFile(saved)
      #expect(table.rows.map { $0["sourceCode"] } == ["B57", "D", "E", "a\\\\b"])
      #expect(
        table.rows.map { $0["mappingStatus"] } == ["UNCHECKED", "FLAGGED", "FLAGGED", "UNCHECKED"])
      #expect(table.rows.map { $0["comment"] } == ["", "ask", "why", "c"])
      #expect(table.rows.map { $0["ADD_INFO:unit"] } == ["", "mg", "", "g"])
      #expect(table.rows[0]["conceptId"] == "0")
      #expect(table.rows[1]["conceptId"] != "0")
      #expect(table.rows[2]["conceptId"] == "9191")
      #expect(table.rows[2]["equivalence"] == "WIDER")
      for format in ["text", "json", "csv"] {
        #expect(try Program.run(["vocabulary"] + arguments + [format]).output.contains("B57"))
      }
      // What the program wrote for Usagi needs no change.
      let again = try Self.run(
        "convert", saved.path, "--to", "usagi", "--vocabulary", Project.vocabulary.path)
      #expect(again.status == 0, "\(again.errors)")
      #expect(again.output == made.output)
    }
  }
}
