package import CommonDataModel
internal import Engine
package import Vocabulary

/// What is known of the codes that one rule looks up: a mapping file, a vocabulary, or both; or of
/// the values that an expression looks up.
package struct CodeBook: Sendable {
  /// The name of the vocabulary, as the rule names it.
  package let vocabularyName: String?
  /// The name of the mapping file, as the rule names it.
  package let mapName: String?
  private let map: SourceToConceptMap?
  /// The file of values, of codes that `map()` looks up.
  let values: ValueMapFile?
  private let vocabulary: VocabularyIndex?
  private let handle: Int?
  private let defaultTable: EventTable

  /// - Parameters:
  ///   - map: the mapping file and its name.
  ///   - vocabulary: the vocabularies; `nil` where none were imported.
  ///   - vocabularyName: the vocabulary of the codes.
  ///   - defaultTable: where a code goes that nothing resolves.
  package init(
    map: (name: String, file: SourceToConceptMap?)?, vocabulary: VocabularyIndex?,
    vocabularyName: String?, defaultTable: EventTable
  ) {
    self.vocabularyName = vocabularyName
    mapName = map?.name
    self.map = map?.file
    values = nil
    self.vocabulary = vocabulary
    handle = vocabularyName.flatMap { vocabulary?.vocabulary(named: $0) }
    self.defaultTable = defaultTable
  }

  /// The values that `map()` looks up in a file.
  package init(values: ValueMapFile, named name: String) {
    vocabularyName = nil
    mapName = name
    map = nil
    self.values = values
    vocabulary = nil
    handle = nil
    defaultTable = .observation
  }

  /// What a code comes to.
  struct Page {
    var outcome: CodeCount.Outcome
    var sourceConcept: Int64
    /// In ascending order.
    var concepts: [Int64]
    var name: String
  }

  /// Looks a code up: for edges.
  func page(_ code: String) -> Page {
    if let values {
      let concept = values.concept(code)
      return Page(
        outcome: concept.map { $0 == 0 ? .reviewed : .mappedByValueFile } ?? .unmapped,
        sourceConcept: 0, concepts: concept.map { $0 == 0 ? [] : [$0] } ?? [], name: "")
    }
    let entry = map?.entry(code)
    let meaning = ConceptResolver.meaning(of: code, map, vocabulary, handle, defaultTable)
    let concepts = (meaning?.targets.map(\.concept) ?? []).filter { $0 != 0 }
    let outcome: CodeCount.Outcome =
      if !concepts.isEmpty {
        entry == nil ? .mappedByVocabulary : .mappedByFile
      } else {
        meaning?.isWithoutTarget == true ? .reviewed : .unmapped
      }
    return Page(
      outcome: outcome, sourceConcept: meaning?.sourceConcept ?? 0, concepts: concepts.sorted(),
      name: map?.names[code] ?? nameInVocabulary(code) ?? "")
  }

  private func nameInVocabulary(_ code: String) -> String? {
    guard let vocabulary, let handle,
      let position = vocabulary.lookup(vocabulary: handle, code: code)
    else { return nil }
    return vocabulary.concept(id: vocabulary.id(position))?.name
  }
}
