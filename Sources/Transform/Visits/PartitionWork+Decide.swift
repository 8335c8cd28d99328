internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// Decides what becomes of a rule's rows: refused with their person or their visit, collapsed
  /// into another row of their key, or written.
  mutating func decide(_ rule: Int) {
    decideRows(rule)
    linkTombstones(rule)
  }

  /// Decides what becomes of those rows of a rule that lie in the tables.
  mutating func decideRows(_ rule: Int) {
    var rows: [RowKey] = []
    for index in tables.indices where tables[index].table.name != "person" {
      for part in tables[index].parts where part.rule == rule {
        collect(index, part.rows, rule, &rows)
      }
    }
    if plan.rules[rule].policy == .merge {
      for row in rows { mergers[Int(row.table), default: []].append((row.person, row.row)) }
    } else {
      KeyGroups.sort(&rows)
      let verdicts = KeyGroups.decide(rows, policy: plan.rules[rule].policy)
      let isLinked = plan.isLinked[rule]
      let waits = waits(rule)
      let defers = tables.map { plan.defers($0.table) }
      emitted.reserveCapacity(emitted.count + rows.count)
      if isLinked { links.reserve(rows.count) }
      for (row, verdict) in zip(rows, verdicts) {
        switch verdict {
        case .emitted where defers[Int(row.table)]: crossing.append(row)
        case .emitted(let ordinal) where waits:
          pendingVisits[plan.rules[rule].source].append(
            PendingVisit(row: row, rule: Int32(rule), ordinal: ordinal))
        case .emitted(let ordinal): emit(row, Int32(rule), ordinal, isLinked: isLinked)
        case .collapsed: collapse(table: Int(row.table), row: Int(row.row), rule: rule)
        case .conflicting: refuseLinked(Int(row.table), Int(row.row), rule, .conflictingRows)
        }
      }
    }
  }

  /// Whether the rows of a rule wait for the other visits of their source.
  private func waits(_ rule: Int) -> Bool {
    plan.rules[rule].makesVisits && plan.sources[plan.rules[rule].source].visits != nil
      && !hasVisits[plan.rules[rule].source]
  }

  /// Collects the rows of a part that are not refused with their person or their visit.
  private mutating func collect(
    _ table: Int, _ range: Range<Int>, _ rule: Int, _ collected: inout [RowKey]
  ) {
    let rows = tables[table]
    let people = people[table]
    let visitRule = plan.rules[rule].visitRule.flatMap { plan.ruleNumbers[$0] }.map(Int32.init)
    let visits = rows.visit.digests
    let preferences = rows.preference.lanes
    let visitField = rows.table.field("visit_occurrence_id")
    let needsVisit = visitField.map { $0.isRequired && !$0.isPrimaryKey } ?? false
    let ownVisit = rows.columns["visit_occurrence_id"]
    // What rows of other persons are named is known when all persons are finished.
    let required = rows.table.crossesPersons ? [] : requiredReferences(of: rows)
    let source = plan.rules[rule].source
    let dates = visitField.flatMap { field in
      field.isPrimaryKey || plan.defers(rows.table) ? nil : calendars[source]
    }.flatMap { VisitsByDate($0, rows) }
    let keepsLoneDetails =
      rows.table != .visitDetail
      || plan.sources[source].visits?.merging?.keepsLoneDetails != false
    collected.reserveCapacity(collected.count + range.count)
    for row in range {
      let person = people[row]
      if isRefused[Int(person)], let refusal = refusals[Int(person)] {
        refuseLinked(table, row, rule, refusal.reason, parent: refusal.parent)
        continue
      }
      var visit: Int32 = -1
      if let visitRule, rows.visit.isValid(row) {
        switch links[LinkKey(rule: visitRule, person: person, key: visits[row])] {
        case .emitted(let number): visit = number
        case .refused(let position):
          refuseLinked(table, row, rule, .parentQuarantined, parent: position)
          continue
        case .person, nil: tallies[rule].notes["visit_not_found", default: 0] += 1
        }
      }
      if let dates, visit < 0, !(ownVisit?.isValid(row) ?? false),
        let found = dates.visit(of: person, row: row)
      {
        visit = found
        tallies[rule].notes["visit_by_date", default: 0] += 1
      }
      if needsVisit, visit < 0, !(ownVisit?.isValid(row) ?? false) {
        refuseLinked(table, row, rule, .requiredMissing, field: "visit_occurrence_id")
        continue
      }
      if let (field, position) = missingReference(required, row, person) {
        refuseLinked(
          table, row, rule, position == nil ? .requiredMissing : .parentQuarantined,
          parent: position, field: field)
        continue
      }
      if !keepsLoneDetails, visit >= 0, mergedSources[visit] == nil {
        collapse(table: table, row: row, rule: rule)
        continue
      }
      collected.append(
        RowKey(
          person: person, table: Int32(table), row: Int32(row), visit: visit, key: rows.key[row],
          slot: rows.slot[row], content0: rows.content0[row], content1: rows.content1[row],
          fan: rows.fan[row], position: rows.position[row],
          preference: rows.preference.isValid(row) ? preferences[row] : .max))
    }
  }

  /// Lets a row be written.
  private mutating func emit(_ row: RowKey, _ rule: Int32, _ ordinal: Int64, isLinked: Bool) {
    if isLinked {
      // Of several rows of a key the one with the first slot and ordinal is found.
      let key = LinkKey(rule: rule, person: row.person, key: row.key)
      if case .emitted = links[key] {} else { links.set(key, .emitted(Int32(emitted.count))) }
    }
    emitted.append(
      Emitted(
        person: row.person, table: row.table, row: row.row, rule: rule, visit: row.visit,
        ordinal: ordinal, booked: row.row))
  }

  /// Refuses a row, and remembers it for the rows that depend on it.
  private mutating func refuseLinked(
    _ table: Int, _ row: Int, _ rule: Int, _ reason: ReasonCode, parent: Int64? = nil,
    field: String? = nil
  ) {
    refuse(table: table, row: row, rule: rule, reason, parent: parent, field: field)
    guard plan.isLinked[rule] else { return }
    remember(
      LinkKey(rule: Int32(rule), person: people[table][row], key: tables[table].key[row]),
      refusedAt: tables[table].position[row])
  }

  /// Remembers the row in quarantine that stands first in the source, unless a row of its key is
  /// written.
  mutating func remember(_ key: LinkKey, refusedAt position: Int64) {
    switch links[key] {
    case .emitted, .person: break
    case .refused(let old): links.set(key, .refused(min(old, position)))
    case nil: links.set(key, .refused(position))
    }
  }

  /// Remembers the rows of a rule that went into quarantine before, where others may name them.
  mutating func linkTombstones(_ rule: Int) {
    guard plan.isLinked[rule] else { return }
    for stone in tombstones where stone.rule == rule {
      guard let people = stone.batch[RowHeader.person]?.digests,
        let keys = stone.batch[RowHeader.key]?.digests,
        let positions = stone.batch[RowHeader.position]?.lanes
      else { continue }
      for row in people.indices {
        guard let person = number(of: people[row]) else { continue }
        remember(
          LinkKey(rule: Int32(rule), person: person, key: keys[row]), refusedAt: positions[row])
      }
    }
  }
}
