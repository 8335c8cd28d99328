/// How a mapping file is used by a rule.
package struct MappingPurpose: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A file of codes, for `concept: { map: … }`.
    case codes
    /// A file of values, for `map(…)`.
    case values
  }

  package var kind: Kind
  /// The states of a review whose rows are used, of a file of codes.
  package var states: Set<MappingStatus>
  /// The domains that the field wants; `nil` for any.
  package var domains: Set<String>?
  /// Whether the concept is that of an event, whose domain chooses the table.
  package var isEvent: Bool

  package init(
    _ kind: Kind, states: Set<MappingStatus> = MappingStatus.usual, domains: Set<String>? = nil,
    isEvent: Bool = false
  ) {
    self.kind = kind
    self.states = states
    self.domains = domains
    self.isEvent = isEvent
  }
}

extension [MappingPurpose] {
  /// The different choices of states among the uses of a file of codes, in the order of the uses.
  package var states: [Set<MappingStatus>] {
    var found: [Set<MappingStatus>] = []
    for purpose in self where purpose.kind == .codes && !found.contains(purpose.states) {
      found.append(purpose.states)
    }
    return found
  }
}
