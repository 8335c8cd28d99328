import Diagnostics

extension LocalConcepts {
  /// Whether a path is that of the file in which people say what local concepts are.
  package static func isDefinitions(_ path: String) -> Bool {
    path.split(separator: "/").last == "\(fileNames[0]).csv"
  }
}

extension MappingCheck {
  /// Checks the local concepts of a folder.
  ///
  /// - Parameter path: `local_concepts.csv`.
  /// - Returns: what was found, in the file of their ids too.
  func checkLocal(path: String) -> CheckedMapping {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let (local, diagnostics) = LocalConcepts.load(
      folder: parts.isEmpty ? "." : parts.joined(separator: "/"))
    var unused = DiagnosticList()
    let table = MappingTable(path: path, &unused)
    var report = CheckedMapping(
      path: path, fixes: MappingFixes(path: path, bytes: table.bytes))
    report.rows = table.rows.count
    report.diagnostics = diagnostics
    report.diagnostics.add(local.check(against: concepts?.vocabulary))
    return report
  }
}
