/// What suggestions have learnt from a vocabulary.
package struct SuggestionModel: Hashable, Sendable {
  var relations = WordRelations()
  var weights = LogisticModel(weights: Features.usual)
  /// What raw scores of first suggestions are worth, and what those of the others are: at the same raw
  /// score a first one is right more often.
  var calibration = Calibration()
  var others = Calibration()
  /// The same for terms of which more is stated than a name and a code; empty where too few of them
  /// were seen.
  var detailedCalibration = Calibration()
  var detailedOthers = Calibration()
  /// Whether scores were compared with what is right; otherwise they only tell an order.
  package var isCalibrated: Bool { !calibration.knots.isEmpty }

  /// What the raw score of a suggestion is worth, by the rank that it has among those of a term.
  func share(_ raw: Double, rank: Int, isDetailed: Bool) -> Double {
    let own = rank == 0 ? detailedCalibration : detailedOthers
    if isDetailed, !own.knots.isEmpty { return own.share(raw) }
    return (rank == 0 ? calibration : others).share(raw)
  }

  /// Usual weights, which were fitted to no vocabulary.
  package init() {}
}
