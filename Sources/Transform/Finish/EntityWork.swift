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
    let lead: Int32
    let sources: [Int32]
    let identity: Digest
    var id: Int64 = 0
  }

  let plan: PersonFinisher
  private let tables: [TableRows]
  private var entities: [[Entity]]
  private(set) var registry = EntityRegistry()
  private(set) var result = FinishedPartition()

  init(_ plan: PersonFinisher, rows: PartitionRows) {
    self.plan = plan
    tables = plan.tables(rows.streams).tables
    entities = []
    for rows in tables { entities.append(merge(rows)) }
  }

  private struct Group: Hashable {
    let rule: Int32
    let key: Digest
  }

  private mutating func merge(_ rows: TableRows) -> [Entity] {
    var groups: [Group: [Int32]] = [:]
    for row in 0..<rows.count {
      groups[Group(rule: rows.rules[row], key: rows.key[row]), default: []].append(Int32(row))
    }
    let merge = RowMerge(rows)
    var found: [Entity] = []
    for (group, members) in groups {
      let rule = plan.rules[Int(group.rule)]
      var account = result.books.rules[rule.name] ?? RuleAccount()
      let firsts = members.filter { rows.cause[Int($0)] == RowCause.first.rawValue }
      switch merge.merge(members) {
      case .merged(let lead, let sources):
        found.append(
          Entity(
            rule: Int(group.rule), key: group.key, lead: lead, sources: sources,
            identity: EventIdentity.digest(
              rule: EventIdentity.rule(rule.identity), key: group.key, ordinal: 0, slot: 0)))
        account.boxes[.emitted, default: 0] += 1
        account.boxes[.collapsed, default: 0] += firsts.count - 1
        account.rows[rows.table.name, default: 0] += 1
        result.books.targets[rows.table.name, default: TargetAccount()].emitted += 1
      case .conflicting:
        account.boxes[.quarantined, default: 0] += firsts.count
        account.reasons[.conflictingRows, default: 0] += firsts.count
        for row in firsts {
          result.quarantine.append(
            QuarantineEntry(
              .row, at: SourcePosition(packed: rows.position[Int(row)]), rule: rule.name,
              reason: .conflictingRows))
        }
      }
      result.books.rules[rule.name] = account
    }
    return found
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

  mutating func writeRows() {
    for (index, rows) in tables.enumerated() where !entities[index].isEmpty {
      let list = entities[index]
      var columns = RowMerge(rows).gather(list.map(\.sources))
      if let key = rows.table.primaryKey {
        columns[key.name] = Column(.integer, .lanes(list.map(\.id)))
      }
      resolveReferences(&columns, registry: registry, rules: plan.rules)
      let fields = rows.table.fields.filter { columns[$0.name] != nil }
      let schema = Schema(fields.map { Field($0.name, columns[$0.name]?.type ?? .integer) })
      let batch = Batch(schema, fields.compactMap { columns[$0.name] }, count: list.count)
      result.rows.append(FinishedRows(table: rows.table, batch: batch))
    }
  }
}
