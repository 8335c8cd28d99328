import Foundation
import TestSupport
import Testing

/// Tables that another program writes.
struct ExternalTests {
  /// A project whose patients come from a script, or from a file.
  private struct Source {
    let folder: URL
    var target: URL { folder.appendingPathComponent("cdm.sqlite") }

    init(_ folder: URL, source: String, script: String = "") throws {
      self.folder = folder
      _ = try SmallProject(
        folder,
        pipeline: """
          language: 1
          pipeline: p
          source: { name: P, abbreviation: P, delivered: 2026-01-05 }
          extract:
            patients:
              \(source)
              key: [IPP]
              columns: { IPP: identifier, YEAR: integer, SEX: text }
          transform:
            - id: person
              into: person
              from: patients
              person: IPP
              fields:
                gender_concept_id: 0
                year_of_birth: YEAR
                person_source_value: pseudonym(IPP)
                gender_source_value: SEX

          """, files: ["patients.csv": ExternalTests.patients, "export.sh": script])
    }

    func run(_ command: String, _ more: [String] = []) throws -> Program.Ending {
      try Program.run(
        [command, folder.appendingPathComponent("project.yaml").path, "--as-of", "2026-01-31"]
          + more + (command == "check" ? [] : ["--target", "sqlite:\(target.path)"]))
    }
  }

  private static let patients =
    "IPP,YEAR,SEX\n" + (1...200).map { "\($0),\(1930 + $0 % 70),F\n" }.joined()

  private static func external(_ rest: String = "") -> String {
    "external: { command: [/bin/sh, ./export.sh, a b]\(rest) }"
  }

  @Test func `what a program writes is read like a file of the same text`() throws {
    let rows = try [
      "csv: { files: patients.csv }", Self.external(", timeout: 60"),
    ].map { source in
      try withTemporaryFolder { folder in
        let source = try Source(
          folder, source: source,
          script: """
            [ "$1" = "a b" ] || exit 9
            echo "a word on standard error" >&2
            cat patients.csv
            """)
        let ending = try source.run("run")
        #expect(ending.status == 0, "\(ending.text)")
        #expect(!ending.text.contains("a word"))
        return try Database(source.target).rows("SELECT * FROM person ORDER BY 1")
      }
    }
    #expect(rows[0].count == 200)
    #expect(rows[0] == rows[1])
  }

  @Test(arguments: [
    ("cat patients.csv; echo Groseille >&2; exit 3", "sh ended with exit code 3; its 10 bytes"),
    ("cat patients.csv; kill -9 $$", "sh was ended by signal 9"),
    ("trap '' TERM; echo IPP,YEAR,SEX; sleep 600 & wait; sleep 600", "sh took longer than 1 s"),
    ("echo IPP,YEARS", "has no column 'YEAR'; did you mean"),
    ("", "the external program"),
  ])
  func `a program that fails stops the run, and nothing is published`(
    _ script: String, _ message: String
  ) throws {
    try withTemporaryFolder { folder in
      let timeout = script.contains("sleep") ? 1 : 600
      let command =
        script.isEmpty
        ? "external: { command: [no-such-program-at-all] }"
        : Self.external(", timeout: \(timeout)")
      let source = try Source(folder, source: command, script: script)
      let ending = try source.run("run")
      #expect(ending.status == 1)
      #expect(ending.errors.contains(message), "\(ending.errors)")
      #expect(!ending.text.contains("Groseille"))
      #expect(!FileManager.default.fileExists(atPath: source.target.path))
      // Nothing of what was written lies about.
      let left = FileManager.default.enumerator(atPath: source.target.path + ".state")
      let files = (left?.allObjects as? [String]) ?? []
      #expect(!files.contains { $0.contains("spill") || $0.hasSuffix(".csv") }, "\(files)")
    }
  }

  @Test func `a refused record is listed by its line, and cannot be shown`() throws {
    try withTemporaryFolder { folder in
      let source = try Source(
        folder, source: Self.external(), script: "printf 'IPP,YEAR,SEX\\n1,1950,F\\n2,1951\\n'")
      #expect(try source.run("run").status == 0)
      let list = try Program.run(["quarantine", "list", source.target.path])
      #expect(list.output.contains("patients (sh):3: "), "\(list.text)")
      let show = try Program.run(["quarantine", "show", source.target.path, "patients (sh):3"])
      #expect(show.status == 1)
      #expect(show.errors.contains("is not kept"), "\(show.text)")
      #expect(!show.text.contains("1951"))
    }
  }

  @Test func `a request to stop does not wait for the program`() throws {
    try withTemporaryFolder { folder in
      let source = try Source(
        folder, source: Self.external(), script: "touch started; exec sleep 600")
      let running = try Program.start([
        "run", folder.appendingPathComponent("project.yaml").path, "--target",
        "sqlite:\(source.target.path)",
      ])
      let started = folder.appendingPathComponent("started").path
      while running.isRunning, !FileManager.default.fileExists(atPath: started) {
        Thread.sleep(forTimeInterval: 0.005)
      }
      let asked = Date()
      kill(running.processIdentifier, SIGTERM)
      let ending = try running.wait()
      #expect(!ending.isSignal)
      #expect(ending.status == 130, "\(ending.errors)")
      #expect(Date().timeIntervalSince(asked) < 300)
      #expect(!FileManager.default.fileExists(atPath: source.target.path))
    }
  }

  @Test(arguments: ["check", "explain"])
  func `no program runs where no row is read`(_ command: String) throws {
    try withTemporaryFolder { folder in
      let source = try Source(folder, source: Self.external(), script: "touch ran; exit 1")
      let ending = try source.run(command)
      #expect(ending.status == 0, "\(ending.text)")
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/ran"))
    }
  }
}
