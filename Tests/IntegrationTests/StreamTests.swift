import Foundation
import TestSupport
import Testing

/// What commands do where they cannot write, and with what they are given on standard input.
struct StreamTests {
  private static let vocabulary = Project.vocabulary.path
  private static let map = Project.root.appendingPathComponent("mappings/cim10.csv").path

  @Test(arguments: [
    "convert '\(map)' --to usagi", "check --list", "info '\(vocabulary)'",
    "suggest codes.csv --index '\(vocabulary)'", "search '\(vocabulary)' diabetes",
    "lookup '\(vocabulary)' codes.csv --vocabulary SNOMED",
    "impact --from '\(vocabulary)' --to '\(vocabulary)' --vocabulary SNOMED",
  ])
  func `a stream that takes nothing is told in one line`(command: String) throws {
    try withTemporaryFolder { folder in
      try Data("source_code,source_name\nX1,diabetes\n".utf8)
        .write(to: folder.appendingPathComponent("codes.csv"))
      for (stream, reason) in [
        ("> /dev/full", "No space left on device"), (">&-", "Bad file descriptor"),
      ] {
        let ending = try Shell.run("exec $E vocabulary \(command) \(stream)", in: folder)
        #expect(ending.status == 1 && !ending.isSignal, "\(stream) \(ending.errors)")
        let lines = ending.errors.split(separator: "\n").filter { $0.contains("standard output") }
        #expect(lines == ["error: standard output: \(reason)"])
        #expect(!ending.errors.contains("Fatal error"))
      }
    }
  }

  @Test func `a reader that has enough is no failure to tell`() throws {
    try withTemporaryFolder { folder in
      let ending = try Shell.run(
        "trap '' PIPE; $E vocabulary check --list | true", in: folder)
      #expect(ending.errors.isEmpty)
    }
  }

  @Test func `what is printed gets into no file that takes the number of a closed stream`() throws {
    try withTemporaryFolder { folder in
      let command = "vocabulary build '\(Self.vocabulary)' -o"
      let ending = try Shell.run(
        "$E \(command) a.index 2>&- && $E \(command) b.index && cmp a.index b.index", in: folder)
      #expect(ending.status == 0, "\(ending.text)")
    }
  }

  @Test func `mapping files and codes come from standard input too`() throws {
    try withTemporaryFolder { folder in
      let check = try Shell.run(
        "$E vocabulary check - --vocabulary '\(Self.vocabulary)' --as-of 2026-01-01 < '\(Self.map)'",
        in: folder)
      #expect(check.status == 0, "\(check.text)")
      #expect(check.output.contains("1 file, "))
      let bad = try Shell.run(
        "printf 'source,concept_id\\nx,y\\n' | $E vocabulary check - --vocabulary '\(Self.vocabulary)'",
        in: folder)
      #expect(bad.status == 2)
      #expect(bad.output.contains("-:2:3: error: y is not a concept id"), "\(bad.text)")
      #expect(bad.output.contains("2 | x,y"))
      let convert = try Shell.run(
        "$E vocabulary convert - --to usagi < '\(Self.map)' > a.csv"
          + " && $E vocabulary convert '\(Self.map)' --to usagi -o b.csv && cmp a.csv b.csv",
        in: folder)
      #expect(convert.status == 0, "\(convert.text)")
      let suggest = try Shell.run(
        "printf 'source_code,source_name\\nX1,diabetes\\n' | $E vocabulary suggest -"
          + " --index '\(Self.vocabulary)'", in: folder)
      #expect(suggest.status == 0)
      #expect(suggest.output.hasPrefix("X1  diabetes\n"))
      #expect(try Shell.run("$E vocabulary check - --fix </dev/null", in: folder).status == 64)
    }
  }
}
