internal import Columnar
internal import CommonDataModel
internal import Engine

/// Finishes persons whose rows are too many to be held at once: a hospital's quality control that was
/// given a patient's number, or a key that names thousands of people.
///
/// Persons, visits and rows that are merged are held whole, as `PartitionWork` holds all: the trunk.
/// Of every other rule rows of equal key lie together in slices, which are decided one after the
/// other. What of them is written waits in a scratch file until the ids of all are known, is brought
/// into the order of ids there, and linked and written slice by slice. A row that others may name
/// leaves some 150 bytes in memory, any other 8.
///
/// The result is the one of `PartitionWork`, to the byte.
struct LargeWork {
  /// A row that does not have the place that its identity asks for.
  struct Moved: Hashable {
    let person: Int32
    let identity: Digest
  }

  let plan: PersonFinisher
  let partition: LargePartition
  /// Whether the rows of each rule are decided in slices.
  let isSliced: [Bool]
  /// The columns of rows that wait to be written, by table: see `keep`.
  let schemas: [Schema]
  var trunk: PartitionWork
  /// The rows that wait to be written, in the order in which they were decided, then in that of
  /// their ids.
  var kept: ShuffleStore
  /// The places that all rows ask for: the number of the person above that of the place.
  var asked: [UInt64] = []
  /// The identities of rows that others may name, by their position in `emitted`.
  var named: [(number: Int32, identity: Digest)] = []
  /// The places of rows that do not have the one they asked for.
  var moved: [Moved: Int64] = [:]

  init(_ plan: PersonFinisher, _ partition: LargePartition, registry: EntityRegistry) throws {
    self.plan = plan
    self.partition = partition
    let isSliced = LargeWork.sliced(plan)
    self.isSliced = isSliced
    try partition.spill()
    var sizes: [Digest: Int] = [:]
    try partition.forEachBatch(of: partition.streams) { stream, batch in
      let isRow = plan.streams[stream].table != nil
      for person in batch[RowHeader.person]?.digests ?? [] {
        sizes[person, default: 0] += isRow ? 1 : 0
      }
    }
    let whole = partition.streams.filter { stream in
      guard let rule = plan.ruleOfStream[stream] else { return false }
      return !isSliced[rule] || plan.streams[stream].table == nil && plan.isLinked[rule]
    }
    let (tables, tombstones) = plan.tables(try partition.rows(of: whole), isComplete: true)
    schemas = tables.map { LargeWork.schema(plan.types[$0.table.name] ?? [:]) }
    kept = partition.store(schemas)
    let persons = sizes.keys.sorted()
    trunk = PartitionWork(
      plan, tables: tables, tombstones: tombstones, persons: persons, registry: registry)
    trunk.sizes = persons.map { sizes[$0] ?? 0 }
  }

  /// The rules whose rows need not be seen together: those whose rows are not merged with others, are
  /// no visits that others may be part of, and do not wait for other persons.
  private static func sliced(_ plan: PersonFinisher) -> [Bool] {
    plan.rules.map { rule in
      rule.policy != .merge && !rule.makesVisits
        && rule.streams.allSatisfy { stream in
          plan.streams[stream].table.map { $0.isPersonBound && !$0.crossesPersons } ?? false
        }
    }
  }

  /// Finishes all and hands it over part by part.
  mutating func finish(
    _ ledger: Ledger, commit: (FinishedPartition) throws -> Void
  ) throws {
    trunk.mergePersons()
    try trunk.numberPersons(ledger, buckets: partition.buckets)
    for rule in plan.order {
      if !isSliced[rule] {
        trunk.decide(rule)
      } else if plan.isLinked[rule] {
        trunk.linkTombstones(rule)
        try decide([rule], commit)
      }
      if plan.lastVisits.contains(rule) { trunk.makeVisits(of: plan.rules[rule].source) }
    }
    try decide(plan.order.filter { isSliced[$0] && !plan.isLinked[$0] }, commit)
    trunk.mergeRows()
    trunk.observe()
    try assignPlaces(ledger)
    try order()
    try write(commit)
    trunk.relate()
    trunk.closeBooks()
    try commit(trunk.takeResult())
  }
}

extension PartitionWork {
  /// What is finished so far, which is forgotten here.
  mutating func takeResult() -> FinishedPartition {
    defer { result = FinishedPartition() }
    return result
  }
}
