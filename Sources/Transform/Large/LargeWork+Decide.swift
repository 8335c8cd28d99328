internal import Columnar
internal import CommonDataModel
internal import Engine

extension LargeWork {
  /// How many intervals wait for eras before those that touch are joined.
  private static let intervalLimit = 1 << 16

  /// Decides what becomes of the rows of some rules, slice by slice.
  ///
  /// The rules are one to whose rows others refer, or any number of others.
  mutating func decide(_ rules: [Int], _ commit: (FinishedPartition) throws -> Void) throws {
    let streams = rules.flatMap { plan.rules[$0].streams }
    guard !streams.isEmpty else { return }
    let slices = partition.store(streams.map { plan.streams[$0].schema })
    let numbers = Dictionary(uniqueKeysWithValues: zip(streams, streams.indices))
    try partition.forEachBatch(of: streams) { stream, batch in
      guard let number = numbers[stream] else { return }
      try slices.add(byKey(batch), stream: number)
    }
    for range in slices.partitions(limit: partition.limit) {
      let rows = try slices.rows(of: Array(streams.indices), buckets: range).map {
        StreamRows(stream: streams[$0.stream], batch: $0.batch)
      }
      try decide(rules, rows)
      try commit(trunk.takeResult())
    }
  }

  /// The rows, with digests that bring equal keys of a person together in the place of the person's.
  private func byKey(_ batch: Batch) -> Batch {
    guard let people = batch[RowHeader.person]?.digests, let keys = batch[RowHeader.key]?.digests,
      let place = batch.schema.index(RowHeader.person)
    else { return batch }
    var last = (digest: Digest.zero, number: UInt64(trunk.number(of: .zero) ?? 0))
    let digests = people.indices.map { row in
      if people[row] != last.digest {
        last = (people[row], UInt64(trunk.number(of: people[row]) ?? 0))
      }
      return Digest(KeyIndex.mix(keys[row].word1 ^ last.number), last.number, 0, 0)
    }
    var columns = batch.columns
    columns[place] = Column(.digest, .digests(digests))
    return Batch(batch.schema, columns, count: batch.count)
  }

  /// Decides over one slice.
  private mutating func decide(_ rules: [Int], _ rows: [StreamRows]) throws {
    let whole = (trunk.tables, trunk.people)
    let first = trunk.emitted.count
    trunk.tables = plan.tables(rows, isComplete: true).tables
    trunk.people = trunk.tables.map { $0.person.map { Int32(truncatingIfNeeded: $0.word1) } }
    trunk.lose()
    for rule in rules { trunk.decideRows(rule) }
    trunk.number(first..<trunk.emitted.count)
    trunk.lookForTimes()
    trunk.lookForEras()
    if trunk.eras.count > Self.intervalLimit { trunk.eras.shrink() }
    let areNamed = rules.contains { plan.isLinked[$0] }
    let known = RowIdentities(trunk)
    for table in trunk.tables.indices { try keep(table, known, areNamed: areNamed) }
    if areNamed {
      for number in first..<trunk.emitted.count { trunk.emitted[number].row = -1 }
    } else {
      trunk.emitted.removeLast(trunk.emitted.count - first)
    }
    (trunk.tables, trunk.people) = whole
  }

  /// Sets the rows of a table aside that will be written.
  ///
  /// Beside the columns of the table, they keep what their books need, their identity in the place of
  /// the key, and the numbers of their person, rule and visit in that of the person.
  private mutating func keep(
    _ table: Int, _ known: RowIdentities, areNamed: Bool
  ) throws {
    guard !trunk.numbers[table].isEmpty else { return }
    var positions: [Int32] = []
    var owners: [Digest] = []
    var identities: [Digest] = []
    for number in trunk.numbers[table] {
      let row = trunk.emitted[Int(number)]
      let identity = known.identity(of: row)
      positions.append(row.row)
      owners.append(KeptRow(person: row.person, rule: row.rule, visit: row.visit).digest(slice: 0))
      identities.append(identity)
      asked.append(LargeWork.place(of: row.person, identity))
      if areNamed { named.append((number, identity)) }
    }
    let rows = trunk.tables[table]
    let columns = schemas[table].fields.map { field -> Column in
      switch field.name {
      case RowHeader.person: Column(.digest, .digests(owners))
      case RowHeader.key: Column(.digest, .digests(identities))
      case RowHeader.position: Column(.integer, .lanes(positions.map { rows.position[Int($0)] }))
      case RowHeader.cause: Column(.integer, .lanes(positions.map { rows.cause[Int($0)] }))
      default:
        rows.columns[field.name]?.gather(positions) ?? .nulls(field.type, count: positions.count)
      }
    }
    try kept.add(Batch(schemas[table], columns, count: positions.count), stream: table)
  }

  /// The columns of rows that wait to be written, of a table whose columns have some types.
  static func schema(_ types: [String: ColumnType]) -> Schema {
    Schema(
      [
        Field(RowHeader.person, .digest), Field(RowHeader.key, .digest),
        Field(RowHeader.position, .integer), Field(RowHeader.cause, .integer),
      ] + types.sorted { $0.key < $1.key }.map { Field($0.key, $0.value) })
  }

  /// The place that a row asks for, below the number of its person.
  static func place(of person: Int32, _ identity: Digest) -> UInt64 {
    UInt64(person) << UInt64(EventIdentity.bits) | UInt64(EventIdentity.place(identity))
  }
}

/// The numbers that a row needs while it waits to be written.
struct KeptRow {
  var person: Int32
  var rule: Int32
  /// The position in `emitted` of its visit, or −1.
  var visit: Int32

  init(person: Int32, rule: Int32, visit: Int32) {
    self.person = person
    self.rule = rule
    self.visit = visit
  }

  init(_ digest: Digest) {
    person = Int32(truncatingIfNeeded: digest.word1)
    rule = Int32(truncatingIfNeeded: digest.word2)
    visit = Int32(truncatingIfNeeded: digest.word3)
  }

  /// A digest of the bucket of a slice.
  func digest(slice: Int) -> Digest {
    Digest(
      UInt64(slice) << 52, UInt64(truncatingIfNeeded: person), UInt64(truncatingIfNeeded: rule),
      UInt64(truncatingIfNeeded: visit))
  }
}
