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
      try commit(trunk.takeResult())
      for slice in slices {
        for rows in try kept.rows(of: [index], buckets: slice) {
          write(rows.batch, to: trunk.tables[index].table, finder)
        }
        try commit(trunk.takeResult())
      }
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
