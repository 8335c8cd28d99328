internal import Columnar
internal import Engine

/// A row of a rule on its way through finishing, with all that decides its order and its fate.
struct RowKey {
  /// The number of the person within the partition.
  var person: Int32
  /// The position of the row's table, and of the row in it.
  var table: Int32
  var row: Int32
  /// The position in `emitted` of the visit the row names, or −1.
  var visit: Int32
  var key: Digest
  var slot: Int64
  var content0: Int64
  var content1: Int64
  var fan: Int64
  var position: Int64
  /// What decides between rows of one key, the least first; the greatest number where there is none.
  var preference: Int64
}

/// What became of a row among those of its key.
enum Verdict: Equatable {
  /// Written, with its ordinal among the rows of equal key and slot.
  case emitted(ordinal: Int64)
  /// Another row stands for it.
  case collapsed
  /// It differs from another row of its key, and nothing says which to prefer.
  case conflicting
}

/// Orders a rule's rows by person, key, slot and content, and decides what becomes of the rows that
/// share a key.
enum KeyGroups {
  /// The order that all of finishing uses; the source position comes last and only separates rows of
  /// equal content.
  static func precede(_ left: RowKey, _ right: RowKey) -> Bool {
    if left.person != right.person { return left.person < right.person }
    if left.key != right.key { return left.key < right.key }
    if left.slot != right.slot { return left.slot < right.slot }
    if left.content0 != right.content0 { return left.content0 < right.content0 }
    if left.content1 != right.content1 { return left.content1 < right.content1 }
    if left.fan != right.fan { return left.fan < right.fan }
    return left.position < right.position
  }

  /// What orders most rows: the person, and the first word of the key.
  private struct Lead {
    var person: Int32
    var row: Int32
    var word: UInt64
  }

  /// Puts rows in the order of `precede`.
  ///
  /// Sixteen bytes of a row decide in most cases, so that those are sorted and the rows moved once.
  ///
  /// - Complexity: O(*n* log *n*).
  static func sort(_ rows: inout [RowKey]) {
    var leads: [Lead] = []
    leads.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      leads.append(Lead(person: row.person, row: Int32(index), word: row.key.word0))
    }
    let unsorted = rows
    leads.sort { left, right in
      if left.person != right.person { return left.person < right.person }
      if left.word != right.word { return left.word < right.word }
      return precede(unsorted[Int(left.row)], unsorted[Int(right.row)])
    }
    for (index, lead) in leads.enumerated() { rows[index] = unsorted[Int(lead.row)] }
  }

  /// Decides over sorted rows, group by group.
  ///
  /// - Returns: the verdicts in the order of the rows.
  static func decide(_ rows: [RowKey], policy: KeyPolicy) -> [Verdict] {
    var verdicts = [Verdict](repeating: .emitted(ordinal: 0), count: rows.count)
    var start = 0
    while start < rows.count {
      var end = start + 1
      while end < rows.count, rows[end].person == rows[start].person,
        rows[end].key == rows[start].key
      { end += 1 }
      // Most keys name one row.
      if end - start > 1 {
        switch policy {
        case .multiple: number(rows, start..<end, &verdicts)
        case .unique: decideUnique(rows, start..<end, &verdicts)
        case .merge: preconditionFailure("merged rows are decided by RowMerge")
        }
      }
      start = end
    }
    return verdicts
  }

  /// Numbers the rows of one key within each slot.
  private static func number(
    _ rows: [RowKey], _ group: Range<Int>, _ verdicts: inout [Verdict]
  ) {
    var ordinal: Int64 = 0
    for index in group.dropFirst() {
      ordinal = rows[index].slot == rows[index - 1].slot ? ordinal + 1 : 0
      verdicts[index] = .emitted(ordinal: ordinal)
    }
  }

  private static func decideUnique(
    _ rows: [RowKey], _ group: Range<Int>, _ verdicts: inout [Verdict]
  ) {
    guard let winner = preferred(rows, group) else {
      for index in group { verdicts[index] = .conflicting }
      return
    }
    // Of equal records the first stands for all: one row for each slot and joined row, which stand
    // next to each other.
    var kept: RowKey?
    var ordinal: Int64 = 0
    for index in group {
      let row = rows[index]
      guard row.content0 == winner.content0, row.content1 == winner.content1,
        row.slot != kept?.slot || row.fan != kept?.fan
      else {
        verdicts[index] = .collapsed
        continue
      }
      ordinal = row.slot == kept?.slot ? ordinal + 1 : 0
      verdicts[index] = .emitted(ordinal: ordinal)
      kept = row
    }
  }

  /// A row whose content stands for the group: the only one, else the preferred one, else none.
  private static func preferred(_ rows: [RowKey], _ group: Range<Int>) -> RowKey? {
    var best = rows[group.lowerBound]
    var differ = false
    for index in group.dropFirst() {
      let row = rows[index]
      if row.content0 != best.content0 || row.content1 != best.content1 { differ = true }
      if (row.preference, row.content0, row.content1)
        < (best.preference, best.content0, best.content1)
      {
        best = row
      }
    }
    // A preference that no row has decides nothing.
    return differ && best.preference == .max ? nil : best
  }
}
