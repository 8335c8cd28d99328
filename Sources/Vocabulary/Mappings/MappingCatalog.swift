package import Columnar
package import Diagnostics

/// The mapping files of a project's folder, each read once, when it is asked for.
package final class MappingCatalog: Sendable {
  package let folder: String
  /// The names of the files without `.csv`, in the order of their bytes; those of local concepts are
  /// no mapping files.
  package let names: [String]
  private let asOf: Int32?
  private struct Use: Hashable {
    var name: String
    var states: Set<MappingStatus>
  }

  private let codeMaps = Guarded<[Use: (SourceToConceptMap, DiagnosticList)]>([:])
  private let valueMaps = Guarded<[String: (ValueMapFile, DiagnosticList)]>([:])

  /// Lists a folder; `asOf` is the day of the run in days since 1970-01-01, for the dates of rows.
  package init(folder: String, asOf: Int32? = nil) throws(FileError) {
    self.folder = folder
    self.asOf = asOf
    names = try Folder.names(in: folder).filter { $0.hasSuffix(".csv") }
      .map { String($0.dropLast(4)) }.filter { !LocalConcepts.fileNames.contains($0) }
  }

  /// The path of a file by its name, whether it exists or not.
  package func path(_ name: String) -> String { "\(folder)/\(name).csv" }

  /// The name that a person most likely meant.
  package func nearest(to name: String) -> String? { nearestName(to: name, in: names) }

  /// A file of codes; `nil` when the folder has none of the name.
  ///
  /// - Parameters:
  ///   - name: the name of the file.
  ///   - states: the states of a review whose rows are used.
  /// - Returns: the codes, and what is wrong with the file.
  package func sourceToConceptMap(
    _ name: String, states: Set<MappingStatus> = MappingStatus.usual
  ) -> (value: SourceToConceptMap, diagnostics: DiagnosticList)? {
    guard names.contains(name) else { return nil }
    let use = Use(name: name, states: states)
    return codeMaps.withLock { maps in
      if let known = maps[use] { return known }
      let loaded = SourceToConceptMap.load(path: path(name), asOf: asOf, states: states)
      maps[use] = loaded
      return loaded
    }
  }

  /// A file of values; `nil` when the folder has none of the name.
  package func valueMap(_ name: String) -> (value: ValueMapFile, diagnostics: DiagnosticList)? {
    guard names.contains(name) else { return nil }
    return valueMaps.withLock { maps in
      if let known = maps[name] { return known }
      let loaded = ValueMapFile.load(path: path(name), asOf: asOf)
      maps[name] = loaded
      return loaded
    }
  }
}
