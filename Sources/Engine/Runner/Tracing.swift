package import Columnar
package import CommonDataModel

/// What is to be traced.
package enum TraceSubject: Sendable {
  /// A row of the CDM by its id.
  case row(CDMTable, Int64)
  /// A record of a source.
  case record(SourcePosition)
}

/// Where rows of the CDM come from, or what became of a record.
package struct Trace: Sendable {
  package struct Row: Sendable {
    package var table: CDMTable
    /// The row, whole.
    package var batch: Batch
    package var origin: RowOrigin
  }

  package var rows: [Row]
  /// What was refused of the record, or of the records that the row comes from.
  package var refused: [QuarantineEntry]
}

/// Nobody has the id.
package struct UnknownRow: Error, CustomStringConvertible, Sendable {
  package let table: String
  package let id: Int64

  package var description: String {
    "the ledger knows no person of the row \(id) of \(table); is it the state of this target?"
  }
}

/// Maps and finishes one person again, and says where each row comes from: nothing about rows is
/// stored for it, and nothing is changed.
package struct TraceRun: Sendable {
  package let plan: RunPlan
  package let options: RunOptions
  package let ledger: Ledger
  package let progress: Progress

  /// - Parameters:
  ///   - plan: a plan whose finisher traces.
  ///   - options: how the machine is used.
  ///   - ledger: the ids that were given; it is read.
  ///   - progress: where the trace says how far it has come.
  package init(plan: RunPlan, options: RunOptions, ledger: Ledger, progress: Progress) {
    self.plan = plan
    self.options = options
    self.ledger = ledger
    self.progress = progress
  }

  package func callAsFunction(_ subject: TraceSubject) throws -> Trace {
    let quarantine = QuarantineList()
    var rows: [Trace.Row] = []
    switch subject {
    case .row(let table, let id):
      let persons = try persons(of: table, id)
      for row in try finish(persons, quarantine) where row.table == table {
        if let key = table.primaryKey, row.batch[key.name]?.lanes.first == id { rows.append(row) }
      }
      let places = Set(rows.flatMap(\.origin.positions))
      return Trace(rows: rows, refused: quarantine.entries.filter { places.contains($0.position) })
    case .record(let position):
      let filter = TraceFilter(.position(position))
      _ = try map(filter, QuarantineList())
      for row in try finish(filter.persons, quarantine)
      where row.origin.positions.contains(position) { rows.append(row) }
      return Trace(rows: rows, refused: quarantine.entries.filter { $0.position == position })
    }
  }

  /// The person of a row; nobody for a row without persons.
  private func persons(of table: CDMTable, _ id: Int64) throws -> Set<Digest> {
    guard table.isPersonBound else { return [] }
    let person = table.name == "person" || table.name == "death" ? id : id >> 25
    let bucket = Buckets.of(person: person)
    guard 0..<Buckets.count ~= bucket,
      let found = try ledger.persons(in: bucket..<bucket + 1).sequences
        .first(where: { $0.value == person & 0xFFFF })
    else { throw UnknownRow(table: table.name, id: id) }
    return [found.key]
  }

  private func map(_ filter: TraceFilter, _ quarantine: QuarantineList) throws -> ShuffleStore {
    try plan.map(options: options, quarantine: quarantine, progress: progress, filter: filter).store
  }

  /// The rows of some persons and all rows without one, each with its origin.
  private func finish(
    _ persons: Set<Digest>, _ quarantine: QuarantineList
  ) throws -> [Trace.Row] {
    let store = try map(TraceFilter(.persons(persons)), quarantine)
    let streams = plan.streams.all
    func rows(_ isWanted: (StreamDefinition) -> Bool, _ buckets: Range<Int>) throws -> PartitionRows
    {
      PartitionRows(
        buckets: buckets,
        streams: try store.rows(
          of: streams.indices.filter { isWanted(streams[$0]) }, buckets: buckets))
    }
    let (entities, registry) = try plan.finisher.finishEntities(
      try rows({ !$0.isPersonBound }, 0..<Buckets.count), ledger: ledger)
    var finished = [entities]
    for bucket in Set(persons.map(Buckets.of)).sorted() {
      finished.append(
        try plan.finisher.finish(
          try rows(\.isPersonBound, bucket..<bucket + 1), registry: registry, ledger: ledger))
    }
    var result: [Trace.Row] = []
    for part in finished {
      quarantine.add(part.quarantine)
      for rows in part.rows {
        for (row, origin) in rows.origins.enumerated() {
          result.append(
            Trace.Row(table: rows.table, batch: rows.batch.gather([Int32(row)]), origin: origin))
        }
      }
    }
    return result
  }
}
