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
      "A folder of mappings whose local concepts stand in the releases that are downloads too.",
      valueName: "folder"), completion: .directory)
  var local: String?

  @OptionGroup var site: CountedRun

  /// The target of the run; `nil` where no run is named.
  var run: String? { site.run }

  /// What the run found of codes; `nil` where no run is named.
  func codes() throws -> RunCodes? { try site.codes() }

  /// Calls the body with both releases.
  func withReleases(_ body: (ReleaseComparison) throws -> Void) throws {
    var concepts = LocalConcepts()
    if let local {
      let found = LocalConcepts.load(folder: local)
      try MappingReport.tell(found.diagnostics, .text)
      concepts = found.value
    }
    try IndexPlace.withIndex(at: from, local: concepts) { old in
      try IndexPlace.withIndex(at: to, local: concepts) { new in
        try body(ReleaseComparison(from: old, to: new))
      }
    }
  }
}
