/// What a new release does to a code; one code may have several.
package enum ImpactKind: String, Codable, CaseIterable, Sendable {
  /// The code had a standard concept and has none.
  case lost
  /// It has other standard concepts, or another concept of its value.
  case changed
  /// Its standard concepts are of other domains, so that rows of `into: event` change their table.
  case domainMoved = "domain-moved"
  /// A mapping file names a concept that is not valid and standard in the new release.
  case deprecatedTarget = "deprecated-target"
  /// The code had no standard concept and has one.
  case gained
  /// A mapping file has the code as reviewed without a target, and its vocabulary had none and has
  /// one: rows stay as they are until somebody maps it.
  case reviewedGained = "reviewed-gained"
  /// The code is not in the new release of its vocabulary.
  case missingCode = "missing-code"

  /// Whether rows of the code are written otherwise.
  package var changesRows: Bool {
    switch self {
    case .lost, .changed, .domainMoved, .gained: true
    case .deprecatedTarget, .reviewedGained, .missingCode: false
    }
  }
}

/// A code for which two releases differ, or whose mapping names what the new one no longer has.
package struct ImpactFinding: Hashable, Sendable {
  /// A concept of a mapping file that is not valid and standard in the new release.
  package struct Deprecated: Codable, Hashable, Sendable {
    package var target: ConceptPage.Reference
    /// The standard concepts on which it ends in the new release.
    package var replacements: [ConceptPage.Reference]
  }

  package var code: UsedCode
  /// In the order in which kinds are declared; at least one.
  package var kinds: [ImpactKind]
  /// The standard concepts in the old release.
  package var before: [ConceptPage.Reference]
  package var after: [ConceptPage.Reference]
  /// The concepts of the value.
  package var valuesBefore: [ConceptPage.Reference]
  package var valuesAfter: [ConceptPage.Reference]
  package var deprecated: [Deprecated]
}
