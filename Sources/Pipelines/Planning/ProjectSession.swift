package import Diagnostics
package import Engine
internal import Foundation
package import Vocabulary

/// A project as a command sees it: read, checked against its vocabulary and mappings, ready to be
/// planned.
package struct ProjectSession: Sendable {
  package let path: String
  /// The project, when its file could be read at all.
  package let project: CheckedProject?
  package let diagnostics: DiagnosticList
  /// The lines of the files that were read, for showing diagnostics.
  package let sources: [String: [String]]
  package let vocabulary: VocabularyIndex?
  package let mappings: MappingCatalog?
  /// The concepts that the project has of its own; they stand in `vocabulary`.
  package let localConcepts: LocalConcepts
  /// The mapping files that rules use, and what for.
  package let mappingUses: [MappingUse]
  /// The target, `scheme:address`.
  package let target: String?
  package let asOf: Int64
  /// The stages that the project may use.
  package let registry: Registry

  /// Reads and checks a project; what is wrong with it is in `diagnostics`.
  ///
  /// - Parameters:
  ///   - path: the project file.
  ///   - overrides: values of parameters.
  ///   - target: the target, where it is not the project's own.
  ///   - asOf: the day of the run.
  ///   - registry: the stages that the project may use.
  ///   - more: what the index should hold beside what a run needs, as far as the vocabulary has it.
  ///   - index: where the index of the vocabulary lies or is made; gets the target's address.
  package init(
    path: String, overrides: [(name: String, value: String)], target: String?, asOf: Int64,
    registry: Registry = .standard, more: IndexContents = [],
    index: (String) throws -> String
  ) {
    self.path = path
    self.asOf = asOf
    self.registry = registry
    var loader = ProjectLoader(overrides: overrides) {
      (path) throws(ProjectLoader.UnreadableFile) in
      guard let data = FileManager.default.contents(atPath: path) else {
        throw ProjectLoader.UnreadableFile(
          reason: FileManager.default.fileExists(atPath: path) ? "no permission" : "no such file")
      }
      return [UInt8](data)
    }
    let definition = loader.load(path)
    var diagnostics = loader.diagnostics
    self.target = target ?? definition?.target?.value
    var vocabulary: VocabularyIndex?
    var mappings: MappingCatalog?
    var localConcepts = LocalConcepts()
    var written = LocalConcepts()
    if let folder = definition?.mappings {
      let local = LocalConcepts.load(folder: folder.value)
      diagnostics.add(local.diagnostics)
      written = local.value
      if !local.diagnostics.hasErrors { localConcepts = local.value }
    }
    if let folder = definition?.vocabulary {
      do {
        let address = self.target.flatMap { $0.split(separator: ":", maxSplits: 1).last } ?? "cdm"
        let isWhole = definition.map { $0.vocabularyTables != .none } ?? false
        vocabulary = try ProjectSession.prepare(
          folder.value, index(String(address)), isWhole ? .tables : .drugs, more: more,
          local: localConcepts)
      } catch let error as VocabularyError where localConcepts.diagnostic(error) != nil {
        if let found = localConcepts.diagnostic(error) { diagnostics.add(found) }
      } catch {
        diagnostics.add(
          Diagnostic(
            .error, "unusable-vocabulary", "the vocabulary cannot be used: \(error)",
            at: folder.position, length: folder.length))
      }
    }
    diagnostics.add(written.check(against: vocabulary))
    if let folder = definition?.mappings {
      do {
        mappings = try MappingCatalog(folder: folder.value, asOf: Int32(asOf))
      } catch {
        diagnostics.add(
          Diagnostic(
            .error, "unusable-mappings", "the mappings cannot be read: \(error)",
            at: folder.position, length: folder.length))
      }
    }
    if let definition {
      var checker = ProjectChecker(
        definition, vocabulary: vocabulary, mappings: mappings, asOf: asOf, registry: registry)
      project = checker.check()
      diagnostics.add(checker.diagnostics)
      mappingUses = checker.mappingUses
    } else {
      project = nil
      mappingUses = []
    }
    self.diagnostics = diagnostics
    self.vocabulary = vocabulary
    self.mappings = mappings
    self.localConcepts = localConcepts
    sources = loader.sources
  }

  /// Opens or makes the index of a vocabulary; without `more` where the files do not allow it.
  private static func prepare(
    _ folder: String, _ index: String, _ contents: IndexContents, more: IndexContents,
    local: LocalConcepts
  ) throws -> VocabularyIndex {
    if !contents.isSuperset(of: more),
      let vocabulary = try? VocabularyIndex.prepare(
        folder: folder, index: index, contents: contents.union(more), local: local)
    {
      return vocabulary
    }
    return try VocabularyIndex.prepare(
      folder: folder, index: index, contents: contents, local: local)
  }

  /// The lines of a file that a diagnostic points into: of the project, or of a mapping file.
  package func lines(of path: String) -> [String]? {
    if let known = sources[path] { return known }
    return FileManager.default.contents(atPath: path)
      .map { sourceLines(of: String(decoding: $0, as: UTF8.self)) }
  }
}
