/// One thing refused, by its place alone: no value of any row is kept.
package struct QuarantineEntry: Hashable, Sendable {
  package enum Kind: Int, Sendable {
    /// A record that could not become a row of its extract table.
    case record = 0
    /// A row that a rule could not use.
    case row = 1
    /// A cell that became NULL.
    case cell = 2
    /// A person who is written, and of whom something is missing: listed by the place of the row
    /// that leads.
    case person = 3
  }

  package var kind: Kind
  package var position: SourcePosition
  /// The rule, `pipeline/id`; empty for records and for cells of an extract table.
  package var rule: String
  package var reason: ReasonCode
  /// The column or the CDM field concerned, where one is.
  package var field: String?
  /// Where the row stands on which this one depends.
  package var parent: SourcePosition?

  package init(
    _ kind: Kind, at position: SourcePosition, rule: String = "", reason: ReasonCode,
    field: String? = nil, parent: SourcePosition? = nil
  ) {
    self.kind = kind
    self.position = position
    self.rule = rule
    self.reason = reason
    self.field = field
    self.parent = parent
  }
}
