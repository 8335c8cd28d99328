internal import Columnar
internal import CommonDataModel
internal import Engine

/// Finishes the rows of one round that name rows of other persons; see `RelationPlan`.
struct RelationWork {
  /// The name of a row: the rule that makes it, and its key.
  private struct Name: Hashable {
    let rule: Int32
    let key: Digest
  }

  /// A row that has the name.
  private struct Named {
    let owner: Digest
    let id: Int64?
    let table: Int32?
    let position: Int64
  }

  /// What a row's reference comes to.
  private enum Outcome {
    case given
    case found(Reference.Found)
    case refused(ReasonCode, parent: Int64?)
  }

  private let plan: PersonFinisher
  private let relation: RelationPlan
  private let round: Int
  private let registry: EntityRegistry
  private var named: [Name: [Named]] = [:]
  private var tallies: [RuleTally]
  private var result = FinishedPartition()

  init(
    _ plan: PersonFinisher, _ relation: RelationPlan, round: Int, registry: EntityRegistry
  ) {
    self.plan = plan
    self.relation = relation
    self.round = round
    self.registry = registry
    tallies = .init(repeating: RuleTally(tables: 1), count: plan.rules.count)
  }

  mutating func relate(_ rows: PartitionRows) {
    for stream in rows.streams where stream.stream == 0 { learn(stream.batch) }
    for stream in rows.streams where stream.stream == round { relate(sorted(stream.batch)) }
  }

  consuming func finish() -> FinishedPartition {
    result.close(tallies, rules: plan.rules, tables: [relation.table.name])
    return result
  }

  private mutating func learn(_ links: Batch) {
    let columns = links.columns
    for row in 0..<links.count {
      named[Name(rule: Int32(columns[2].lanes[row]), key: columns[0].digests[row]), default: []]
        .append(
          Named(
            owner: columns[1].digests[row],
            id: columns[3].isValid(row) ? columns[3].lanes[row] : nil,
            table: Int32(columns[4].lanes[row]),
            position: columns[5].lanes[row]))
    }
  }

  /// The rows in an order that follows from what they hold alone.
  private func sorted(_ rows: Batch) -> Batch {
    guard let keys = rows[RowHeader.person]?.digests,
      let owners = rows[RelationPlan.Name.owner]?.digests
    else { return rows }
    let lanes = [
      RelationPlan.Name.rule, RowHeader.content0, RowHeader.content1, RowHeader.fan,
      RowHeader.slot, RowHeader.position,
    ].compactMap { rows[$0]?.lanes }
    let order = (0..<Int32(rows.count)).sorted { left, right in
      let (left, right) = (Int(left), Int(right))
      if keys[left] != keys[right] { return keys[left] < keys[right] }
      if owners[left] != owners[right] { return owners[left] < owners[right] }
      for lane in lanes where lane[left] != lane[right] { return lane[left] < lane[right] }
      return false
    }
    return rows.gather(order)
  }

  private mutating func relate(_ rows: Batch) {
    let field = relation.fields[round - 1]
    let references = relation.references { rows[$0] }
    guard let owners = rows[RelationPlan.Name.owner]?.digests,
      let rules = rows[RelationPlan.Name.rule]?.lanes,
      let causes = rows[RowHeader.cause]?.lanes,
      let positions = rows[RowHeader.position]?.lanes
    else { return }
    var columns = Dictionary(
      uniqueKeysWithValues: zip(rows.schema.fields.map(\.name), rows.columns))
    var found = [Reference.Found?](repeating: nil, count: rows.count)
    var done: [Int32] = []
    var next: (rows: [Int32], keys: [Digest]) = ([], [])
    for row in 0..<rows.count {
      switch outcome(references[field] ?? [], row, owner: owners[row]) {
      case .given: break
      case .found(let other): found[row] = other
      case .refused(let reason, let parent):
        refuse(
          Int(rules[row]), cause: causes[row], at: positions[row], reason, parent, field: field)
        continue
      }
      if round < relation.fields.count,
        let later = relation.round(of: references, row, from: round + 1)
      {
        next.rows.append(Int32(row))
        next.keys.append(later.key)
      } else {
        done.append(Int32(row))
        tallies[Int(rules[row])].write(table: 0, cause: causes[row])
      }
    }
    Reference.fill(field, found, in: &columns, of: relation.table)
    if !next.rows.isEmpty {
      let later = relation.waiting.fields.map { field -> Column in
        field.name == RowHeader.person
          ? Column(.digest, .digests(next.keys))
          : columns[field.name]?.gather(next.rows) ?? .nulls(field.type, count: next.rows.count)
      }
      result.related.append(
        StreamRows(
          stream: round + 1, batch: Batch(relation.waiting, later, count: next.rows.count)))
    }
    guard !done.isEmpty else { return }
    result.add(columns.mapValues { $0.gather(done) }, to: relation.table, count: done.count)
  }

  /// The row that a reference names: of the same person first, else the only one of its name.
  private func outcome(
    _ references: [(reference: Reference, keys: Column)], _ row: Int, owner: Digest
  ) -> Outcome {
    guard let (reference, keys) = references.first(where: { $0.keys.isValid(row) }) else {
      return .given
    }
    let key = keys.digests[row]
    if let ids = registry.ids[reference.rule] {
      return ids[key].map { .found(.init(id: $0)) } ?? .refused(.requiredMissing, parent: nil)
    }
    guard let rule = plan.ruleNumbers[reference.rule],
      let all = named[Name(rule: Int32(rule), key: key)]
    else { return .refused(.requiredMissing, parent: nil) }
    let own = all.filter { $0.owner == owner }
    let candidates = own.isEmpty ? all : own
    let written = candidates.filter { $0.id != nil }
    if let only = written.first, let id = only.id {
      return written.count == 1
        ? .found(.init(id: id, table: only.table)) : .refused(.referenceAmbiguous, parent: nil)
    }
    return .refused(.parentQuarantined, parent: candidates.map(\.position).min())
  }

  /// Refuses a row, as `PartitionWork.refuse` does.
  private mutating func refuse(
    _ rule: Int, cause: Int64, at position: Int64, _ reason: ReasonCode, _ parent: Int64?,
    field: String
  ) {
    guard tallies[rule].refuse(reason, cause: cause) else { return }
    result.quarantine.append(
      QuarantineEntry(
        .row, at: SourcePosition(packed: position), rule: plan.rules[rule].name, reason: reason,
        field: field, parent: parent.map(SourcePosition.init(packed:))))
  }
}
