package import Columnar
package import Diagnostics

extension LocalConcepts {
  /// A concept that got an id.
  package struct Assignment: Encodable, Hashable, Sendable {
    package let id: Int64
    package let vocabulary: String
    package let code: String
  }

  /// Gives an id to each concept of a folder that has none, and adds them to the file of ids.
  ///
  /// Nothing is written when something is wrong with the files, or when all concepts have their ids.
  ///
  /// - Parameters:
  ///   - folder: the folder of mappings.
  ///   - vocabulary: vocabularies whose ids are taken, where they have local concepts already.
  ///   - writes: whether the file is written; else it is only said what would be.
  /// - Returns: the concepts that got an id, ascending, and what is wrong.
  /// - Throws: what the file system says.
  package static func assign(
    folder: String, vocabulary: VocabularyIndex? = nil, writes: Bool = true
  ) throws(FileError) -> (given: [Assignment], diagnostics: DiagnosticList) {
    var list = DiagnosticList()
    let definitions = LocalDefinitions(path: path(fileNames[0], in: folder), &list)
    var ids = LocalIDs(folder: folder, &list)
    guard !list.hasErrors else { return ([], list) }
    let taken = vocabulary.map { $0.count > 0 ? $0.id($0.count - 1) : 0 } ?? 0
    let given = ids.assign(definitions.all.map(\.key), above: taken, &list)
    if writes, !given.isEmpty { try ids.write(given) }
    return (
      given.map { Assignment(id: $0.id, vocabulary: $0.key.vocabulary, code: $0.key.code) }, list
    )
  }
}
