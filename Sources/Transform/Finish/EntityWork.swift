internal import Columnar
internal import CommonDataModel
internal import Engine

/// The state of finishing the rows without a person: places, care sites, providers.
///
/// Rows of one rule and key are one row; its id is the one the ledger knows, else the next of the
/// table, in the order of the keys' digests.
struct EntityWork {
  private struct Entity {
    let rule: Int
    let key: Digest
    let sources: [Int32]
    let identity: Digest
    var id: Int64 = 0
  }

  private struct Group: Hashable {
    let rule: Int32
    let key: Digest
  }

  let plan: PersonFinisher
  private let tables: [TableRows]
  private var entities: [[Entity]]
  private var tallies: [RuleTally]
  private(set) var registry = EntityRegistry()
  private(set) var result = FinishedPartition()

  init(_ plan: PersonFinisher, rows: PartitionRows) {
    self.plan = plan
    tables = plan.tables(rows.streams).tables
    entities = []
    tallies = .init(repeating: RuleTally(tables: tables.count), count: plan.rules.count)
    for index in tables.indices { entities.append(merge(index)) }
  }

  private mutating func merge(_ table: Int) -> [Entity] {
    let rows = tables[table]
    for (row, field) in rows.lost { lose(rows, row, field) }
    var groups: [Group: [Int32]] = [:]
    for row in 0..<rows.count {
      groups[Group(rule: rows.rules[row], key: rows.key[row]), default: []].append(Int32(row))
    }
    let merge = RowMerge(rows)
    var found: [Entity] = []
    for (group, members) in groups {
      let rule = Int(group.rule)
      switch merge.merge(members) {
      case .merged(let lead, let sources):
        let hash = EventIdentity.rule(plan.rules[rule].identity)
        found.append(
          Entity(
            rule: rule, key: group.key, sources: sources,
            identity: EventIdentity.digest(rule: hash, key: group.key, ordinal: 0, slot: 0)))
        book(table, members, lead: lead, rule)
      case .conflicting:
        for row in members { refuse(rows, row, rule) }
      }
    }
    return found
  }

  /// Books a group that became one row: one of its rows is written, for the others that one stands.
  private mutating func book(_ table: Int, _ members: [Int32], lead: Int32, _ rule: Int) {
    let causes = tables[table].cause
    let first = RowCause.first.rawValue
    let chosen = members.first { causes[Int($0)] == first } ?? lead
    for row in members {
      if row == chosen {
        tallies[rule].write(table: table, cause: causes[Int(row)])
      } else if causes[Int(row)] == first {
        tallies[rule].collapsed += 1
      }
    }
  }

  private mutating func refuse(_ rows: TableRows, _ row: Int32, _ rule: Int) {
    let reason = ReasonCode.conflictingRows
    guard tallies[rule].refuse(reason, cause: rows.cause[Int(row)]) else { return }
    result.quarantine.append(
      QuarantineEntry(
        .row, at: SourcePosition(packed: rows.position[Int(row)]), rule: plan.rules[rule].name,
        reason: reason))
  }

  private mutating func lose(_ rows: TableRows, _ row: Int32, _ field: String) {
    let rule = Int(rows.rules[Int(row)])
    let reason = ReasonCode.decimalOverflow
    tallies[rule].rejectedCells["\(field): \(reason)", default: 0] += 1
    result.quarantine.append(
      QuarantineEntry(
        .cell, at: SourcePosition(packed: rows.position[Int(row)]), rule: plan.rules[rule].name,
        reason: reason, field: field))
  }

  /// Numbers the entities of each table.
  mutating func number(_ ledger: Ledger) throws {
    for index in tables.indices {
      let name = tables[index].table.name
      let known = try ledger.entities(of: name)
      var last = known.values.max() ?? 0
      entities[index].sort { $0.identity < $1.identity }
      for position in entities[index].indices {
        let entity = entities[index][position]
        let id: Int64
        if let old = known[entity.identity] {
          id = old
        } else {
          last += 1
          id = last
          result.ledger.entities.append((name, entity.identity, id))
        }
        entities[index][position].id = id
        registry.ids[plan.rules[entity.rule].name, default: [:]][entity.key] = id
      }
      entities[index].sort { $0.id < $1.id }
    }
  }

  /// Puts the finished rows of every table into the result, and the tallies into the books.
  mutating func writeRows() {
    for (index, rows) in tables.enumerated() where !entities[index].isEmpty {
      let list = entities[index]
      var columns = RowMerge(rows).gather(
        list.map { _ in 0 },
        merged: list.enumerated().map { (place: $0, sources: $1.sources) })
      if let key = rows.table.primaryKey {
        columns[key.name] = Column(.integer, .lanes(list.map(\.id)))
      }
      let missing = Reference.resolve(&columns, of: rows.table) { reference in
        let ids = registry.ids[reference.rule] ?? [:]
        return { key, _ in ids[key].map { Reference.Found(id: $0) } }
      }
      for (field, row) in missing {
        tallies[list[row].rule].notes["reference_not_found:\(field)", default: 0] += 1
      }
      let origins =
        plan.isTracing
        ? rows.origins(
          leads: list.map { $0.sources.first { $0 >= 0 } ?? 0 }, sources: list.map(\.sources),
          rules: plan.rules) : []
      result.add(columns, to: rows.table, count: list.count, origins: origins)
    }
    result.close(tallies, rules: plan.rules, tables: tables.map(\.table.name))
  }
}
