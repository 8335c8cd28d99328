import ArgumentParser
import Columnar
import Diagnostics
import Engine
import Foundation
import Pipelines
import Vocabulary

extension VocabularyCheck {
  /// What mapping files are compared with.
  struct Resources {
    var vocabulary: VocabularyIndex?
    /// The folder of the project's mapping files.
    var folder: String?
    /// How rules use files, by their full paths.
    var uses: [String: [MappingPurpose]] = [:]

    /// How rules use a file; empty when none does.
    func purposes(of path: String) -> [MappingPurpose] {
      uses[VocabularyCheck.fullPath(path)] ?? []
    }
  }

  /// Calls the body with the vocabulary and the uses of the project, as far as one is named.
  func withResources(_ body: (Resources) throws -> Void) throws {
    var resources = Resources()
    if vocabulary == nil || project != nil {
      try readProject(into: &resources)
    }
    guard let vocabulary else {
      if resources.vocabulary == nil {
        Terminal.note("the project has no vocabulary: concepts are not checked")
      }
      return try body(resources)
    }
    try IndexPlace.withIndex(at: vocabulary) { index in
      resources.vocabulary = index
      try body(resources)
    }
  }

  private func readProject(into resources: inout Resources) throws {
    let path = project ?? VocabularyCheck.defaultProject
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        "'\(path)': no such file; name the project with --project, or mapping files and --vocabulary"
      )
    }
    let parameters = overrides.map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (name: String(parts[0]), value: String(parts[1]))
    }
    let session = ProjectSession(
      path: path, overrides: parameters, target: nil, asOf: day, registry: Program.setting.stages,
      // The remedies name parents.
      more: .relationships
    ) { address in
      let folder = StateFolder(target: address)
      try folder.create()
      return folder.vocabularyIndex
    }
    let mappings = session.mappings
    // A local concept with an id of Athena's keeps the index from being made.
    func isFatal(_ diagnostic: Diagnostic) -> Bool {
      diagnostic.code == "unusable-vocabulary"
        || diagnostic.code == "taken-id" && session.vocabulary == nil
    }
    let others = session.diagnostics.all.filter { diagnostic in
      guard diagnostic.severity == .error else { return false }
      return isFatal(diagnostic)
        || !(mappings.map { diagnostic.position?.file.hasPrefix("\($0.folder)/") ?? false }
          ?? false)
    }
    if session.project == nil || others.contains(where: isFatal) {
      for diagnostic in others { Terminal.note(diagnostic.rendered { session.lines(of: $0) }) }
      throw ExitCode(2)
    }
    if !others.isEmpty {
      Terminal.note(
        "\(Terminal.counted(others.count, "error")) in the pipelines: "
          + "see \(Program.name) check \(path)")
    }
    resources.vocabulary = session.vocabulary
    resources.folder = mappings?.folder
    guard let mappings else { return }
    for use in session.mappingUses {
      resources.uses[VocabularyCheck.fullPath(mappings.path(use.name)), default: []]
        .append(use.purpose)
    }
  }

  /// The files to check: those named and those in the folders named, or else those of the project
  /// that its pipelines use, in the order of their names.
  ///
  /// - Parameter resources: the folder of the project, and what its pipelines use.
  /// - Returns: the files, and those of the project that none of its pipelines uses.
  /// - Throws: a `Failure` where a file is not there, or a folder has no mapping files.
  func files(_ resources: Resources) throws -> (checked: [String], unused: [String]) {
    guard mappings.isEmpty else {
      var seen: Set<String> = []
      let named = try mappings.flatMap(VocabularyCheck.files)
      return (named.filter { seen.insert(VocabularyCheck.fullPath($0)).inserted }, [])
    }
    guard let folder = resources.folder else {
      throw Failure("the project names no folder of mappings: name mapping files")
    }
    let all = try VocabularyCheck.files(folder)
    // Another project may use the others, with a vocabulary of its own.
    let used = all.filter {
      LocalConcepts.isDefinitions($0) || !resources.purposes(of: $0).isEmpty
    }
    return (used, all.filter { !used.contains($0) })
  }

  /// A file, or the files in a folder, that of local concepts among them.
  private static func files(_ place: String) throws -> [String] {
    if place == StandardInput.path { return [place] }
    try Failure.unlessThere(place)
    guard Failure.isFolder(place) else {
      // The ids of local concepts are checked with what these are.
      let ids = "\(LocalConcepts.fileNames[1]).csv"
      guard place == ids || place.hasSuffix("/\(ids)") else { return [place] }
      return [place.dropLast(ids.count) + "\(LocalConcepts.fileNames[0]).csv"]
    }
    let folder = VocabularyCheck.shortPath(place)
    let local = "\(folder)/\(LocalConcepts.fileNames[0]).csv"
    let found =
      try MappingCatalog(folder: folder).names.map { "\(folder)/\($0).csv" }
      + (FileManager.default.fileExists(atPath: local) ? [local] : [])
    guard !found.isEmpty else { throw Failure("'\(place)': the folder has no mapping file") }
    return found
  }

  /// The one path under which a file is known.
  static func fullPath(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }

  /// A path without the steps back that it need not have: `mappings` for `pipelines/../mappings`.
  private static func shortPath(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let short = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    return short.isEmpty ? "." : short
  }
}

extension MappingFixes {
  /// Puts the mended file in the place of the old one, in one step and with its permissions.
  func write() throws {
    let place = VocabularyCheck.fullPath(path)
    guard FileManager.default.contents(atPath: place).map({ [UInt8]($0) }) == bytes else {
      throw Failure("'\(path)' was changed meanwhile: run the command again")
    }
    let new = "\(place).new"
    try? FileManager.default.removeItem(atPath: new)
    do {
      var writer = try FileWriter(path: new)
      try writer.write(fixed.span)
      try FileReplacement.replace(place, with: new)
    } catch {
      try? FileManager.default.removeItem(atPath: new)
      throw error
    }
  }
}
