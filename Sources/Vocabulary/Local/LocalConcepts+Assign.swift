package import Columnar
package import Diagnostics

extension LocalConcepts {
  /// A concept that got an id.
  package struct Assignment: Encodable, Hashable, Sendable {
    package let id: Int64
    package let vocabulary: String
    package let code: String
    /// The id that it had, which another concept of the vocabulary has; `nil` where it had none.
    package let replaces: Int64?
  }

  /// Gives an id to each concept of a folder that has none, and to each whose id is that of another
  /// concept of the vocabulary, and writes them into the file of ids.
  ///
  /// Nothing is written when something is wrong with the files, or when all concepts have their ids.
  ///
  /// - Parameters:
  ///   - folder: the folder of mappings.
  ///   - vocabulary: vocabularies whose ids are taken.
  ///   - writes: whether the file is written; else it is only said what would be.
  /// - Returns: the concepts that got an id, ascending, and what is wrong.
  /// - Throws: what the file system says.
  package static func assign(
    folder: String, vocabulary: VocabularyIndex? = nil, writes: Bool = true
  ) throws(FileError) -> (given: [Assignment], diagnostics: DiagnosticList) {
    var list = DiagnosticList()
    let definitions = LocalDefinitions(path: path(fileNames[0], in: folder), &list)
    var ids = LocalIDs(folder: folder, &list)
    let check = LocalConceptCheck(vocabulary, named: definitions.all.map(\.concept))
    for definition in definitions.all {
      let id = ids.id(of: definition.key)
      for found in check.diagnostics(definition, id: id, tellsID: false) { list.add(found) }
    }
    guard !list.hasErrors else { return ([], list) }
    let keys = definitions.all.map(\.key)
    var old: [LocalKey: Int64] = [:]
    for key in keys {
      guard let id = ids.id(of: key), let other = vocabulary?.concept(id: id),
        other.localKey != key
      else { continue }
      old[key] = ids.release(key)
    }
    let taken = vocabulary.map { $0.count > 0 ? $0.id($0.count - 1) : 0 } ?? 0
    let given = ids.assign(keys, above: taken, &list)
    if writes, !given.isEmpty { try ids.write(given) }
    return (
      given.map {
        Assignment(
          id: $0.id, vocabulary: $0.key.vocabulary, code: $0.key.code, replaces: old[$0.key])
      }, list
    )
  }
}
