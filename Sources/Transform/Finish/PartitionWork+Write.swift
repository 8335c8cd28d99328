internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// Puts the finished rows of every table into the result, each table in the order of its key.
  mutating func writeRows() {
    writePersons()
    for (index, rows) in tables.enumerated() where rows.table.name != "person" {
      write(Int32(index), rows)
    }
    writePeriods()
  }

  private mutating func writePersons() {
    guard let rows = tables.first(where: { $0.table.name == "person" }) else { return }
    // Persons are numbered by bucket and sequence; sequences of earlier runs are not in the order
    // of digests.
    let order = mergedPersons.sorted { personIDs[Int($0.person)] < personIDs[Int($1.person)] }
    var columns = RowMerge(rows).gather(order.map(\.sources))
    columns["person_id"] = Column(.integer, .lanes(order.map { personIDs[Int($0.person)] }))
    add(rows.table, columns, references: rows, count: order.count)
  }

  private mutating func write(_ index: Int32, _ rows: TableRows) {
    var order: [(id: Int64, number: Int)] = []
    for number in emitted.indices where emitted[number].entry.at.table == index {
      order.append((id(number), number))
    }
    guard !order.isEmpty else { return }
    order.sort { $0.id < $1.id }
    let positions = order.map { emitted[$0.number].entry.at.row }
    var columns: [String: Column]
    if let sources = mergedSources(order.map { emitted[$0.number].entry.at }) {
      columns = RowMerge(rows).gather(sources)
    } else {
      columns = rows.columns.mapValues { $0.gather(positions) }
    }
    if let key = rows.table.primaryKey {
      columns[key.name] = Column(.integer, .lanes(order.map(\.id)))
    }
    columns["person_id"] = Column(
      .integer, .lanes(order.map { personIDs[Int(emitted[$0.number].entry.person)] }))
    // A visit does not lie within a visit; its own key has the same name.
    if rows.table.field("visit_occurrence_id") != nil, rows.table.name != "visit_occurrence",
      columns["visit_occurrence_id"] == nil
    {
      var visits = ColumnBuilder(.integer, capacity: order.count)
      for row in order {
        let visit = emitted[row.number].visit
        if visit >= 0 { visits.append(lane: id(Int(visit))) } else { visits.appendNull() }
      }
      columns["visit_occurrence_id"] = visits.finish()
    }
    add(rows.table, columns, references: rows, count: order.count)
  }

  private func mergedSources(_ leads: [RowReference]) -> [[Int32]]? {
    if merges.isEmpty { return nil }
    let sources = leads.compactMap { merges[$0] }
    return sources.count == leads.count ? sources : nil
  }

  private mutating func writePeriods() {
    let table = CDMTable.observationPeriod
    let order = periods.indices.map { index in
      (
        id: personIDs[Int(periods[index].person)] << EventIdentity.bits | periodPlaces[index],
        index: index
      )
    }.sorted { $0.id < $1.id }
    func lanes(_ value: (ObservationPeriods.Period) -> Int64) -> Column.Values {
      .lanes(order.map { value(periods[$0.index]) })
    }
    let columns: [String: Column] = [
      "observation_period_id": Column(.integer, .lanes(order.map(\.id))),
      "person_id": Column(.integer, lanes { personIDs[Int($0.person)] }),
      "observation_period_start_date": Column(.date, lanes(\.start)),
      "observation_period_end_date": Column(.date, lanes(\.end)),
      "period_type_concept_id": .constant(plan.derivation.periodType, count: order.count),
    ]
    result.books.targets[table.name, default: TargetAccount()].derived += order.count
    add(table, columns, references: nil, count: order.count)
  }

  private mutating func add(
    _ table: CDMTable, _ columns: [String: Column], references rows: TableRows?, count: Int
  ) {
    guard count > 0 else { return }
    var columns = columns
    resolveReferences(&columns, registry: registry, rules: plan.rules)
    let fields = table.fields.filter { columns[$0.name] != nil }
    let schema = Schema(fields.map { Field($0.name, columns[$0.name]?.type ?? .integer) })
    let batch = Batch(schema, fields.compactMap { columns[$0.name] }, count: count)
    result.rows.append(FinishedRows(table: table, batch: batch))
  }
}

/// Replaces the key digests of references by the ids of the rows they name; a row that is not there
/// leaves NULL.
func resolveReferences(
  _ columns: inout [String: Column], registry: EntityRegistry, rules: [FinishRule]
) {
  for name in columns.keys.sorted() where name.hasPrefix(RowHeader.reference) {
    guard let digests = columns.removeValue(forKey: name) else { continue }
    // The column's name carries the field and the rule: `#ref:FIELD=RULE`.
    let parts = name.dropFirst(RowHeader.reference.count).split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { continue }
    let field = String(parts[0])
    let ids = registry.ids[String(parts[1])] ?? [:]
    var builder = ColumnBuilder(.integer, capacity: digests.count)
    for row in 0..<digests.count {
      if digests.isValid(row), let id = ids[digests.digests[row]] {
        builder.append(lane: id)
      } else if let before = columns[field], before.isValid(row) {
        builder.append(lane: before.lanes[row])
      } else {
        builder.appendNull()
      }
    }
    columns[field] = builder.finish()
  }
}
