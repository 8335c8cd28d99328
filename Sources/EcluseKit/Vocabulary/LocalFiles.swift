import Diagnostics
import Foundation
import Vocabulary

/// The files of local concepts among those that are checked: they are no mapping files.
enum LocalFiles {
  /// What was found in the files of a folder.
  struct Report {
    /// The file that says what the concepts are.
    var path: String
    /// The concepts that could be read.
    var count: Int
    var diagnostics: DiagnosticList
    var files: [(path: String, lines: [String])]
  }

  /// Whether a file has local concepts, or their ids, by its name.
  static func isLocal(_ path: String) -> Bool {
    LocalConcepts.fileNames.contains {
      path == "\($0).csv" || path.hasSuffix("/\($0).csv")
    }
  }

  /// The file of a folder that says what its local concepts are, if there is one.
  static func definitions(in folder: String) -> [String] {
    let path = "\(folder)/\(LocalConcepts.fileNames[0]).csv"
    return FileManager.default.fileExists(atPath: path) ? [path] : []
  }

  /// Checks files of local concepts, those of a folder together.
  ///
  /// - Parameters:
  ///   - paths: the files.
  ///   - index: the vocabularies with which they are compared, where there are any.
  /// - Returns: what was found, a folder each.
  static func check(_ paths: [String], _ index: VocabularyIndex?) -> [Report] {
    var folders: [String] = []
    for path in paths {
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      if !folders.contains(folder) { folders.append(folder) }
    }
    return folders.map { folder in
      let (local, diagnostics) = LocalConcepts.load(folder: folder)
      var list = diagnostics
      if let index { list.add(local.check(against: index)) }
      let sources = MappingLines()
      let files = LocalConcepts.fileNames.map { "\(folder)/\($0).csv" }
      return Report(
        path: files[0], count: local.concepts.count, diagnostics: list,
        files: files.compactMap { path in sources.lines(path).map { (path, $0) } })
    }
  }
}
