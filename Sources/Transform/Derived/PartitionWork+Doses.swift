internal import Columnar
internal import CommonDataModel
internal import Vocabulary

extension PartitionWork {
  /// Notes the days of exposure to each daily dose of an ingredient.
  mutating func lookForDoses(_ plan: DerivationPlan.DoseEras) {
    guard let index = tables.firstIndex(where: { $0.table == .drugExposure }) else { return }
    let quantities = numbers(tables[index].columns["quantity"])
    let supplies = numbers(tables[index].columns["days_supply"])
    var strengths: [Int64: [ConceptStrength]] = [:]
    var known = eras.dailyDoses
    eras.doses += intervals(of: .drugExposure, "drug_concept_id", "drug_exposure") {
      concept, row, start, end in
      if strengths[concept] == nil { strengths[concept] = plan.strengths(concept) }
      let supply = supplies(row).map { Int64($0) } ?? 0
      let days = supply > 0 ? supply : end - start + 1
      return (strengths[concept] ?? []).compactMap { strength in
        strength.dailyDose(quantity: quantities(row), days: days).map { known.number(of: $0) }
      }
    }
    eras.dailyDoses = known
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
