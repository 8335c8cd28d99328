/// What finishing does with the visits of one source.
package struct VisitPlan: Hashable, Sendable {
  /// How visits are merged; `nil` leaves each as it is.
  package var merging: VisitMerging?
  /// Whether a row that names no visit belongs to the one during which it happened.
  package var linksByDate: Bool
  /// Whether each visit names the one before it.
  package var namesPreceding: Bool

  package init(
    merging: VisitMerging? = nil, linksByDate: Bool = false, namesPreceding: Bool = false
  ) {
    self.merging = merging
    self.linksByDate = linksByDate
    self.namesPreceding = namesPreceding
  }
}

/// Which visits of a person are one.
///
/// Classes are visit concepts. Stays that share days, or follow one another closely, are one visit;
/// so are the visits that touch a stay, and those that lie within one.
package struct VisitMerging: Hashable, Sendable {
  /// Classes whose visits become one where they overlap or touch.
  package var stays: [Int64]
  /// Classes whose visits are stays where they end on a later day than they begin.
  package var overnight: [Int64]
  /// Classes whose visits belong to a stay that they overlap or touch.
  package var touching: [Int64]
  /// Classes whose visits belong to a stay in whose days they lie.
  package var within: [Int64]
  /// The days from the end of one to the start of the next that still touch: 1 is the next day.
  package var gap: Int64
  /// Classes of emergencies.
  package var emergencies: [Int64]
  /// The class of a stay that began with an emergency; `nil` leaves it that of the stay.
  package var emergencyStay: Int64?
  /// Whether a visit detail stays where its visit is made of one row alone.
  package var keepsLoneDetails: Bool

  package init(
    stays: [Int64], overnight: [Int64] = [], touching: [Int64] = [], within: [Int64] = [],
    gap: Int64 = 1, emergencies: [Int64] = [], emergencyStay: Int64? = nil,
    keepsLoneDetails: Bool = true
  ) {
    self.stays = stays
    self.overnight = overnight
    self.touching = touching
    self.within = within
    self.gap = gap
    self.emergencies = emergencies
    self.emergencyStay = emergencyStay
    self.keepsLoneDetails = keepsLoneDetails
  }
}
