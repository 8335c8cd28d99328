internal import Columnar
internal import CommonDataModel
internal import Engine

/// How rows are finished that name rows of other persons: the rows of `fact_relationship`.
///
/// Every row that may be named is one of the first stream, by the digest of its key. A row that waits
/// is brought together with those that its first fact may be, then with those of its second.
struct RelationPlan {
  /// The names of the columns of rows that may be named and of rows that wait.
  enum Name {
    /// The person to whom the row belongs; `RowHeader.person` is the key by which rows meet.
    static let owner = "#owner"
    /// The number of the rule that makes the row.
    static let rule = "#rule"
    /// The id; NULL where the row is in quarantine.
    static let id = "#id"
    /// The position of the row's table among those of the CDM.
    static let table = "#table"
  }

  /// The columns of a row that may be named.
  static let links = Schema([
    Field(RowHeader.person, .digest), Field(Name.owner, .digest), Field(Name.rule, .integer),
    Field(Name.id, .integer), Field(Name.table, .integer), Field(RowHeader.position, .integer),
  ])

  let table: CDMTable
  /// The fields that name rows, in the order of the rounds.
  let fields = ["fact_id_1", "fact_id_2"]
  /// The columns of a row that waits.
  let waiting: Schema

  /// `nil` where no row names rows of other persons.
  init?(_ finisher: PersonFinisher) {
    guard !finisher.isTracing,
      let table = finisher.streams.compactMap(\.table).first(where: \.crossesPersons)
    else { return nil }
    self.table = table
    var types = finisher.types[table.name] ?? [:]
    for field in table.fields where types[field.name] == nil {
      types[field.name] = field.columnType
    }
    waiting = Schema(
      RowHeader.fields + [Field(Name.owner, .digest), Field(Name.rule, .integer)]
        + types.keys.sorted().compactMap { name in types[name].map { Field(name, $0) } })
  }

  var schemas: [Schema] { [Self.links] + fields.map { _ in waiting } }

  /// The first round from a number on in which a row has to find another, and the key of that.
  ///
  /// - Parameters:
  ///   - columns: the columns of the row that hold references, by field.
  ///   - row: the row.
  ///   - first: the first round that counts.
  /// - Returns: the round, from 1, and the digest by which the rows meet; `nil` when all is known.
  func round(
    of columns: [String: [(reference: Reference, keys: Column)]], _ row: Int, from first: Int
  ) -> (round: Int, key: Digest)? {
    for round in first..<fields.count + 1 {
      for (_, keys) in columns[fields[round - 1]] ?? [] where keys.isValid(row) {
        return (round, keys.digests[row])
      }
    }
    return nil
  }

  /// The columns that hold references, by field.
  func references(
    _ column: (String) -> Column?
  ) -> [String: [(reference: Reference, keys: Column)]] {
    var references: [String: [(reference: Reference, keys: Column)]] = [:]
    for field in waiting.fields {
      guard let reference = Reference(column: field.name), let keys = column(field.name) else {
        continue
      }
      references[reference.field, default: []].append((reference, keys))
    }
    return references
  }
}

extension PartitionWork {
  /// Hands on the rows that may be named from other persons, and those that name them.
  mutating func relate() {
    guard let relation = RelationPlan(plan) else { return }
    exportLinks()
    let index = tables.firstIndex { $0.table == relation.table }
    guard let index, !crossing.isEmpty else { return }
    let rows = tables[index]
    let references = relation.references { rows.columns[$0] }
    var parts: [Int: (rows: [Int32], keys: [Digest])] = [:]
    for row in crossing {
      // A row that names none waits for nothing, and is written in the first round.
      let next =
        relation.round(of: references, Int(row.row), from: 1) ?? (1, rows.key[Int(row.row)])
      parts[next.round, default: ([], [])].rows.append(row.row)
      parts[next.round]?.keys.append(next.key)
    }
    for (round, part) in parts {
      func lanes(_ values: [Int64]) -> Column {
        Column(.integer, .lanes(part.rows.map { values[Int($0)] }))
      }
      let columns = relation.waiting.fields.map { field -> Column in
        switch field.name {
        case RowHeader.person: Column(.digest, .digests(part.keys))
        case RowHeader.key: Column(.digest, .digests(part.rows.map { rows.key[Int($0)] }))
        case RelationPlan.Name.owner:
          Column(.digest, .digests(part.rows.map { rows.person[Int($0)] }))
        case RelationPlan.Name.rule: lanes(rows.rules.map { Int64($0) })
        case RowHeader.content0: lanes(rows.content0)
        case RowHeader.content1: lanes(rows.content1)
        case RowHeader.position: lanes(rows.position)
        case RowHeader.fan: lanes(rows.fan)
        case RowHeader.slot: lanes(rows.slot)
        case RowHeader.cause: lanes(rows.cause)
        default:
          rows.columns[field.name]?.gather(part.rows) ?? .nulls(field.type, count: part.rows.count)
        }
      }
      result.related.append(
        StreamRows(
          stream: round, batch: Batch(relation.waiting, columns, count: part.rows.count)))
    }
  }

  private mutating func exportLinks() {
    var builders = RelationPlan.links.fields.map { ColumnBuilder($0.type) }
    let finder = finder
    var count = 0
    for (key, link) in links.entries where plan.isRelated[Int(key.rule)] {
      builders[0].append(digest: key.key)
      builders[1].append(digest: persons[Int(key.person)])
      builders[2].append(lane: Int64(key.rule))
      if let found = finder.found(link) {
        builders[3].append(lane: found.id)
        builders[4].append(lane: Int64(found.table ?? 0))
      } else {
        builders[3].appendNull()
        builders[4].append(lane: 0)
      }
      if case .refused(let position) = link {
        builders[5].append(lane: position)
      } else {
        builders[5].append(lane: 0)
      }
      count += 1
    }
    guard count > 0 else { return }
    result.related.append(
      StreamRows(
        stream: 0, batch: Batch(RelationPlan.links, builders.map { $0.finish() }, count: count)))
  }
}
