/// One of two releases that are compared, with the local concepts that it has or borrows.
///
/// A site's own concepts stand in an index that was built with them. Where one of the two indexes has
/// some and the other has none at all, the release itself has done nothing to them: the other one is
/// compared as if it had been built with them too. Where both have some, one that is missing is gone.
struct Release: Sendable {
  let index: VocabularyIndex
  /// The other release, where it has local concepts and this one has none.
  let lender: VocabularyIndex?

  init(_ index: VocabularyIndex, beside other: VocabularyIndex) {
    self.index = index
    lender = !index.hasLocalConcepts && other.hasLocalConcepts ? other : nil
  }

  /// Whether it has a concept, of its own or borrowed.
  func has(_ id: Int64) -> Bool { index.position(ofConcept: id) != nil || home(id) != nil }

  /// The concept, of its own or borrowed.
  func concept(_ id: Int64) -> Concept? { (home(id) ?? index).concept(id: id) }

  /// The valid standard concepts on which a concept ends.
  func targets(_ id: Int64) -> [Int64] {
    home(id).map { follow($0.standardTargets(ofConcept: id)) }
      ?? index.standardTargets(ofConcept: id)
  }

  /// The concepts of the value of a code's concept.
  func values(_ id: Int64) -> [Int64] {
    home(id).map { follow($0.valueTargets(ofConcept: id)) } ?? index.valueTargets(ofConcept: id)
  }

  /// The borrowed concept of a code; `nil` where none is borrowed.
  func borrowed(vocabulary: String, code: String) -> Int64? {
    guard let lender, let handle = lender.vocabulary(named: vocabulary),
      let position = lender.lookup(vocabulary: handle, code: code)
    else { return nil }
    let id = lender.id(position)
    return LocalConcepts.range.contains(id) ? id : nil
  }

  /// Whether it has codes of a vocabulary, of its own or borrowed.
  func hasCodes(of name: String) -> Bool {
    func count(_ index: VocabularyIndex) -> Int {
      index.vocabulary(named: name).map { index.conceptCount(ofVocabulary: $0) } ?? 0
    }
    if count(index) > 0 { return true }
    guard let lender, let handle = lender.vocabulary(named: name) else { return false }
    return lender.localPositions.contains { lender.vocabulary($0) == handle }
  }

  /// A concept as findings name it; one that it does not have has no name and is not valid.
  func reference(_ id: Int64) -> ConceptPage.Reference {
    ConceptPage.Reference(
      concept(id) ?? Concept(id: id, code: "", vocabulary: "", domain: "", invalidReason: "D"))
  }

  private func home(_ id: Int64) -> VocabularyIndex? {
    guard let lender, LocalConcepts.range.contains(id), lender.position(ofConcept: id) != nil
    else { return nil }
    return lender
  }

  /// The ends of what the lender gives: local concepts stay, others are followed in this release.
  private func follow(_ targets: [Int64]) -> [Int64] {
    Set(
      targets.flatMap {
        LocalConcepts.range.contains($0) ? [$0] : index.standardTargets(ofConcept: $0)
      }
    ).sorted()
  }
}

extension VocabularyIndex {
  /// The positions of local concepts, whose ids are above all others.
  var localPositions: Range<Int> {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if id(middle) < LocalConcepts.range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low..<count
  }

  /// Whether it was built with local concepts.
  package var hasLocalConcepts: Bool { !localPositions.isEmpty }
}
