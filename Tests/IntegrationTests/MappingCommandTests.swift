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
}
