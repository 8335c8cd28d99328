import ArgumentParser
import Columnar
import Engine
import Foundation

/// What every command on finished runs takes.
struct StateOptions: ParsableArguments {
  @Argument(help: "The target whose runs are meant, such as emc2.sqlite.", completion: .file())
  var target: String

  @Option(
    help: ArgumentHelp(
      "The state folder, where it is not beside the target.",
      valueName: "folder"))
  var state: String?

  @Option(help: ArgumentHelp("The number of the run (default: the last).", valueName: "n"))
  var run: Int?

  @Option(help: "Print for people (text) or for programs (json).")
  var format: OutputFormat = .text

  /// The state of the target.
  var stateFolder: StateFolder { StateFolder(named: target, state: state) }

  /// The folder of the run that is meant.
  func folder() throws -> RunFolder { try stateFolder.run(run) }
}

extension StateFolder {
  /// The state of a target as it is named on the command line, with its scheme or without.
  init(named target: String, state: String?) {
    let path = target.split(separator: ":", maxSplits: 1).last.map(String.init) ?? target
    self = state.map { StateFolder(path: $0) } ?? StateFolder(target: path)
  }

  /// The folder of a run by its number, else of the last.
  func run(_ number: Int?) throws -> RunFolder {
    let runs = runs
    if runs.isEmpty { try requireReadable() }
    guard let found = number.map({ number in runs.first { $0.number == number } }) ?? runs.last
    else {
      throw Failure(
        runs.isEmpty
          ? "no run is known in \(path): name the target of a run, or its --state"
          : "no run \(number ?? 0) in \(path); the last is \(runs.last?.number ?? 0)")
    }
    return found
  }

  /// Tells a state that may not be read from one without runs.
  private func requireReadable() throws {
    for place in [path, "\(path)/runs"] where FileManager.default.fileExists(atPath: place) {
      _ = try Folder.names(in: place)
    }
  }
}
