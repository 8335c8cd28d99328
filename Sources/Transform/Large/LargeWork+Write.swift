internal import Columnar
internal import CommonDataModel
internal import Engine

extension LargeWork {
  /// Hands over all rows, table by table and each in the order of its ids.
  mutating func write(_ commit: (FinishedPartition) throws -> Void) throws {
    let finder = trunk.finder
    trunk.writePersons(finder)
    try commit(trunk.takeResult())
    let slices = kept.partitions(limit: partition.limit)
    for index in trunk.tables.indices {
      trunk.write(index, finder)
      var whole = WholeRows(trunk.takeRows())
      for slice in slices {
        for rows in try kept.rows(of: [index], buckets: slice) {
          write(rows.batch, to: trunk.tables[index].table, finder)
        }
        trunk.result.rows = whole.merged(with: trunk.takeRows())
        try commit(trunk.takeResult())
      }
      trunk.result.rows = whole.rest
      try commit(trunk.takeResult())
    }
    trunk.writeDerived()
    try commit(trunk.takeResult())
  }

  /// Puts rows that waited into the result.
  private mutating func write(_ batch: Batch, to table: CDMTable, _ finder: LinkFinder) {
    let rows = batch.columns[0].digests.map { KeptRow($0) }
    let identities = batch.columns[1].digests
    let ids = zip(rows, identities).map { id(of: $0.person, $1) }
    let order = ids.indices.sorted { ids[$0] < ids[$1] }
    let places = order.map { Int32($0) }
    var columns: [String: Column] = [:]
    for (field, column) in zip(batch.schema.fields, batch.columns).dropFirst(4) {
      columns[field.name] = column.gather(places)
    }
    trunk.identify(
      &columns, of: table, ids: order.map { ids[$0] }, visits: order.map { rows[$0].visit })
    trunk.add(
      columns, to: table, persons: order.map { rows[$0].person },
      rule: { Int(rows[order[$0]].rule) }, finder)
  }
}

extension PartitionWork {
  /// The finished rows, which are forgotten here.
  fileprivate mutating func takeRows() -> [FinishedRows] {
    defer { result.rows = [] }
    return result.rows
  }
}

/// The rows of a table that were finished whole, to be written between those that were not.
private struct WholeRows {
  private let rows: FinishedRows?
  private let ids: [Int64]
  private var next = 0

  /// At most one batch, in the order of its ids.
  init(_ rows: [FinishedRows]) {
    self.rows = rows.first
    // Rows without ids are merged, so that there are no others.
    ids =
      rows.first.map { WholeRows.ids($0) ?? .init(repeating: .max, count: $0.batch.count) } ?? []
  }

  private static func ids(_ rows: FinishedRows) -> [Int64]? {
    rows.table.primaryKey.flatMap { rows.batch[$0.name]?.lanes }
  }

  /// The rows behind all that have been written.
  var rest: [FinishedRows] { rows.map { taken(from: $0, next..<ids.count) } ?? [] }

  /// A slice, with the rows that belong before its last one.
  mutating func merged(with slice: [FinishedRows]) -> [FinishedRows] {
    guard let whole = rows, let part = slice.first, let others = WholeRows.ids(part),
      let last = others.last
    else { return slice }
    let start = next
    while next < ids.count, ids[next] < last { next += 1 }
    guard next > start else { return slice }
    let own = taken(from: whole, start..<next)[0].batch
    let fields = whole.table.fields.compactMap { field in
      (own.schema.fields + part.batch.schema.fields).first { $0.name == field.name }
    }
    let count = own.count + part.batch.count
    let columns = fields.map { field in
      Column.concatenated(
        [own, part.batch].map { $0[field.name] ?? .nulls(field.type, count: $0.count) },
        type: field.type)
    }
    let all = Array(ids[start..<next]) + others
    let order = all.indices.sorted { all[$0] < all[$1] }.map { Int32($0) }
    return [
      FinishedRows(
        table: whole.table, batch: Batch(Schema(fields), columns, count: count).gather(order))
    ]
  }

  private func taken(from rows: FinishedRows, _ range: Range<Int>) -> [FinishedRows] {
    range.isEmpty
      ? [] : [FinishedRows(table: rows.table, batch: rows.batch.gather(range.map { Int32($0) }))]
  }
}
