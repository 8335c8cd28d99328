import CommonDataModel
import EngineTestSupport
import TestSupport
import Testing
import Vocabulary

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
    let tablet = ConceptStrength(drug: 7, ingredient: 1, amount: 500, amountUnit: Self.milligram)
    #expect(
      tablet.dailyDose(quantity: 20, days: 5)
        == DailyDose(ingredient: 1, unit: Self.milligram, value: 2000))
  }

  @Test func `of puffs the numerator counts`() {
    let puff = ConceptStrength(
      drug: 7, ingredient: 1, numerator: 0.09, numeratorUnit: Self.milligram,
      denominatorUnit: Self.actuation)
    #expect(puff.dailyDose(quantity: 200, days: 30)?.value == 0.6)
  }

  @Test func `of packs of a stated size the numerator counts`() {
    let suspension = ConceptStrength(
      drug: 7, ingredient: 1, numerator: 1250, numeratorUnit: Self.milligram, denominator: 5,
      denominatorUnit: Self.millilitre)
    #expect(suspension.dailyDose(quantity: 2, days: 1)?.value == 2500)
  }

  @Test func `of a gel without a size the numerator counts for each mL, or each mg of a gram`() {
    let alcohol = ConceptStrength(
      drug: 7, ingredient: 1, numerator: 0.1, numeratorUnit: Self.millilitre,
      denominatorUnit: Self.millilitre)
    let pramoxine = ConceptStrength(
      drug: 7, ingredient: 2, numerator: 0.01, numeratorUnit: Self.milligram,
      denominatorUnit: Self.milligram)
    #expect(alcohol.dailyDose(quantity: 37, days: 1)?.value == 3.7)
    #expect(pramoxine.dailyDose(quantity: 37, days: 1)?.value == 370)
  }

  @Test func `of what is released over time a day has 24 hours, however many pieces`() {
    let patch = ConceptStrength(
      drug: 7, ingredient: 1, numerator: 0.00625, numeratorUnit: Self.milligram,
      denominatorUnit: Self.hour)
    #expect(patch.dailyDose(quantity: nil, days: 7)?.value == 0.15)
    #expect(patch.dailyDose(quantity: 3, days: 7)?.value == 0.15)
  }

  @Test func `a dose that cannot be told is none`() {
    let tablet = ConceptStrength(drug: 7, ingredient: 1, amount: 500, amountUnit: Self.milligram)
    #expect(tablet.dailyDose(quantity: nil, days: 5) == nil)
    #expect(tablet.dailyDose(quantity: 0, days: 5) == nil)
    #expect(tablet.dailyDose(quantity: -3, days: 5) == nil)
    #expect(ConceptStrength(drug: 7, ingredient: 1).dailyDose(quantity: 1, days: 1) == nil)
  }

  @Test func `doses that differ by rounding alone are one`() {
    let third = ConceptStrength(drug: 7, ingredient: 1, amount: 0.1, amountUnit: Self.milligram)
    let dose = third.dailyDose(quantity: 3, days: 1)
    #expect(
      dose
        == ConceptStrength(drug: 7, ingredient: 1, amount: 0.3, amountUnit: Self.milligram)
        .dailyDose(quantity: 1, days: 1))
  }
}

/// Dose eras of whole persons beside an obvious way to make them.
struct DoseEraTests {
  private struct Exposure {
    var person: Int
    var drug: Int
    var start: Int64
    var days: Int64
    var quantity: Int64
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `random exposures make the eras of an obvious implementation`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // Drug 1 has one ingredient, drug 2 two of them, drug 3 none that is known.
    let strengths: [Int64: [ConceptStrength]] = [
      1: [ConceptStrength(drug: 7, ingredient: 91, amount: 500, amountUnit: 8576)],
      2: [
        ConceptStrength(drug: 7, ingredient: 91, amount: 250, amountUnit: 8576),
        ConceptStrength(drug: 7, ingredient: 92, amount: 4, amountUnit: 8576),
      ],
    ]
    let exposures = (0..<40).map { _ in
      Exposure(
        person: .random(in: 1...2, using: &random), drug: .random(in: 1...3, using: &random),
        start: .random(in: 100...400, using: &random), days: .random(in: 1...20, using: &random),
        quantity: .random(in: 0...2, using: &random))
    }
    var world = World.clinic(persons: 2)
    world.stay("S1", of: "P1")
    world.stay("S2", of: "P2")
    for (number, code) in ["D1", "D2", "D3"].enumerated() {
      world.map(code, (Int64(number + 1), .drug))
    }
    for (number, one) in exposures.enumerated() {
      // The quantity has two digits behind the point; the pieces are as many as the days.
      let pieces = one.quantity * one.days * 100
      world["acts"].append([
        .key("S\(one.person)"), .lane(Int64(number)), .text("D\(one.drug)"), .lane(pieces),
        .text("\(one.days)"), .lane(one.start),
      ])
    }
    world[rule: "act"].fields = [
      ("start_date", "\"DAY\""), ("type_concept_id", "32817"),
      ("quantity", "VALUE"), ("days_supply", "cast(NOTE as integer)"),
    ]
    world.derivation = DerivationPlan(
      doseEras: .init(gap: 30) { strengths[$0] ?? [] })
    let outcome = try world.run()
    let actual = outcome["dose_era"].map { row in
      [
        "drug_concept_id", "unit_concept_id", "dose_value", "dose_era_start_date",
        "dose_era_end_date",
      ].map { row[$0] ?? "" }.joined(separator: " ")
    }.sorted()
    var expected: [String] = []
    for person in 1...2 {
      for (ingredient, dose, drug) in [
        (91, 500.0, 1), (91, 1000.0, 1), (91, 250.0, 2), (91, 500.0, 2), (92, 4.0, 2), (92, 8.0, 2),
      ] where !(drug == 2 && dose == 500) {
        // 500 mg a day come of one piece of the first drug, or of two of the second.
        let rows = exposures.filter { one in
          one.person == person
            && (strengths[Int64(one.drug)] ?? []).contains {
              $0.ingredient == Int64(ingredient) && ($0.amount ?? 0) * Double(one.quantity) == dose
            }
        }
        var eras: [(Int64, Int64)] = []
        for day in Set(rows.flatMap { Array($0.start...$0.start + $0.days - 1) }).sorted() {
          if let last = eras.last, day <= last.1 + 30 {
            eras[eras.count - 1].1 = day
          } else {
            eras.append((day, day))
          }
        }
        expected += eras.map { "\(ingredient) 8576 \(dose) \($0.0) \($0.1)" }
      }
    }
    #expect(actual == expected.sorted())
    #expect(!actual.isEmpty)
  }
}
