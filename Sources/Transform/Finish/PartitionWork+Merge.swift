internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// Merges the rows of tables with one row a person, whichever rules they come from.
  mutating func mergeRows() {
    for table in mergers.keys.sorted() {
      let rows = (mergers[table] ?? []).sorted { $0.person < $1.person }
      let merge = RowMerge(tables[table])
      var start = 0
      while start < rows.count {
        var end = start + 1
        while end < rows.count, rows[end].person == rows[start].person { end += 1 }
        let group = rows[start..<end].map(\.row)
        switch merge.merge(group) {
        case .merged(let lead, let sources):
          mergedSources[Int32(emitted.count)] = sources
          emitted.append(
            Emitted(
              person: rows[start].person, table: Int32(table), row: lead,
              rule: tables[table].rules[Int(lead)], visit: -1, ordinal: 0,
              booked: book(table, group, lead: lead)))
        case .conflicting:
          for row in group {
            refuse(
              table: table, row: Int(row), rule: Int(tables[table].rules[Int(row)]),
              .conflictingRows)
          }
        }
        start = end
      }
    }
  }

  /// Counts the rows of a group that became one row.
  ///
  /// The row that stands for the group in the books is the first of the source row that leads, where
  /// that is in the group, so that the box of that source row is `emitted`.
  ///
  /// - Returns: that row, which is counted when it is known that the person is written.
  mutating func book(_ table: Int, _ group: [Int32], lead: Int32) -> Int32 {
    let rows = tables[table]
    let first = group.first { row in
      rows.cause[Int(row)] == RowCause.first.rawValue
        && rows.rules[Int(row)] == rows.rules[Int(lead)]
        && rows.position[Int(row)] == rows.position[Int(lead)]
    }
    let chosen = first ?? lead
    for row in group where row != chosen {
      collapse(table: table, row: Int(row), rule: Int(rows.rules[Int(row)]))
    }
    return chosen
  }
}
