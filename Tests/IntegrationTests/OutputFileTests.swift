import Foundation
import TestSupport
import Testing

/// Files that a command is told to write, and must not.
struct OutputFileTests {
  private static let vocabulary = Project.vocabulary.path
  private static let map = Project.root.appendingPathComponent("mappings/cim10.csv")

  /// Runs a command that must leave a file as it is, and say why.
  private static func refuses(
    _ arguments: [String], _ file: URL, because reason: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try Data(contentsOf: file)
    let ending = try Program.run(["vocabulary"] + arguments)
    #expect(ending.status == 1, sourceLocation: sourceLocation)
    #expect(ending.errors.contains(reason), "\(ending.errors)", sourceLocation: sourceLocation)
    #expect(!ending.errors.contains("Usage:"), sourceLocation: sourceLocation)
    #expect(try Data(contentsOf: file) == before, sourceLocation: sourceLocation)
  }

  @Test func `an index replaces an index, and nothing else`() throws {
    try withTemporaryFolder { folder in
      let download = folder.appendingPathComponent("athena")
      try FileManager.default.copyItem(at: Project.vocabulary, to: download)
      let concepts = download.appendingPathComponent("CONCEPT.csv")
      try Self.refuses(
        ["build", download.path, "-o", concepts.path], concepts, because: "reads this file")
      let map = folder.appendingPathComponent("map.csv")
      try FileManager.default.copyItem(at: Self.map, to: map)
      try Self.refuses(
        ["build", download.path, "-o", map.path], map, because: "is no vocabulary index")
      let index = folder.appendingPathComponent("v.index").path
      for _ in 0..<2 {
        #expect(try Program.run(["vocabulary", "build", download.path, "-o", index]).status == 0)
      }
    }
  }

  @Test func `no command writes over what it reads`() throws {
    try withTemporaryFolder { folder in
      let map = folder.appendingPathComponent("map.csv")
      try FileManager.default.copyItem(at: Self.map, to: map)
      let link = folder.appendingPathComponent("link.csv")
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: map)
      for output in [map, link] {
        try Self.refuses(
          ["convert", map.path, "--to", "usagi", "-o", output.path], map,
          because: "reads this file")
      }
      try Self.refuses(
        ["lookup", Self.vocabulary, map.path, "--vocabulary", "SNOMED", "-o", map.path], map,
        because: "reads this file")
      let codes = folder.appendingPathComponent("codes.csv")
      try Data("source_code,source_name\nX1,diabetes\n".utf8).write(to: codes)
      try Self.refuses(
        ["suggest", codes.path, "--index", Self.vocabulary, "-o", codes.path], codes,
        because: "reads this file")
      try Self.refuses(
        [
          "impact", "--from", Self.vocabulary, "--to", Self.vocabulary, "--mappings", folder.path,
          "-o", map.path,
        ], map, because: "reads this file")
      try Self.refuses(
        ["lookup", Self.vocabulary, codes.path, "--vocabulary", "SNOMED", "-o", map.path], map,
        because: "with other columns")
    }
  }

  @Test func `the lists of a run replace no other file`() throws {
    try withTemporaryFolder { folder in
      let target = folder.appendingPathComponent("cdm.sqlite")
      let ran = try Program.run(
        Program.arguments(data: try Samples.of(persons: Project.size), target: target))
      #expect(ran.status == 0, "\(ran.text)")
      let map = folder.appendingPathComponent("map.csv")
      try FileManager.default.copyItem(at: Self.map, to: map)
      for command in ["coverage", "unmapped"] {
        try Self.refuses([command, target.path, "-o", map.path], map, because: "other columns")
        try Self.refuses(
          [command, target.path, "--output", target.path], target, because: "reads this file")
        let list = folder.appendingPathComponent("\(command).csv").path
        for _ in 0..<2 {
          #expect(try Program.run(["vocabulary", command, target.path, "-o", list]).status == 0)
        }
        let nowhere = try Program.run(["vocabulary", command, target.path, "-o", "/nope/x.csv"])
        #expect(nowhere.status == 1)
        #expect(nowhere.errors.contains("/nope/x.csv: No such file or directory"))
      }
    }
  }
}
