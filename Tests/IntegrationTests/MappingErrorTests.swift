import Foundation
import TestSupport
import Testing

/// What commands say of files that they cannot use, and how they end.
struct MappingErrorTests {
  private static let vocabulary = Project.vocabulary.path

  private static func run(_ arguments: [String], in folder: URL? = nil) throws -> Program.Ending {
    try Program.run(["vocabulary"] + arguments, in: folder)
  }

  /// A map in windows-1252, each row of which has an é.
  private static func latin(_ rows: Int, in folder: URL) throws -> URL {
    let file = folder.appendingPathComponent("latin.csv")
    var bytes = Data("source_code,source_name,target_concept_id\n".utf8)
    for row in 0..<rows { bytes += Data("C\(row),diab".utf8) + [0xE9] + Data("te,201826\n".utf8) }
    try bytes.write(to: file)
    return file
  }

  @Test func `a file in another encoding is told in a few lines, and soon`() throws {
    try withTemporaryFolder { folder in
      let file = try Self.latin(8_000, in: folder).path
      let both = ["--from", Self.vocabulary, "--to", Self.vocabulary]
      for command in [
        ["convert", file, "--to", "usagi"], ["upgrade", file] + both,
        ["suggest", file, "--index", Self.vocabulary],
        ["impact", "--mappings", file] + both,
        [
          "check", Project.root.appendingPathComponent("mappings/cim10.csv").path, "--vocabulary",
          Self.vocabulary, "--codes", file,
        ],
      ] {
        let ending = try Self.run(command)
        #expect(ending.status == 2, "\(command[0])")
        #expect(ending.errors.contains("latin.csv:2:4: error: the text is not UTF-8"))
        #expect(ending.errors.contains("iconv -f WINDOWS-1252 -t UTF-8 \(file)"))
        #expect(ending.errors.contains("7995 more of this code in the file"))
        #expect(ending.errors.split(separator: "\n").count < 40)
      }
      let json = try Self.run(["convert", file, "--to", "usagi", "--format", "json", "-o", "x"])
      #expect(json.output.components(separatedBy: "\"bad-encoding\"").count == 8_001)
      #expect(json.output.components(separatedBy: "iconv").count == 2)
    }
  }

  @Test func `a file that cannot be read is named, and ends the command with 1`() throws {
    try withTemporaryFolder { folder in
      let commands = [
        ["convert", "nope.csv", "--to", "usagi"],
        ["check", "nope.csv", "--vocabulary", Self.vocabulary],
        ["lookup", Self.vocabulary, "nope.csv", "--vocabulary", "SNOMED"],
        ["info", "nope.csv"], ["search", "nope.csv", "x"], ["show", "nope.csv", "1"],
        ["build", "nope.csv"], ["suggest", "nope.csv", "--index", Self.vocabulary],
        ["coverage", "nope.csv"], ["unmapped", "nope.csv"], ["local", "assign", "nope.csv"],
        ["local", "list", "nope.csv"], ["build", Self.vocabulary, "--local", "nope.csv"],
        ["impact", "--mappings", "nope.csv", "--from", Self.vocabulary, "--to", Self.vocabulary],
        ["upgrade", "nope.csv", "--from", Self.vocabulary, "--to", Self.vocabulary],
      ]
      for command in commands {
        let ending = try Self.run(command, in: folder)
        #expect(ending.status == 1, "\(command)")
        #expect(ending.errors.contains("nope.csv"), "\(command) \(ending.errors)")
        #expect(!ending.errors.contains("NSCocoaErrorDomain"))
        #expect(!ending.errors.contains("Usage:"))
      }
      #expect(try Program.run(["check", "nope.yaml"], in: folder).status == 1)
      let place = try Self.run(["convert", ".", "--to", "usagi"], in: folder)
      #expect(place.errors.contains(".:1:1: error: the mapping file cannot be read: not a file"))
      let list = try Self.run(
        ["lookup", Self.vocabulary, ".", "--vocabulary", "SNOMED"], in: folder)
      #expect(list.status == 1)
      #expect(!list.errors.contains("NSCocoaErrorDomain"), "\(list.errors)")
      let file = folder.appendingPathComponent("map.csv")
      try Data("source,concept_id\n".utf8).write(to: file)
      #expect(try Self.run(["local", "list", file.path]).errors.contains("a file and no folder"))
    }
  }

  @Test func `what a command was called with and cannot be is 64, with its usage`() throws {
    let ending = try Self.run(["search", Self.vocabulary])
    #expect(ending.status == 64)
    #expect(ending.errors.contains("Usage: ecluse vocabulary search"))
  }

  @Test func `a state that is none is told from one without runs`() throws {
    try withTemporaryFolder { folder in
      let state = folder.appendingPathComponent("cdm.sqlite.state")
      try Data("no folder".utf8).write(to: state)
      let ending = try Self.run(["coverage", "cdm.sqlite"], in: folder)
      #expect(ending.status == 1)
      #expect(ending.errors.contains("cdm.sqlite.state: Not a directory"), "\(ending.errors)")
    }
  }

  @Test func `an index in the place of a download is told as what it is`() throws {
    try withTemporaryFolder { folder in
      let index = folder.appendingPathComponent("v.index").path
      #expect(try Self.run(["build", Self.vocabulary, "-o", index]).status == 0)
      let ending = try Self.run(["build", index, "-o", folder.path + "/w.index"])
      #expect(ending.status == 1)
      #expect(ending.errors.contains("v.index: this is a vocabulary index; name the download"))
    }
  }

  @Test func `a binary file does nothing to the terminal`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("map.csv")
      let junk = Data((0..<20_000).map { UInt8($0 % 251 % 9 == 0 ? 0x1B : 0x41) })
      try (Data("source_code,target_concept_id,".utf8) + junk + Data("\nA,x,y\n".utf8))
        .write(to: file)
      let ending = try Self.run(["check", file.path, "--vocabulary", Self.vocabulary])
      #expect(ending.status == 2)
      #expect(!ending.output.contains("\u{1B}"))
      #expect(ending.output.utf8.count < 10_000)
    }
  }
}
