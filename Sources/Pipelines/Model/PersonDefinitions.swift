/// What becomes of a source's visits, as it is written.
package struct VisitsDefinition: Sendable {
  package var merge: VisitMergeDefinition?
  package var linksByDate: Bool
  package var namesPreceding: Bool
}

/// Which visits are one, as it is written.
package struct VisitMergeDefinition: Sendable {
  package var stays: [Located<Int64>]
  package var overnight: [Located<Int64>]
  package var touching: [Located<Int64>]
  package var within: [Located<Int64>]
  package var gap: Int
  package var emergencies: [Located<Int64>]
  /// The class of stays that began with an emergency.
  package var becomes: Located<Int64>?
  package var keepsLoneDetails: Bool

  /// All classes, in the order of their strength.
  package var classes: [Located<Int64>] { stays + overnight + touching + within }
}

/// How observation periods are told, as it is written.
package struct PeriodDefinition: Sendable {
  package enum Method: String, Sendable { case events, gap, enrolment }

  package var method: Method
  package var gap: Located<Int>?
  package var persistence: Located<Int>?
  package var type: Located<Int64>?
  /// The whole section.
  package var place: Located<String>
}
