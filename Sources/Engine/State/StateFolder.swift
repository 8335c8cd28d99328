package import Columnar
internal import Foundation

/// The folder beside a target that holds what runs remember: the ledger, the vocabulary index, and
/// for each run its journal, its books, its quarantine and its counts of codes.
///
/// Readable by its owner alone. It is backed up with the target: without the ledger a rebuild would
/// number persons anew.
package struct StateFolder: Sendable {
  package let path: String

  /// The state of a target, in the folder of the target's path with `.state` behind it; a slash at
  /// the end of the path of a folder counts for nothing.
  package init(target path: String) {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path + ".state"
  }

  /// A state folder by its own path.
  package init(path: String) { self.path = path }

  package var ledger: String { "\(path)/ledger.sqlite" }

  package var vocabularyIndex: String { "\(path)/vocabulary.index" }

  /// Makes the folder when it is not there.
  package func create() throws {
    try StateFolder.makeFolder("\(path)/runs")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
  }

  /// Takes the folder for one run, until the lock is let go of or the process ends.
  ///
  /// - Throws: `StateInUse` when another run has it.
  package func lock() throws -> FileLock {
    guard let lock = try FileLock(path: "\(path)/lock") else { throw StateInUse(path: path) }
    return lock
  }

  /// The runs so far, the oldest first.
  package var runs: [RunFolder] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/runs")) ?? []
    return names.compactMap { Int($0) }.sorted().map { RunFolder(number: $0, in: self) }
  }

  /// Makes the folder of a new run, numbered after the last.
  package func beginRun() throws -> RunFolder {
    let run = RunFolder(number: (runs.last?.number ?? 0) + 1, in: self)
    try StateFolder.makeFolder(run.path)
    return run
  }

  private static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }
}

/// The folder of one run.
package struct RunFolder: Sendable {
  package let number: Int
  package let path: String

  init(number: Int, in state: StateFolder) {
    self.number = number
    let digits = String(number)
    path = "\(state.path)/runs/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  package var quarantine: String { "\(path)/quarantine.sqlite" }

  package var journal: String { "\(path)/journal.json" }

  /// What the run found of codes; not there where it failed before.
  package var codes: String { "\(path)/codes.sqlite" }
}

/// Another run works with the same state.
package struct StateInUse: Error, CustomStringConvertible, Sendable {
  package let path: String

  package var description: String {
    "another run is using \(path); wait for it, or give this one its own --target and --state"
  }
}
