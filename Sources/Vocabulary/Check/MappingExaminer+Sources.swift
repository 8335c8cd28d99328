import Diagnostics

/// The rules about the vocabulary and the concept that a row gives for its code.
extension MappingExaminer {
  /// `unknown-source-vocabulary`, `long-code`: told once for each name.
  mutating func examineVocabulary(_ row: [MappingTable.Cell]) {
    guard let place = places.sourceVocabulary else { return }
    let name = row[place].text
    guard !name.isEmpty, vocabularies[name] == nil else { return }
    let index = check.concepts?.vocabulary
    vocabularies[name] = index?.vocabulary(named: name) ?? -1
    if name.unicodeScalars.count > 20 {
      tell(
        .longCode,
        "the vocabulary has \(name.unicodeScalars.count) characters, the CDM holds 20",
        at: row[place])
    }
    guard let index, vocabularies[name] == -1,
      let nearest = index.nearestVocabulary(to: name.cleaned)
    else { return }
    tell(
      .unknownVocabulary, "there is no vocabulary `\(name)`", at: row[place],
      hint: "did you mean `\(nearest)`?")
  }

  /// The source concept of a code: it exists, and is that of the code.
  mutating func examineSource(_ row: [MappingTable.Cell], _ number: Int) {
    guard let place = places.sourceConcept, let code = places.code,
      let id = Int64(row[place].trimmed), id != 0
    else { return }
    codes[number].sourceConcept = id
    guard let check = check.concepts else { return }
    guard let concept = check.vocabulary.concept(id: id) else {
      if let problem = check.problem(id) { tell(problem, at: row[place]) }
      return
    }
    func bare(_ code: String) -> String { code.uppercased().filter { $0 != "." && $0 != " " } }
    let title = "the source concept \(id) (\(concept.name))"
    if bare(concept.code) != bare(row[code].text) {
      tell(
        .otherSourceCode, "\(title) has the code \(concept.code)", at: row[place],
        hint: "find the concept of \(row[code].text)")
    }
    let vocabulary = codes[number].vocabulary
    if !vocabulary.isEmpty, concept.vocabulary != vocabulary {
      tell(
        .otherSourceVocabulary, "\(title) is of the vocabulary \(concept.vocabulary)",
        at: row[place], hint: "the row says \(vocabulary)")
    }
  }
}
