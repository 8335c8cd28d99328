/// Why a record, a row or a cell was refused: a stable name that reports and programs rely on.
public struct ReasonCode: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  /// A reason of a stage from another package, such as `"unit_unknown"`.
  ///
  /// Reports show it, so that it has to stand in the source code: it cannot be made of a value.
  public init(stringLiteral name: StaticString) { rawValue = name.description }

  /// The name of the reason.
  public var description: String { rawValue }

  /// The driving row found no row to join.
  package static let joinUnmatched = ReasonCode(rawValue: "join_unmatched")
  /// The person key is NULL.
  package static let personMissing = ReasonCode(rawValue: "person_missing")
  /// No demographic row of the person was ever seen.
  package static let personUnknown = ReasonCode(rawValue: "person_unknown")
  /// A part of the source key is NULL.
  package static let keyMissing = ReasonCode(rawValue: "key_missing")
  /// A required field of the CDM is NULL.
  package static let requiredMissing = ReasonCode(rawValue: "required_missing")
  /// The row on which this one depends is itself in quarantine.
  package static let parentQuarantined = ReasonCode(rawValue: "parent_quarantined")
  /// The key of another row names rows of several persons, none of which is the row's own.
  package static let referenceAmbiguous = ReasonCode(rawValue: "reference_ambiguous")
  /// Rows of one key disagree, and nothing says which to prefer.
  package static let conflictingRows = ReasonCode(rawValue: "conflicting_rows")
  /// Nothing says when the person was observed.
  package static let noObservationPeriod = ReasonCode(rawValue: "no_observation_period")
  /// A person has more rows than ids.
  package static let personTooLarge = ReasonCode(rawValue: "person_too_large")
  /// A number has more digits than its type holds.
  package static let decimalOverflow = ReasonCode(rawValue: "decimal_overflow")
  /// A text is longer than the CDM field and the rule does not cut it.
  package static let textTooLong = ReasonCode(rawValue: "text_too_long")
}
