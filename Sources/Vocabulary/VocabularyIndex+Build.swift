import Columnar

extension VocabularyIndex {
  /// How far an import is.
  package struct Progress: Sendable {
    /// The file being read, or what is done between two files.
    package let step: String
    /// The bytes read of all files so far, and those of all files.
    package let done: Int
    package let total: Int
  }

  /// Imports a download of Athena, a folder or a zip archive, into an index file, which appears when it
  /// is whole.
  ///
  /// CONCEPT.csv must be there; CONCEPT_RELATIONSHIP.csv, VOCABULARY.csv, DOMAIN.csv,
  /// CONCEPT_ANCESTOR.csv, DRUG_STRENGTH.csv, CONCEPT_SYNONYM.csv, CONCEPT_CLASS.csv and
  /// RELATIONSHIP.csv are read when they are there and the contents ask for them. Files are
  /// tab-separated without quoting or comma-separated with it (RFC 4180), which the header line shows;
  /// columns may stand in any order. The index depends on the rows, not on their order, but for the
  /// fingerprint of the files.
  ///
  /// `workers` is the number of threads that take blocks apart and sort; it does not change the index.
  /// The concepts of `local` stand in the index as if they stood in the files. What comes back is what
  /// is odd in the download, though an index can be made of it.
  @discardableResult
  package static func build(
    from path: String, to target: String, contents: IndexContents = .drugs,
    local: LocalConcepts = LocalConcepts(), workers: Int = 2,
    progress: (@Sendable (Progress) -> Void)? = nil
  ) throws -> [String] {
    try build(
      from: path, to: target, contents: contents, local: local, workers: workers,
      blockByteCount: AthenaFile.blockByteCount, progress: progress)
  }

  /// Imports a download in blocks of another size, as a test may want.
  @discardableResult
  static func build(
    from path: String, to target: String, contents: IndexContents = .drugs,
    local: LocalConcepts = LocalConcepts(), workers: Int, blockByteCount: Int,
    progress: (@Sendable (Progress) -> Void)? = nil
  ) throws -> [String] {
    let download = try AthenaDownload(path)
    let files = AthenaDownload.files(contents)
    var total = 0
    for file in files { total += try download.size(file) }
    let bytes = total
    let report: @Sendable (String, Int) -> Void = { step, done in
      progress?(Progress(step: step, done: done, total: bytes))
    }
    var importer = AthenaImport(
      download: download, contents: contents, local: local, workers: max(1, workers),
      blockByteCount: blockByteCount, progress: report)
    var builder = IndexBuilder(try IndexWriter(path: target))
    try importer.fill(&builder)
    if contents.contains(.text) {
      report("learning what suggestions are worth", bytes)
      try builder.addSuggestions(workers: max(1, workers))
    }
    _ = try builder.finish()
    return importer.warnings
  }

  /// Whether the index was made from the files that now stand in a folder, by their content, and of
  /// the local concepts given.
  ///
  /// - Complexity: O(*n*) in the bytes of the files, which are read but not taken apart.
  package func isCurrent(_ path: String, local: LocalConcepts = LocalConcepts()) throws -> Bool {
    let files = AthenaDownload.files(header.contents)
    return try local.combined(with: AthenaDownload(path).fingerprint(files)) == header.fingerprint
  }

  /// Opens an index file if it is whole and was made from a folder's files and the local concepts
  /// given; otherwise builds it anew.
  package static func prepare(
    folder: String, index path: String, contents: IndexContents = .drugs,
    local: LocalConcepts = LocalConcepts(), progress: (@Sendable (Progress) -> Void)? = nil
  ) throws -> VocabularyIndex {
    if let index = try? open(path: path), index.contents.isSuperset(of: contents),
      try index.isCurrent(folder, local: local)
    {
      return index
    }
    try build(from: folder, to: path, contents: contents, local: local, progress: progress)
    return try open(path: path)
  }
}

extension AthenaDownload {
  /// The files that some contents are made of, in the order in which they are hashed.
  static func files(_ contents: IndexContents) -> [File] {
    File.allCases.filter { file in
      switch file {
      case .concept, .relationship, .vocabulary, .domain: true
      case .ancestor: !contents.isDisjoint(with: [.drugs, .ancestors])
      case .strength: contents.contains(.drugs)
      case .synonym: contents.contains(.synonyms)
      case .conceptClass, .relationshipName: contents.contains(.relationships)
      }
    }
  }
}
