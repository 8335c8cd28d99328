internal import Columnar
internal import Engine

/// One row of a rule on its way through finishing.
struct Entry {
  /// The number of the person within the partition.
  var person: Int32
  var at: RowReference
  /// The ordinal among rows of equal key and slot, in the order of their contents.
  var ordinal: Int64 = 0
}

/// What became of an entry.
enum Fate {
  case emitted
  case collapsed
  case refused(ReasonCode, parent: Int64?)
}

/// Orders a rule's rows by person, key, slot and content, and decides what becomes of the rows that
/// share a key.
struct KeyGroups {
  let tables: [TableRows]

  /// The entries in the order that all of finishing uses; the source position comes last and only
  /// separates rows of equal content.
  func sorted(_ entries: [Entry]) -> [Entry] {
    entries.sorted { left, right in
      if left.person != right.person { return left.person < right.person }
      let first = tables[Int(left.at.table)]
      let second = tables[Int(right.at.table)]
      let i = Int(left.at.row)
      let j = Int(right.at.row)
      if first.key[i] != second.key[j] { return first.key[i] < second.key[j] }
      if first.slot[i] != second.slot[j] { return first.slot[i] < second.slot[j] }
      if first.content0[i] != second.content0[j] { return first.content0[i] < second.content0[j] }
      if first.content1[i] != second.content1[j] { return first.content1[i] < second.content1[j] }
      if first.fan[i] != second.fan[j] { return first.fan[i] < second.fan[j] }
      return first.position[i] < second.position[j]
    }
  }

  /// Decides over sorted entries, group by group; `body` gets each entry once with its fate, its
  /// ordinal set.
  func decide(_ entries: [Entry], policy: KeyPolicy, _ body: (Entry, Fate) -> Void) {
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, sameKey(entries[start], entries[end]) { end += 1 }
      switch policy {
      case .multiple: number(entries[start..<end]) { body($0, .emitted) }
      case .unique: decideUnique(entries[start..<end], body)
      case .merge: preconditionFailure("merged rows are decided by RowMerge")
      }
      start = end
    }
  }

  private func sameKey(_ left: Entry, _ right: Entry) -> Bool {
    left.person == right.person
      && tables[Int(left.at.table)].key[Int(left.at.row)]
        == tables[Int(right.at.table)].key[Int(right.at.row)]
  }

  /// Numbers the entries of one key within each slot.
  private func number(_ group: ArraySlice<Entry>, _ body: (Entry) -> Void) {
    var previous: Int64 = -1
    var ordinal: Int64 = 0
    for var entry in group {
      let slot = tables[Int(entry.at.table)].slot[Int(entry.at.row)]
      ordinal = slot == previous ? ordinal + 1 : 0
      previous = slot
      entry.ordinal = ordinal
      body(entry)
    }
  }

  private func decideUnique(_ group: ArraySlice<Entry>, _ body: (Entry, Fate) -> Void) {
    let winner = preferredContent(group)
    guard let winner else {
      for entry in group { body(entry, .refused(.conflictingRows, parent: nil)) }
      return
    }
    // Of equal records the first stands for all: one row for each slot and joined row.
    var seen: Set<SlotAndFan> = []
    var kept: [Entry] = []
    for entry in group {
      let rows = tables[Int(entry.at.table)]
      let row = Int(entry.at.row)
      let isWinner = rows.content0[row] == winner.0 && rows.content1[row] == winner.1
      if isWinner, seen.insert(SlotAndFan(slot: rows.slot[row], fan: rows.fan[row])).inserted {
        kept.append(entry)
      } else {
        body(entry, .collapsed)
      }
    }
    number(kept[...]) { body($0, .emitted) }
  }

  private struct SlotAndFan: Hashable {
    let slot: Int64
    let fan: Int64
  }

  /// The content that stands for the group: the only one, else the preferred one, else none.
  private func preferredContent(_ group: ArraySlice<Entry>) -> (Int64, Int64)? {
    var best: (preference: Int64, content0: Int64, content1: Int64)?
    var differ = false
    var hasPreference = true
    for entry in group {
      let rows = tables[Int(entry.at.table)]
      let row = Int(entry.at.row)
      let valid = rows.preference.isValid(row)
      if !valid { hasPreference = false }
      let preference = valid ? rows.preference.lanes[row] : Int64.max
      let candidate = (preference, rows.content0[row], rows.content1[row])
      if let current = best {
        if (current.content0, current.content1) != (candidate.1, candidate.2) { differ = true }
        if candidate < (current.preference, current.content0, current.content1) {
          best = (candidate.0, candidate.1, candidate.2)
        }
      } else {
        best = (candidate.0, candidate.1, candidate.2)
      }
    }
    // A preference that is NULL on every row decides nothing.
    if differ, !hasPreference, best?.preference == Int64.max { return nil }
    return best.map { ($0.content0, $0.content1) }
  }
}
