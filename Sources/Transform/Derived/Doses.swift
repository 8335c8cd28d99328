internal import Vocabulary

/// A dose of an ingredient a day.
struct DailyDose: Hashable {
  var ingredient: Int64
  var unit: Int64
  var value: Double
}

extension ConceptStrength {
  /// The concepts of units that change the rule: hour, milligram.
  private static let hour: Int64 = 8505
  private static let milligram: Int64 = 8576

  /// The dose a day of an exposure.
  ///
  /// - A piece with a fixed amount: the pieces times the amount, over the days.
  /// - What is released over time: 24 times the amount an hour, however many pieces.
  /// - A pack of a stated size, and puffs: the packs or puffs times the numerator, over the days.
  /// - A concentration without a size: the quantity is in mL or g; where the denominator is in mg, a
  ///   gram has a thousand of them.
  ///
  /// Source: https://ohdsi.github.io/CommonDataModel/drug_dose.html
  ///
  /// - Parameters:
  ///   - quantity: the quantity of the exposure, where it says one.
  ///   - days: how long the exposure lasts, at least 1.
  /// - Returns: `nil` when the dose cannot be told.
  func dailyDose(quantity: Double?, days: Int64) -> DailyDose? {
    if let numerator, denominatorUnit == ConceptStrength.hour {
      return dose(24 * numerator / (denominator ?? 1), numeratorUnit)
    }
    guard let quantity, quantity > 0 else { return nil }
    if let amount { return dose(quantity * amount / Double(days), amountUnit) }
    guard let numerator else { return nil }
    let perGram = denominator == nil && denominatorUnit == ConceptStrength.milligram ? 1000.0 : 1
    return dose(quantity * numerator * perGram / Double(days), numeratorUnit)
  }

  /// Doses that differ by less than the eighth digit are one.
  private func dose(_ value: Double, _ unit: Int64) -> DailyDose? {
    guard value.isFinite, value > 0 else { return nil }
    var scale = 1.0
    while value * scale < 10_000_000, scale < 1e18 { scale *= 10 }
    return DailyDose(
      ingredient: ingredient, unit: unit, value: (value * scale).rounded() / scale)
  }
}
