import Diagnostics
import Engine
import Foundation
import Pipelines

/// A project of one pipeline, written for one test.
struct SmallProject {
  let folder: URL
  var registry = Registry.standard
  var memory = 64 << 20

  /// Writes the project, its secret and its files into a folder.
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - pipeline: the text of the pipeline file.
  ///   - files: the texts of other files, by name.
  ///   - settings: further lines of the project file.
  /// - Throws: what the file system says.
  init(
    _ folder: URL, pipeline: String, files: [String: String] = [:], settings: String = ""
  ) throws {
    self.folder = folder
    let all = files.merging([
      "project.yaml": "language: 1\nproject: p\npipelines: [p.yaml]\nkey: secret.key\n" + settings,
      "secret.key": "a secret for tests alone, and long enough for it",
      "p.yaml": pipeline,
    ]) { $1 }
    for (name, text) in all {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
  }

  func session() -> ProjectSession {
    ProjectSession(
      path: folder.appendingPathComponent("project.yaml").path, overrides: [], target: nil,
      asOf: Project.asOf, registry: registry
    ) { _ in folder.appendingPathComponent("vocabulary.index").path }
  }

  /// Runs the project into a folder of CSV files, or another target below the folder.
  func run(block: Int? = nil, threads: Int = 2, scheme: String = "csv") throws -> RunOutcome {
    let session = session()
    guard !session.diagnostics.hasErrors else { throw Mistakes(session.diagnostics) }
    let run = ProjectRun(
      session: session, target: "\(scheme):\(folder.appendingPathComponent("cdm").path)",
      threads: threads, memory: memory, blockBytes: block, version: "proof")
    return try run()
  }

  /// What the last run refused.
  func quarantine() throws -> [QuarantineLine] {
    let state = StateFolder(target: folder.appendingPathComponent("cdm").path)
    guard let last = state.runs.last else { return [] }
    return try QuarantineReader(path: last.quarantine).lines(QuarantineReader.Filter())
  }

  /// The published text of a table of a CSV target.
  func text(_ table: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent("cdm/\(table).csv"), encoding: .utf8)
  }
}
