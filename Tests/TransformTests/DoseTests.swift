import Testing

@testable import Transform

/// The examples of OHDSI's page on drug doses.
///
/// Source: https://ohdsi.github.io/CommonDataModel/drug_dose.html
struct DoseTests {
  private static let milligram: Int64 = 8576
  private static let millilitre: Int64 = 8587
  private static let hour: Int64 = 8505
  private static let actuation: Int64 = 45_744_809

  @Test func `of pieces the amount counts`() {
    let tablet = DrugStrength(ingredient: 1, amount: 500, amountUnit: Self.milligram)
    #expect(
      tablet.dailyDose(quantity: 20, days: 5)
        == DailyDose(ingredient: 1, unit: Self.milligram, value: 2000))
  }

  @Test func `of puffs the numerator counts`() {
    let puff = DrugStrength(
      ingredient: 1, numerator: 0.09, numeratorUnit: Self.milligram,
      denominatorUnit: Self.actuation)
    #expect(puff.dailyDose(quantity: 200, days: 30)?.value == 0.6)
  }

  @Test func `of packs of a stated size the numerator counts`() {
    let suspension = DrugStrength(
      ingredient: 1, numerator: 1250, numeratorUnit: Self.milligram, denominator: 5,
      denominatorUnit: Self.millilitre)
    #expect(suspension.dailyDose(quantity: 2, days: 1)?.value == 2500)
  }

  @Test func `of a gel without a size the numerator counts for each mL, or each mg of a gram`() {
    let alcohol = DrugStrength(
      ingredient: 1, numerator: 0.1, numeratorUnit: Self.millilitre,
      denominatorUnit: Self.millilitre)
    let pramoxine = DrugStrength(
      ingredient: 2, numerator: 0.01, numeratorUnit: Self.milligram,
      denominatorUnit: Self.milligram)
    #expect(alcohol.dailyDose(quantity: 37, days: 1)?.value == 3.7)
    #expect(pramoxine.dailyDose(quantity: 37, days: 1)?.value == 370)
  }

  @Test func `of what is released over time a day has 24 hours, however many pieces`() {
    let patch = DrugStrength(
      ingredient: 1, numerator: 0.00625, numeratorUnit: Self.milligram,
      denominatorUnit: Self.hour)
    #expect(patch.dailyDose(quantity: nil, days: 7)?.value == 0.15)
    #expect(patch.dailyDose(quantity: 3, days: 7)?.value == 0.15)
  }

  @Test func `a dose that cannot be told is none`() {
    let tablet = DrugStrength(ingredient: 1, amount: 500, amountUnit: Self.milligram)
    #expect(tablet.dailyDose(quantity: nil, days: 5) == nil)
    #expect(tablet.dailyDose(quantity: 0, days: 5) == nil)
    #expect(tablet.dailyDose(quantity: -3, days: 5) == nil)
    #expect(DrugStrength(ingredient: 1).dailyDose(quantity: 1, days: 1) == nil)
  }

  @Test func `doses that differ by rounding alone are one`() {
    let third = DrugStrength(ingredient: 1, amount: 0.1, amountUnit: Self.milligram)
    let dose = third.dailyDose(quantity: 3, days: 1)
    #expect(
      dose
        == DrugStrength(ingredient: 1, amount: 0.3, amountUnit: Self.milligram)
        .dailyDose(quantity: 1, days: 1))
  }
}
