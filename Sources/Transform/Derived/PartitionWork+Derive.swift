internal import Columnar
internal import CommonDataModel
internal import Engine

/// A row that no rule makes: it follows from the rows of its person.
struct DerivedRow {
  /// The tables whose rows are derived, in the order of `DerivedRow.tables`.
  enum Kind: Int, CaseIterable {
    case observationPeriod, conditionEra, drugEra, doseEra

    var table: CDMTable {
      switch self {
      case .observationPeriod: .observationPeriod
      case .conditionEra: .conditionEra
      case .drugEra: .drugEra
      case .doseEra: .doseEra
      }
    }

    /// The part of a row's identity that takes the place of a rule's.
    var identity: UInt64 { Kind.identities[rawValue] }

    private static let identities = Kind.allCases.map { EventIdentity.rule($0.table.name) }
  }

  let kind: Kind
  let era: EraInterval
  /// Of a period its type, of a dose its unit.
  var detail: Int64 = 0
  /// The dose a day.
  var dose: Double = 0

  /// What makes its id.
  var identity: Digest {
    EventIdentity.digest(rule: kind.identity, key: key, ordinal: 0, slot: 0)
  }

  /// The values that tell the row from others of its person and kind.
  var key: Digest {
    let unit = kind == .doseEra ? UInt64(bitPattern: detail) : 0
    return Digest(
      dose.bitPattern, unit, UInt64(bitPattern: era.concept), UInt64(bitPattern: era.start))
  }
}

extension PartitionWork {
  /// Derives the eras that the plan asks for from the rows that will be written.
  mutating func derive() {
    lookForEras()
    derived += eras.rows(plan.derivation).filter { !isRefused[Int($0.era.person)] }
  }

  /// Notes the days of the rows of the tables that eras are made of.
  mutating func lookForEras() {
    if plan.derivation.conditionGap != nil {
      eras.conditions += intervals(
        of: .conditionOccurrence, "condition_concept_id", "condition"
      ) { concept, _, _, _ in [concept] }
    }
    if let drugs = plan.derivation.drugEras {
      var known: [Int64: [Int64]] = [:]
      eras.drugs += intervals(of: .drugExposure, "drug_concept_id", "drug_exposure") {
        concept, _, _, _ in
        if let ingredients = known[concept] { return ingredients }
        let ingredients = drugs.ingredients(concept)
        known[concept] = ingredients
        return ingredients
      }
    }
    if let doses = plan.derivation.doseEras { lookForDoses(doses) }
  }

  /// The days of the rows of a table that have a concept; a row without an end ends a day after its
  /// start.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - field: the field of its concept.
  ///   - prefix: what its date fields begin with.
  ///   - concepts: what a row counts under, by its concept, its place in the table and its days.
  /// - Returns: an interval for each row and concept.
  func intervals(
    of table: CDMTable, _ field: String, _ prefix: String,
    _ concepts: (_ concept: Int64, _ row: Int, _ start: Int64, _ end: Int64) -> [Int64]
  ) -> [EraInterval] {
    guard let index = tables.firstIndex(where: { $0.table == table }),
      let concept = tables[index].columns[field],
      let start = tables[index].columns["\(prefix)_start_date"]
    else { return [] }
    let end = tables[index].columns["\(prefix)_end_date"]
    let (ids, starts, ends) = (concept.lanes, start.lanes, end?.lanes ?? [])
    var intervals: [EraInterval] = []
    for number in numbers[index] {
      let row = emitted[Int(number)]
      let place = Int(row.row)
      guard concept.isValid(place), ids[place] != 0, start.isValid(place),
        !isRefused[Int(row.person)]
      else { continue }
      let hasEnd = end?.isValid(place) ?? false
      // An end before its start is the source's mistake; the row is a day.
      let last = hasEnd ? max(starts[place], ends[place]) : starts[place] + 1
      for concept in concepts(ids[place], place, starts[place], last) {
        intervals.append(
          EraInterval(
            person: row.person, concept: concept, start: starts[place], end: last))
      }
    }
    return intervals
  }

  /// Writes the derived rows of every kind, in the order of their ids.
  mutating func writeDerived() {
    for kind in DerivedRow.Kind.allCases {
      let order = derived.indices.filter { derived[$0].kind == kind }.map { index in
        (
          id: personIDs[Int(derived[index].era.person)] << EventIdentity.bits
            | derivedPlaces[index], index: index
        )
      }.sorted { $0.id < $1.id }
      guard !order.isEmpty else { continue }
      func lanes(_ value: (EraInterval) -> Int64) -> Column.Values {
        .lanes(order.map { value(derived[$0.index].era) })
      }
      let table = kind.table
      var columns: [String: Column] = [
        "person_id": Column(.integer, lanes { personIDs[Int($0.person)] })
      ]
      if let key = table.primaryKey {
        columns[key.name] = Column(.integer, .lanes(order.map(\.id)))
      }
      let name = table.name
      columns["\(name)_start_date"] = Column(.date, lanes(\.start))
      columns["\(name)_end_date"] = Column(.date, lanes(\.end))
      switch kind {
      case .observationPeriod:
        columns["period_type_concept_id"] = Column(
          .integer, .lanes(order.map { derived[$0.index].detail }))
      case .conditionEra:
        columns["condition_concept_id"] = Column(.integer, lanes(\.concept))
        columns["condition_occurrence_count"] = Column(.integer, lanes(\.count))
      case .drugEra:
        columns["drug_concept_id"] = Column(.integer, lanes(\.concept))
        columns["drug_exposure_count"] = Column(.integer, lanes(\.count))
        columns["gap_days"] = Column(.integer, lanes { $0.end - $0.start - $0.exposed })
      case .doseEra:
        columns["drug_concept_id"] = Column(.integer, lanes(\.concept))
        columns["unit_concept_id"] = Column(
          .integer, .lanes(order.map { derived[$0.index].detail }))
        columns["dose_value"] = Column(
          .double, .doubles(order.map { derived[$0.index].dose }))
      }
      result.books.targets[table.name, default: TargetAccount()].derived += order.count
      result.add(
        columns, to: table, count: order.count,
        origins: plan.isTracing
          ? order.map { _ in RowOrigin(rule: nil, positions: []) } : [])
    }
  }
}
