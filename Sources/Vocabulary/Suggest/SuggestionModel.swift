/// What suggestions have learnt from a vocabulary.
package struct SuggestionModel: Hashable, Sendable {
  var relations = WordRelations()
  var weights = LogisticModel(weights: Features.usual)
  /// What raw scores of first suggestions are worth, and what those of the others are: at the same raw
  /// score a first one is right more often.
  var calibration = Calibration()
  var others = Calibration()
  /// Whether scores were compared with what is right; otherwise they only tell an order.
  package var isCalibrated: Bool { !calibration.knots.isEmpty }

  /// Usual weights, which were fitted to no vocabulary.
  package init() {}
}
