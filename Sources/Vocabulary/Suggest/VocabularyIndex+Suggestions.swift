extension VocabularyIndex {
  /// What suggestions have learnt from the vocabulary when the index was built; `nil` in an index
  /// without the words of names.
  ///
  /// - Returns: the model.
  /// - Throws: a `VocabularyError` where it is damaged.
  package func suggestionModel() throws(VocabularyError) -> SuggestionModel? {
    let bytes = part(.suggestionModel, UInt8.self)
    guard !bytes.isEmpty else { return nil }
    guard let model = SuggestionModel(bytes) else {
      throw VocabularyError(
        "damaged-index",
        "what suggestions have learnt is damaged in the vocabulary index; import it again")
    }
    return model
  }

  /// What suggestions learn from the vocabulary; the same whatever the number of threads.
  func learntModel(workers: Int) throws -> SuggestionModel {
    let filter = try ConceptFilter(self, isStandardOnly: true)
    var suggester = try Suggester(self, try textIndex(workers: workers), filter: filter)
    suggester.learn(knownTerms(filter), workers: workers)
    return suggester.model
  }
}
