import ArgumentParser
import Engine
import Foundation
import Vocabulary

/// Two releases of the vocabularies, and the run whose codes they are compared for.
struct ReleaseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The release in use: an index, or Athena's download (folder or zip).", valueName: "index"),
    completion: .file())
  var from: String

  @Option(
    help: ArgumentHelp("The release that comes, likewise.", valueName: "index"),
    completion: .file())
  var to: String

  @Option(
    help: ArgumentHelp(
      "The target of a run, such as emc2.sqlite: its codes, weighted by their rows and persons.",
      valueName: "target"), completion: .file())
  var run: String?

  @Option(help: ArgumentHelp("The number of the run (default: the last).", valueName: "n"))
  var runNumber: Int?

  @Option(
    help: ArgumentHelp(
      "The state folder of the run, where it is not beside the target.", valueName: "folder"),
    completion: .directory)
  var state: String?

  func validate() throws {
    if run == nil, runNumber != nil || state != nil {
      throw ValidationError("'--run-number' and '--state' belong to '--run'")
    }
  }

  /// What the run found of codes; `nil` where no run is named.
  func codes() throws -> RunCodes? {
    try run.map { try RunCodes(StateFolder(named: $0, state: state), number: runNumber) }
  }

  /// Calls the body with both releases.
  func withReleases(_ body: (ReleaseComparison) throws -> Void) throws {
    try IndexPlace.withIndex(at: from) { old in
      try IndexPlace.withIndex(at: to) { new in
        try body(ReleaseComparison(from: old, to: new))
      }
    }
  }
}
