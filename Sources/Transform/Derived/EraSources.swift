/// What the eras of some persons are made of.
struct EraSources {
  var conditions: [EraInterval] = []
  /// By ingredient.
  var drugs: [EraInterval] = []
  /// By the number of the daily dose.
  var doses: [EraInterval] = []
  var dailyDoses = DailyDoses()

  /// The number of intervals.
  var count: Int { conditions.count + drugs.count + doses.count }

  /// The eras.
  func rows(_ plan: DerivationPlan) -> [DerivedRow] {
    var rows: [DerivedRow] = []
    if let gap = plan.conditionGap {
      rows += Eras.conditions(conditions, gap: gap).map { DerivedRow(kind: .conditionEra, era: $0) }
    }
    if let plan = plan.drugEras {
      rows += Eras.drugs(drugs, gap: plan.gap).map { DerivedRow(kind: .drugEra, era: $0) }
    }
    if let plan = plan.doseEras {
      rows += Eras.join(doses.sorted(by: EraInterval.precede), gap: plan.gap).map { era in
        let dose = dailyDoses[era.concept]
        return DerivedRow(
          kind: .doseEra,
          era: EraInterval(
            person: era.person, concept: dose.ingredient, start: era.start, end: era.end),
          detail: dose.unit, dose: dose.value)
      }
    }
    return rows
  }

  /// Joins what the eras will join anyway.
  ///
  /// Days that touch are one interval in every era, and so they may be joined before all are known.
  mutating func shrink() {
    conditions = Eras.join(conditions.sorted(by: EraInterval.precede), gap: 0)
    drugs = Eras.join(drugs.sorted(by: EraInterval.precede), gap: 0)
    doses = Eras.join(doses.sorted(by: EraInterval.precede), gap: 0)
  }
}

/// Daily doses of ingredients, each with a number.
struct DailyDoses {
  private var doses: [DailyDose] = []
  private var numbers: [DailyDose: Int64] = [:]

  subscript(number: Int64) -> DailyDose { doses[Int(number)] }

  /// The number of a dose, new where the dose is.
  mutating func number(of dose: DailyDose) -> Int64 {
    if let known = numbers[dose] { return known }
    let number = Int64(doses.count)
    numbers[dose] = number
    doses.append(dose)
    return number
  }
}
