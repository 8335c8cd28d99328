/// The ATC class of a term, with the classes above it.
///
/// Source: https://atcddd.fhi.no/atc/structure_and_principles/ (levels of 1, 3, 4, 5 and 7 characters)
struct DrugClass: Sendable {
  private static let lengths = [1, 3, 4, 5, 7]

  /// The positions of the classes, the widest first.
  let classes: [Int]

  /// The classes of a term in an index: of the code that its source states, or of its own code where
  /// that can be no other.
  ///
  /// A code that the index does not have, such as a new one, counts by the classes above it; `hidden`
  /// is a concept that must not answer.
  init?(
    _ term: SourceTerm, _ index: VocabularyIndex, _ relations: CodeRelations, hidden: Int? = nil
  ) {
    guard let atc = relations.atc,
      let code = (term.atc ?? term.code).atcCode(isStated: term.atc != nil)
    else { return nil }
    classes = Self.lengths.filter { $0 <= code.count }.compactMap { length in
      let found = index.lookup(vocabulary: atc, code: String(code.prefix(length)))
      return found == hidden ? nil : found
    }
    if classes.isEmpty { return nil }
  }

  /// How well a concept fits: 1 when it is of the class, less when only of classes above it, −1 when
  /// of other classes alone, 0 when of none.
  ///
  /// - Complexity: O(*n*) in the ancestors of the concept.
  func fit(_ position: Int, _ index: VocabularyIndex, _ relations: CodeRelations) -> Double {
    guard index.contents.contains(.ancestors) else { return 0 }
    let starts = index.part(.ancestorStarts, UInt32.self)
    let targets = index.part(.ancestorTargets, UInt32.self)
    var shared = 0
    var isClassified = false
    for place in Int(starts[position])..<Int(starts[position + 1]) {
      let ancestor = Int(targets[place])
      guard index.vocabulary(ancestor) == relations.atc else { continue }
      isClassified = true
      if classes.contains(ancestor) { shared += 1 }
    }
    return isClassified ? 2 * Double(shared) / Double(classes.count) - 1 : 0
  }
}

extension String {
  /// The text as a code of ATC, in capitals; `nil` when it is none.
  ///
  /// A code that nobody says is one of ATC must have five characters or seven: `A01` is one of ICD-10
  /// too.
  func atcCode(isStated: Bool) -> String? {
    let code = uppercased().filter { !$0.isWhitespace }
    let bytes = Array(code.utf8)
    let form = Array("ADDAADD".utf8)
    guard [1, 3, 4, 5, 7].contains(bytes.count), isStated || bytes.count >= 5 else { return nil }
    for (byte, kind) in zip(bytes, form) {
      let isDigit = byte >= 0x30 && byte <= 0x39
      let isLetter = byte >= 0x41 && byte <= 0x5A
      guard kind == 0x44 ? isDigit : isLetter else { return nil }
    }
    return code
  }
}
