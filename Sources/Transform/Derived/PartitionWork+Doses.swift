internal import Columnar
internal import CommonDataModel
internal import Vocabulary

extension PartitionWork {
  /// The dose eras: exposures to one ingredient in one daily dose, where no more than some days lie
  /// between them.
  ///
  /// Source: https://ohdsi.github.io/CommonDataModel/cdm54.html#dose_era and
  /// https://ohdsi.github.io/CommonDataModel/drug_dose.html
  mutating func doseEras(_ plan: DerivationPlan.DoseEras) -> [DerivedRow] {
    guard let index = tables.firstIndex(where: { $0.table == .drugExposure }) else { return [] }
    let quantities = numbers(tables[index].columns["quantity"])
    let supplies = numbers(tables[index].columns["days_supply"])
    var strengths: [Int64: [ConceptStrength]] = [:]
    var doses: [DailyDose] = []
    var numbers: [DailyDose: Int64] = [:]
    let exposures = intervals(of: .drugExposure, "drug_concept_id", "drug_exposure") {
      concept, row, start, end in
      if strengths[concept] == nil { strengths[concept] = plan.strengths(concept) }
      let supply = supplies(row).map { Int64($0) } ?? 0
      let days = supply > 0 ? supply : end - start + 1
      return (strengths[concept] ?? []).compactMap { strength in
        guard let dose = strength.dailyDose(quantity: quantities(row), days: days) else {
          return nil
        }
        if let known = numbers[dose] { return known }
        numbers[dose] = Int64(doses.count)
        doses.append(dose)
        return Int64(doses.count - 1)
      }
    }
    return Eras.join(exposures.sorted(by: EraInterval.precede), gap: plan.gap).map { era in
      let dose = doses[Int(era.concept)]
      return DerivedRow(
        kind: .doseEra,
        era: EraInterval(
          person: era.person, concept: dose.ingredient, start: era.start, end: era.end),
        detail: dose.unit, dose: dose.value)
    }
  }

  /// The values of a column of numbers.
  private func numbers(_ column: Column?) -> (Int) -> Double? {
    guard let column else { return { _ in nil } }
    switch (column.type, column.values) {
    case (_, .doubles(let doubles)): return { column.isValid($0) ? doubles[$0] : nil }
    case (.decimal(let scale), .lanes(let lanes)):
      var divisor = 1.0
      for _ in 0..<scale { divisor *= 10 }
      return { column.isValid($0) ? Double(lanes[$0]) / divisor : nil }
    case (_, .lanes(let lanes)): return { column.isValid($0) ? Double(lanes[$0]) : nil }
    default: return { _ in nil }
    }
  }
}
