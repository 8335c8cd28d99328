import Columnar

extension VocabularyIndex {
  /// How far an import is.
  package struct Progress: Sendable {
    /// The file being read.
    package let file: String
    /// The bytes read of it.
    package let bytes: Int
    /// The bytes read of all files so far.
    package let done: Int
  }

  /// Imports a folder of Athena's files into an index file, which appears when it is whole.
  ///
  /// CONCEPT.csv must be there; CONCEPT_RELATIONSHIP.csv, VOCABULARY.csv, DOMAIN.csv,
  /// CONCEPT_ANCESTOR.csv and DRUG_STRENGTH.csv are read when they are. Files are tab-separated without
  /// quoting or comma-separated with it (RFC 4180), which the header line shows; columns may stand in
  /// any order. The index depends on the rows, not on their order, but for the fingerprint of the
  /// files.
  ///
  /// `workers` is the number of threads that take blocks apart; it does not change the index.
  package static func build(
    folder: String, to path: String, workers: Int = 2, progress: ((Progress) -> Void)? = nil
  ) throws {
    try build(
      folder: folder, to: path, workers: workers, blockByteCount: AthenaFile.blockByteCount,
      progress: progress)
  }

  /// Imports a folder in blocks of another size, as a test may want.
  static func build(
    folder: String, to path: String, workers: Int, blockByteCount: Int,
    progress: ((Progress) -> Void)? = nil
  ) throws {
    let files = try AthenaFolder(folder)
    var builder = IndexBuilder()
    var fingerprint = AthenaFolder.noFiles
    var done = 0
    func read<Sink: AthenaSink>(_ file: AthenaFolder.File, _ sink: Sink) throws -> Sink {
      var sink = sink
      guard let path = files.path(file) else { return sink }
      var reader = try AthenaFile(path: path, blockByteCount: blockByteCount)
      var bytes = 0
      try reader.read(into: &sink, workers: max(1, workers)) { count in
        bytes += count
        done += count
        progress?(Progress(file: path, bytes: bytes, done: done))
      }
      fingerprint = AthenaFolder.combine(fingerprint, file, reader.hash)
      return sink
    }
    builder.path = files.path(.concept)
    builder.concepts = try read(.concept, AthenaConcepts()).table
    let edges = try read(.relationship, AthenaRelationships())
    builder.mapsTo = edges.mapsTo
    builder.mapsToValue = edges.mapsToValue
    builder.replacedBy = edges.replacedBy
    let vocabularies = try read(.vocabulary, AthenaVocabularies())
    builder.version = vocabularies.release
    let domains = try read(.domain, AthenaDomains())
    for row in vocabularies.rows { _ = builder.concepts.vocabularyNames.insert(row.name) }
    for name in domains.names { _ = builder.concepts.domainNames.insert(name) }
    builder.ingredients = try read(
      .ancestor, AthenaAncestors(ingredients: builder.concepts.ingredients)
    ).ingredients
    builder.strengths = try read(.strength, AthenaStrengths()).strengths
    builder.fingerprint = fingerprint
    var writer = try IndexWriter(path: path)
    try builder.write(to: &writer)
  }

  /// Whether the index was made from the files that now stand in a folder, by their content.
  ///
  /// - Complexity: O(*n*) in the bytes of the files, which are read but not taken apart.
  package func isCurrent(_ folder: String) throws -> Bool {
    try AthenaFolder(folder).fingerprint() == header.fingerprint
  }

  /// Opens an index file if it is whole and was made from a folder's files; otherwise builds it anew.
  package static func prepare(
    folder: String, index path: String, progress: ((Progress) -> Void)? = nil
  ) throws -> VocabularyIndex {
    if let index = try? open(path: path), try index.isCurrent(folder) { return index }
    try build(folder: folder, to: path, progress: progress)
    return try open(path: path)
  }
}
