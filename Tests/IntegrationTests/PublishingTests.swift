import Foundation
import TestSupport
import Testing

/// Whatever happens to a run, what was published stays as it was, and the next run succeeds.
@Suite(.serialized)
struct PublishingTests {
  /// A target that was published from a few rows, and a larger export that the next run reads.
  private struct Scene {
    let target: URL
    let data: URL
    let published: Data

    init(_ folder: URL) throws {
      target = folder.appendingPathComponent("cdm.sqlite")
      data = try Samples.of(persons: Project.small)
      let first = try Program.run(
        Program.arguments(data: Project.data, target: target))
      #expect(first.status == 0, "\(first.errors)")
      published = try Data(contentsOf: target)
    }

    var arguments: [String] {
      Program.arguments(data: data, target: target, ["--memory", "1MB", "--block-size", "4096"])
    }

    func isUntouched() throws -> Bool { try Data(contentsOf: target) == published }

    /// Runs again, with nothing in the way.
    func succeeds() throws {
      let ending = try Program.run(arguments)
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(try !isUntouched())
      let rest = try FileManager.default.contentsOfDirectory(
        atPath: target.deletingLastPathComponent().path)
      #expect(rest.sorted() == ["cdm.sqlite", "cdm.sqlite.state"])
      let state = try FileManager.default.contentsOfDirectory(atPath: target.path + ".state")
      #expect(
        Set(state).isSubset(of: ["ledger.sqlite", "vocabulary.index", "runs", "lock"]), "\(state)")
    }
  }

  @Test func `a run killed at any moment leaves the file of before or the whole new one`() throws {
    try withTemporaryFolder { folder in
      let scene = try Scene(folder)
      // How long a whole run takes, into another target.
      let started = Date()
      let whole = try Program.run(
        Program.arguments(
          data: scene.data, target: folder.appendingPathComponent("other.sqlite"),
          ["--memory", "1MB", "--block-size", "4096"]))
      #expect(whole.status == 0, "\(whole.errors)")
      let duration = Date().timeIntervalSince(started)
      for name in ["other.sqlite", "other.sqlite.state"] {
        try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
      }
      var random = SeededGenerator(seed: 12)
      var killed = 0
      var published: Data?
      let rounds = Project.isSanitized ? 5 : 12
      for round in 0..<rounds where published == nil {
        let running = try Program.start(scene.arguments)
        let share = (Double(round) + Double.random(in: 0..<1, using: &random)) / Double(rounds + 2)
        Thread.sleep(forTimeInterval: duration * share)
        kill(running.processIdentifier, SIGKILL)
        let ending = try running.wait()
        guard ending.isSignal else {
          // It was faster than the measure: published, and done with.
          #expect(ending.status == 0)
          break
        }
        killed += 1
        // The process may live on for a while after the rename; what it left then is the whole.
        if try !scene.isUntouched() { published = try Data(contentsOf: scene.target) }
      }
      #expect(killed > rounds / 4)
      try scene.succeeds()
      if let published { #expect(try Data(contentsOf: scene.target) == published) }
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a request to stop ends a run with 130 and publishes nothing`(signal: Int32) throws {
    try withTemporaryFolder { folder in
      let scene = try Scene(folder)
      let running = try Program.start(scene.arguments)
      // The second run is under way as soon as its folder is there.
      let run = scene.target.path + ".state/runs/000002/journal.json"
      while running.isRunning, !FileManager.default.fileExists(atPath: run) {
        Thread.sleep(forTimeInterval: 0.005)
      }
      kill(running.processIdentifier, signal)
      let ending = try running.wait()
      #expect(!ending.isSignal)
      #expect(ending.status == 130, "\(ending.errors)")
      #expect(ending.errors.contains("stopped"))
      #expect(try scene.isUntouched())
      #expect(try String(contentsOfFile: run, encoding: .utf8).contains("stopped"))
      try scene.succeeds()
    }
  }

  /// A limit on the size of files stands for a disk that is used up.
  ///
  /// It strikes the target, the scratch file, the ledger or the quarantine, whichever comes first. The
  /// smaller sample of the sanitizers fits into the largest limit, and the thread sanitizer needs a
  /// file of its own.
  @Test(arguments: Project.isSanitized ? [512, 700] : [64, 256, 700])
  func `a full disk is an error and leaves the published file`(kilobytes: Int) throws {
    try withTemporaryFolder { folder in
      let scene = try Scene(folder)
      // Signals that the shell ignores are ignored by what it runs: the write fails then.
      let shell = try Program.Running(
        URL(fileURLWithPath: "/bin/bash"),
        [
          "-c", "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" \"$@\"", Program.url.path,
        ] + scene.arguments, in: nil)
      let ending = try shell.wait()
      #expect(!ending.isSignal)
      #expect(ending.status == 1, "\(ending.text)")
      #expect(ending.errors.contains("error:"), "\(ending.errors)")
      #expect(try scene.isUntouched())
      try scene.succeeds()
    }
  }

  @Test func `two runs into one target do not get in each other's way`() throws {
    try withTemporaryFolder { folder in
      let scene = try Scene(folder)
      let first = try Program.start(scene.arguments)
      let run = scene.target.path + ".state/runs/000002/journal.json"
      while first.isRunning, !FileManager.default.fileExists(atPath: run) {
        Thread.sleep(forTimeInterval: 0.005)
      }
      let second = try Program.run(scene.arguments)
      #expect(second.status == 1)
      #expect(second.errors.contains("another run"), "\(second.errors)")
      let ending = try first.wait()
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(try !scene.isUntouched())
      try scene.succeeds()
    }
  }
}
