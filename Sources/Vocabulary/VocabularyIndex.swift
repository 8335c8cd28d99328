import Columnar

/// The standardised vocabularies as an immutable, memory-mapped index.
///
/// Concepts have positions from 0, in ascending order of their ids; batches work with positions
/// (Int32, −1 for none) and turn them into ids at the end.
package struct VocabularyIndex: Sendable {
  let file: MappedFile
  let header: IndexHeader
  /// The release of the vocabularies: VOCABULARY.csv's version of `None` as Athena writes it.
  package let version: String?
  /// The names of all vocabularies in the order of their bytes; a handle is a position in it.
  package let vocabularies: [String]
  /// The names (domain_id) of all domains in the order of their bytes.
  package let domains: [String]
  /// The names of all concept classes in the order of their bytes.
  package let conceptClasses: [String]
  /// The names (relationship_id) of the relationships of all edges in the order of their bytes.
  package let relationships: [String]
  private let handles: [String: Int]

  /// Opens an index file; a foreign, newer, cut or damaged one is refused.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - isChecked: whether to read all of it once, to see that it is what was written. Without it the
  ///     header, the sizes and the names are checked, in a few milliseconds whatever the size.
  /// - Returns: the index.
  /// - Throws: a `VocabularyError`, or a `FileError` where it cannot be read.
  package static func open(path: String, isChecked: Bool = true) throws -> VocabularyIndex {
    try VocabularyIndex(MappedFile(path: path), path: path, isChecked: isChecked)
  }

  init(_ file: MappedFile, path: String?, isChecked: Bool = true) throws(VocabularyError) {
    let header = try IndexHeader(file, path: path)
    let damaged = VocabularyError(
      "damaged-index",
      "the vocabulary index is damaged; make it again with ecluse vocabulary build", path: path)
    guard header.hasFittingParts(fileByteCount: file.count) else { throw damaged }
    if isChecked { guard header.hasWholeParts(in: file) else { throw damaged } }
    let names = header.parts[IndexSection.names.rawValue]
    let bytes = file.values(UInt8.self, at: names.offset, count: names.byteCount)
    guard let lists = NameBlock.lists(bytes, count: 5), lists[0].count == 1 else { throw damaged }
    let counts = header.parts[IndexSection.vocabularyCounts.rawValue]
    guard counts.byteCount == lists[1].count * 4 else { throw damaged }
    self.file = file
    self.header = header
    version = lists[0][0].isEmpty ? nil : lists[0][0]
    vocabularies = lists[1]
    domains = lists[2]
    conceptClasses = lists[3]
    relationships = lists[4]
    handles = Dictionary(
      zip(lists[1], lists[1].indices), uniquingKeysWith: { first, _ in first })
  }

  /// The number of concepts.
  package var count: Int { header.conceptCount }

  /// A hash of all that the index says: equal for equal vocabularies, whatever the order of the rows
  /// they were imported from.
  package var contentHash: UInt64 { header.contentHash }

  /// The number of valid edges of the import that have an end outside CONCEPT.csv.
  package var danglingEdges: Int { header.danglingEdges }

  /// What the index holds beside the concepts and the mapping of codes.
  package var contents: IndexContents { header.contents }

  /// The rows of the whole lists of relationships and ancestors that were left out since one of their
  /// ends is no concept: those of CPT4, which Athena's download does not have, for example.
  package var danglingRows: Int { header.danglingRows }

  /// The size of the index in bytes.
  package var byteCount: Int { header.fileByteCount }

  /// The handle of a vocabulary by its exact name (vocabulary_id).
  package func vocabulary(named name: String) -> Int? { handles[name] }

  /// The number of concepts of a vocabulary: 0 when it was named but not downloaded.
  package func conceptCount(ofVocabulary vocabulary: Int) -> Int {
    Int(part(.vocabularyCounts, UInt32.self)[vocabulary])
  }

  /// The values of a part, borrowed.
  @inline(__always)
  @_lifetime(borrow self)
  func part<Value: BitwiseCopyable>(_ section: IndexSection, _ type: Value.Type) -> Span<Value> {
    let part = header.parts[section.rawValue]
    return file.values(
      type, at: part.offset, count: part.byteCount / MemoryLayout<Value>.stride)
  }
}
