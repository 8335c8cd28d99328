import Diagnostics

/// Which concepts a search may find.
package struct ConceptFilter: Sendable {
  /// Handles of vocabularies, domains and classes; `nil` for all.
  private var vocabularies: Set<Int>?
  private var domains: Set<Int>?
  private var classes: Set<Int>?
  /// Whether only valid standard concepts count.
  private var isStandardOnly: Bool

  /// A name that no vocabulary, domain or class of the index has.
  package struct UnknownName: Error, Hashable {
    /// `vocabulary`, `domain` or `class`.
    package let kind: String
    package let name: String
    /// The name that was most likely meant.
    package let nearest: String?
  }

  /// Takes names as the index has them; an empty list stands for all.
  package init(
    _ index: VocabularyIndex, vocabularies: [String] = [], domains: [String] = [],
    classes: [String] = [], isStandardOnly: Bool = false
  ) throws(UnknownName) {
    self.vocabularies = try Self.handles(vocabularies, index.vocabularies, "vocabulary")
    self.domains = try Self.handles(domains, index.domains, "domain")
    self.classes = try Self.handles(classes, index.conceptClasses, "class")
    self.isStandardOnly = isStandardOnly
  }

  private static func handles(
    _ names: [String], _ known: [String], _ kind: String
  ) throws(UnknownName) -> Set<Int>? {
    guard !names.isEmpty else { return nil }
    var handles: Set<Int> = []
    for name in names {
      // People write `condition` for `Condition`.
      guard
        let handle = known.firstIndex(of: name)
          ?? known.firstIndex(where: { $0.lowercased() == name.lowercased() })
      else {
        let nearest = nearestName(to: name, in: known.filter { $0 != "None" })
        throw UnknownName(kind: kind, name: name, nearest: nearest)
      }
      handles.insert(handle)
    }
    return handles
  }

  /// Whether the concept at a position may be found.
  package func admits(_ position: Int, of index: VocabularyIndex) -> Bool {
    if isStandardOnly, !index.isStandard(position) || !index.isValid(position) { return false }
    if let vocabularies, !vocabularies.contains(index.vocabulary(position)) { return false }
    if let domains, !domains.contains(index.domain(position)) { return false }
    if let classes, !classes.contains(index.conceptClass(position)) { return false }
    return true
  }

  /// The handles of the vocabularies that may be found.
  func vocabularies(of index: VocabularyIndex) -> [Int] {
    vocabularies?.sorted() ?? Array(index.vocabularies.indices)
  }
}

extension VocabularyIndex {
  /// The handle of a concept's class.
  func conceptClass(_ position: Int) -> Int { Int(part(.classes, UInt16.self)[position]) }
}
