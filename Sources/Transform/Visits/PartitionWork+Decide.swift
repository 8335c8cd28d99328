internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// Decides what becomes of a rule's rows: refused with their person or their visit, collapsed
  /// into another row of their key, or written.
  mutating func decide(_ rule: Int) {
    let definition = plan.rules[rule]
    let visitRule = definition.visitRule.flatMap { name in
      plan.rules.firstIndex { $0.name == name }.map(Int32.init)
    }
    let isVisited = visitedRules.contains(definition.name)
    var entries: [Entry] = []
    var visits: [RowReference: Int32] = [:]
    for (index, rows) in tables.enumerated() where rows.table.name != "person" {
      for row in 0..<rows.count where rows.rules[row] == Int32(rule) {
        let person = numbers[rows.person[row]] ?? 0
        let at = RowReference(table: Int32(index), row: Int32(row))
        if let refusal = refused[Int(person)] {
          refuse(at, rule, person, refusal.reason, refusal.parent, isVisited)
          continue
        }
        if let visitRule, rows.visit.isValid(row) {
          let key = LinkKey(rule: visitRule, person: person, key: rows.visit.digests[row])
          switch links[key] {
          case .emitted(let number): visits[at] = number
          case .refused(let position):
            refuse(at, rule, person, .parentQuarantined, position, isVisited)
            continue
          case nil: note("visit_not_found", rule: rule)
          }
        }
        entries.append(Entry(person: person, at: at))
      }
    }
    let groups = KeyGroups(tables: tables)
    var fates: [(Entry, Fate)] = []
    if definition.policy == .merge {
      fates = mergeFates(entries)
    } else {
      groups.decide(groups.sorted(entries), policy: definition.policy) { fates.append(($0, $1)) }
    }
    for (entry, fate) in fates {
      switch fate {
      case .emitted:
        if isVisited { link(entry, rule) }
        emitted.append(
          Emitted(entry: entry, rule: Int32(rule), visit: visits[entry.at] ?? -1))
        book(entry.at, rule: rule, fate: fate)
      case .collapsed: book(entry.at, rule: rule, fate: fate)
      case .refused(let reason, let parent):
        refuse(entry.at, rule, entry.person, reason, parent, isVisited)
      }
    }
    if isVisited { linkTombstones(rule) }
  }

  private mutating func refuse(
    _ at: RowReference, _ rule: Int, _ person: Int32, _ reason: ReasonCode, _ parent: Int64?,
    _ isVisited: Bool
  ) {
    book(at, rule: rule, fate: .refused(reason, parent: parent))
    guard isVisited else { return }
    let rows = tables[Int(at.table)]
    remember(
      LinkKey(rule: Int32(rule), person: person, key: rows.key[Int(at.row)]),
      refusedAt: rows.position[Int(at.row)])
  }

  /// Remembers the row in quarantine that stands first in the source, unless a row of its key is
  /// written.
  private mutating func remember(_ key: LinkKey, refusedAt position: Int64) {
    switch links[key] {
    case .emitted: break
    case .refused(let old): links[key] = .refused(min(old, position))
    case nil: links[key] = .refused(position)
    }
  }

  /// Makes a row findable by its key; of several the one with the first slot and ordinal.
  private mutating func link(_ entry: Entry, _ rule: Int) {
    let rows = tables[Int(entry.at.table)]
    let key = LinkKey(rule: Int32(rule), person: entry.person, key: rows.key[Int(entry.at.row)])
    if case .emitted = links[key] { return }
    links[key] = .emitted(Int32(emitted.count))
  }

  private mutating func linkTombstones(_ rule: Int) {
    for stone in tombstones where stone.rule == rule {
      guard let people = stone.batch[RowHeader.person]?.digests,
        let keys = stone.batch[RowHeader.key]?.digests,
        let positions = stone.batch[RowHeader.position]?.lanes
      else { continue }
      for row in people.indices {
        guard let person = numbers[people[row]] else { continue }
        remember(
          LinkKey(rule: Int32(rule), person: person, key: keys[row]), refusedAt: positions[row])
      }
    }
  }

  /// Merges the rows of each person, for tables with one row a person.
  private mutating func mergeFates(_ entries: [Entry]) -> [(Entry, Fate)] {
    var fates: [(Entry, Fate)] = []
    var groups: [Int32: [Entry]] = [:]
    for entry in entries { groups[entry.person, default: []].append(entry) }
    for person in groups.keys.sorted() {
      let group = groups[person] ?? []
      let rows = tables[Int(group[0].at.table)]
      switch RowMerge(rows).merge(group.map(\.at.row)) {
      case .merged(let lead, let sources):
        merges[RowReference(table: group[0].at.table, row: lead)] = sources
        for entry in group { fates.append((entry, entry.at.row == lead ? .emitted : .collapsed)) }
      case .conflicting:
        for entry in group { fates.append((entry, .refused(.conflictingRows, parent: nil))) }
      }
    }
    return fates
  }
}
