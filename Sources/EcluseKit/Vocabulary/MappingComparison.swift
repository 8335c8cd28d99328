import ArgumentParser
import Foundation
import Vocabulary

/// The mapping files of a check beside the codes that a run looked up in them.
struct MappingComparison: Encodable {
  /// The number of the run.
  let run: Int
  /// The files of which the run counted codes.
  let compared: [String]
  /// Those of which it counted none: no rule used them, or no row came.
  let notCompared: [String]
  /// Compared files with more codes than are counted apart, none of which is called absent.
  let partial: [String]
  private let known: [String: SourceCodes]

  private enum CodingKeys: CodingKey {
    case run, compared, notCompared, partial
  }

  /// Finds the codes of files by the names under which rules call them.
  ///
  /// - Parameters:
  ///   - codes: what the run found.
  ///   - files: the mapping files.
  /// - Throws: `ValidationError` where two files have one name.
  init(_ codes: RunCodes, files: [String]) throws {
    var paths: [String: String] = [:]
    for file in files {
      let name = MappingComparison.name(of: file)
      if let twin = paths.updateValue(file, forKey: name) {
        throw ValidationError(
          "'\(file)' and '\(twin)' have one name, by which rules call them")
      }
    }
    let known = codes.sourceCodes
    run = codes.number
    self.known = known
    func found(_ file: String) -> SourceCodes? { known[MappingComparison.name(of: file)] }
    compared = files.filter { found($0) != nil }
    notCompared = files.filter { found($0) == nil }
    partial = files.filter { found($0)?.isComplete == false }
  }

  /// The codes that the run looked up in a file; `nil` where it counted none.
  func codes(of file: String) -> SourceCodes? { known[MappingComparison.name(of: file)] }

  /// What was compared, in lines for people.
  var remarks: [String] {
    var lines: [String] = []
    if !compared.isEmpty {
      lines.append("compared with run \(run): \(compared.joined(separator: ", "))")
    }
    if !notCompared.isEmpty {
      lines.append(
        "not compared, as run \(run) counted no codes of them: "
          + notCompared.joined(separator: ", "))
    }
    if !partial.isEmpty {
      lines.append(
        "no code is called absent, as run \(run) has more than are counted apart: "
          + partial.joined(separator: ", "))
    }
    return lines
  }

  private static func name(of file: String) -> String {
    URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
  }
}
