import Columnar
import Diagnostics
import Engine
import Foundation
import Pipelines

/// A target with its state in a folder of its own, and the runs that fill it.
struct Warehouse {
  let folder: URL
  var project = Project.pipeline
  var data: URL
  var vocabulary = Project.vocabulary
  var asOf = Project.asOf
  /// The kind of target: `sqlite`, or one of folders.
  var scheme = "sqlite"

  /// A warehouse in a folder that exists.
  init(_ folder: URL, data: URL) {
    self.folder = folder
    self.data = data
  }

  var file: URL { folder.appendingPathComponent(scheme == "sqlite" ? "cdm.sqlite" : "cdm") }
  var target: String { "\(scheme):\(file.path)" }
  var state: StateFolder { StateFolder(target: file.path) }

  /// Runs the project; its mistakes are an error too.
  @discardableResult
  func run(
    threads: Int = 2, memory: Int = 1 << 30, block: Int? = nil, registry: Registry = .standard
  ) throws -> RunOutcome {
    let session = ProjectSession(
      path: project,
      overrides: [
        ("data", data.path), ("vocabulary", vocabulary.path), ("key", Project.key.path),
      ], target: target, asOf: asOf, registry: registry
    ) { address in
      let folder = StateFolder(target: address)
      try folder.create()
      return folder.vocabularyIndex
    }
    guard !session.diagnostics.hasErrors else { throw Mistakes(session.diagnostics) }
    let run = ProjectRun(
      session: session, target: target, threads: threads, memory: memory, blockBytes: block,
      version: "proof")
    return try run()
  }

  /// The bytes of the published file.
  func bytes() throws -> Data { try Data(contentsOf: file) }

  func database() throws -> Database { try Database(file) }

  /// What the last run refused.
  func quarantine() throws -> [QuarantineLine] {
    guard let last = state.runs.last else { return [] }
    return try QuarantineReader(path: last.quarantine).lines(QuarantineReader.Filter())
  }
}

/// The mistakes of a project that was meant to have none.
struct Mistakes: Error, CustomStringConvertible {
  let description: String

  init(_ list: DiagnosticList) {
    description = list.sorted.map { "\($0)" }.joined(separator: "\n")
  }
}
