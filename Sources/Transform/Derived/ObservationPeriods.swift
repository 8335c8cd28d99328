internal import Columnar
internal import CommonDataModel

/// The time during which a person was seen: from the first to the last of their clinical rows.
///
/// Source: https://ohdsi.github.io/CommonDataModel/cdm54.html#observation_period
enum ObservationPeriods {
  /// The first and last days of a table's rows; the lanes stand beside their columns, so that the
  /// loop over rows reads arrays.
  struct Source {
    let start: Column
    let starts: [Int64]
    let end: Column?
    let ends: [Int64]
  }

  /// The tables whose rows show that a person was seen, with their first and last day.
  static let evidence: [(table: CDMTable, start: String, end: String?)] = [
    (.visitOccurrence, "visit_start_date", "visit_end_date"),
    (.visitDetail, "visit_detail_start_date", "visit_detail_end_date"),
    (.conditionOccurrence, "condition_start_date", "condition_end_date"),
    (.drugExposure, "drug_exposure_start_date", "drug_exposure_end_date"),
    (.procedureOccurrence, "procedure_date", "procedure_end_date"),
    (.deviceExposure, "device_exposure_start_date", "device_exposure_end_date"),
    (.measurement, "measurement_date", nil),
    (.observation, "observation_date", nil),
    (.specimen, "specimen_date", nil),
    (.note, "note_date", nil),
  ]
}

extension PartitionWork {
  /// Each person's first and last day, in one pass over the rows that will be written.
  func periods() -> [EraInterval] {
    let sources = tables.map { rows -> ObservationPeriods.Source? in
      guard let evidence = ObservationPeriods.evidence.first(where: { $0.table == rows.table }),
        let start = rows.columns[evidence.start]
      else { return nil }
      let end = evidence.end.flatMap { rows.columns[$0] }
      return ObservationPeriods.Source(
        start: start, starts: start.lanes, end: end, ends: end?.lanes ?? [])
    }
    var starts = [Int64](repeating: .max, count: persons.count)
    var ends = [Int64](repeating: .min, count: persons.count)
    for row in emitted {
      guard let source = sources[Int(row.table)] else { continue }
      let index = Int(row.row)
      guard source.start.isValid(index) else { continue }
      let start = source.starts[index]
      var end = start
      if let last = source.end, last.isValid(index) { end = max(end, source.ends[index]) }
      let person = Int(row.person)
      starts[person] = min(starts[person], start)
      ends[person] = max(ends[person], end)
    }
    return persons.indices.compactMap { person in
      guard starts[person] <= ends[person] else { return nil }
      return EraInterval(
        person: Int32(person), concept: 0, start: starts[person], end: ends[person])
    }
  }
}
