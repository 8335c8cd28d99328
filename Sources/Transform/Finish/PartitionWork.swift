internal import Columnar
internal import CommonDataModel
internal import Engine

/// The state of finishing one partition; its steps are called in order by `PersonFinisher`.
struct PartitionWork {
  /// A row that will be written, and what its id and links will be made of.
  struct Emitted {
    var entry: Entry
    var rule: Int32
    /// The position in `emitted` of the visit the row names, or −1.
    var visit: Int32
  }

  /// The key by which a row is found from another of its person.
  struct LinkKey: Hashable {
    let rule: Int32
    let person: Int32
    let key: Digest
  }

  /// What a link leads to.
  enum Link {
    case emitted(Int32)
    /// The packed position of a row in quarantine.
    case refused(Int64)
  }

  let plan: PersonFinisher
  let registry: EntityRegistry
  let tables: [TableRows]
  let tombstones: [(rule: Int, batch: Batch)]
  /// The persons of the partition in the order of their digests.
  let persons: [Digest]
  let numbers: [Digest: Int32]
  /// Why a person is not written, and the row that explains it; `nil` for those that are.
  var refused: [(reason: ReasonCode, parent: Int64?)?]
  var personIDs: [Int64]
  var mergedPersons: [(person: Int32, sources: [Int32])] = []
  /// For a row that others were merged into: the row that gives each column.
  var merges: [RowReference: [Int32]] = [:]
  var emitted: [Emitted] = []
  var links: [LinkKey: Link] = [:]
  var places: [Int64] = []
  var periods: [ObservationPeriods.Period] = []
  var periodPlaces: [Int64] = []
  var result = FinishedPartition()
  let visitedRules: Set<String>

  init(_ plan: PersonFinisher, partition: PartitionRows, registry: EntityRegistry) {
    self.plan = plan
    self.registry = registry
    (tables, tombstones) = plan.tables(partition.streams)
    var seen: Set<Digest> = []
    for rows in tables { seen.formUnion(rows.person) }
    for stone in tombstones {
      if let people = stone.batch[RowHeader.person]?.digests { seen.formUnion(people) }
    }
    persons = seen.sorted()
    var numbers: [Digest: Int32] = [:]
    numbers.reserveCapacity(persons.count)
    for (number, digest) in persons.enumerated() { numbers[digest] = Int32(number) }
    self.numbers = numbers
    refused = .init(repeating: (.personUnknown, nil), count: persons.count)
    personIDs = .init(repeating: 0, count: persons.count)
    visitedRules = Set(plan.rules.compactMap(\.visitRule))
  }

  /// Books what became of a row: each source row falls into one box, the others it fanned out into
  /// are counted by their cause.
  mutating func book(_ at: RowReference, rule: Int, fate: Fate) {
    let rows = tables[Int(at.table)]
    let row = Int(at.row)
    let name = plan.rules[rule].name
    let cause = RowCause(rawValue: rows.cause[row]) ?? .first
    var account = result.books.rules[name] ?? RuleAccount()
    switch fate {
    case .emitted:
      switch cause {
      case .first: account.boxes[.emitted, default: 0] += 1
      case .join: account.joinFanOut += 1
      case .mapping: account.mappingFanOut += 1
      }
      account.rows[rows.table.name, default: 0] += 1
      result.books.targets[rows.table.name, default: TargetAccount()].emitted += 1
    case .collapsed:
      if cause == .first { account.boxes[.collapsed, default: 0] += 1 }
    case .refused(let reason, let parent):
      if cause == .first {
        account.boxes[.quarantined, default: 0] += 1
        account.reasons[reason, default: 0] += 1
        result.quarantine.append(
          QuarantineEntry(
            .row, at: SourcePosition(packed: rows.position[row]), rule: name, reason: reason,
            parent: parent.map(SourcePosition.init(packed:))))
      }
    }
    result.books.rules[name] = account
  }

  mutating func note(_ name: String, rule: Int) {
    result.books.rules[plan.rules[rule].name, default: RuleAccount()].notes[name, default: 0] += 1
  }
}
