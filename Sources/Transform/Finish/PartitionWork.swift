internal import Columnar
internal import CommonDataModel
internal import Engine

/// The state of finishing one partition; its steps are called in order by `PersonFinisher`.
struct PartitionWork {
  /// A row that will be written, and what its id and links will be made of.
  struct Emitted {
    var person: Int32
    var table: Int32
    /// The row of the table; −1 where it waits elsewhere (`LargeWork`).
    var row: Int32
    var rule: Int32
    /// The position in `emitted` of the visit the row names, or −1.
    var visit: Int32
    var ordinal: Int64
    /// The row that stands for it in the books.
    var booked: Int32
  }

  /// The key by which a row is found from another of its person.
  struct LinkKey: Equatable {
    let rule: Int32
    let person: Int32
    let key: Digest
  }

  /// What a link leads to.
  enum Link {
    /// A position in `emitted`.
    case emitted(Int32)
    /// A person by its number.
    case person(Int32)
    /// The packed position of a row in quarantine.
    case refused(Int64)
  }

  /// Why a person is not written, and the row that explains it.
  struct Refusal {
    var reason: ReasonCode
    var parent: Int64?
  }

  let plan: PersonFinisher
  let registry: EntityRegistry
  var tables: [TableRows]
  let tombstones: [(rule: Int, batch: Batch)]
  /// The persons of the partition in the order of their digests.
  let persons: [Digest]
  /// The number of each row's person, by table.
  var people: [[Int32]]
  /// How many rows each person has.
  var sizes: [Int]
  /// Why each person is not written; `nil` for those that are.
  var refusals: [Refusal?]
  /// Whether each person is not written, once persons are merged.
  var isRefused: [Bool] = []
  var personIDs: [Int64]
  var mergedPersons: [(person: Int32, lead: Int32, booked: Int32, sources: [Int32])] = []
  /// The rows of tables with one row a person, by the position of their table.
  var mergers: [Int: [(person: Int32, row: Int32)]] = [:]
  /// For a row that others were merged into, by its position in `emitted`: the row that gives each
  /// column.
  var mergedSources: [Int32: [Int32]] = [:]
  /// The class of each visit that is made of several rows, by its position in `emitted`.
  var mergedConcepts: [Int32: Int64] = [:]
  /// In a trace, all rows of each visit that is made of several.
  var mergedMembers: [Int32: [Int32]] = [:]
  /// The visit rows of each source that wait for the others, and whether visits were made of them.
  var pendingVisits: [[PendingVisit]]
  var hasVisits: [Bool]
  /// The visits of each source to whose rows others are linked by date.
  var calendars: [VisitCalendar?]
  /// The visit before, by positions in `emitted`.
  var preceding: [Int32: Int32] = [:]
  var emitted: [Emitted] = []
  /// The positions in `emitted` of each table's rows, once all are there.
  var numbers: [[Int32]] = []
  /// Rows that name rows of other persons: they are finished after all persons.
  var crossing: [RowKey] = []
  var links = LinkTable()
  var places: [Int64] = []
  /// When each source saw persons, and what eras are made of.
  var observed: [[ObservedTime]]
  var eras = EraSources()
  var derived: [DerivedRow] = []
  var derivedPlaces: [Int64] = []
  var tallies: [RuleTally]
  /// What is counted of the codes of the rows that are written.
  var codes: CodeTally?
  var result = FinishedPartition()

  init(_ plan: PersonFinisher, partition: PartitionRows, registry: EntityRegistry) {
    let (tables, tombstones) = plan.tables(partition.streams)
    var seen: Set<Digest> = []
    for rows in tables { seen.formUnion(rows.person) }
    for stone in tombstones {
      if let people = stone.batch[RowHeader.person]?.digests { seen.formUnion(people) }
    }
    self.init(
      plan, tables: tables, tombstones: tombstones, persons: seen.sorted(), registry: registry)
  }

  /// - Parameters:
  ///   - plan: what is done.
  ///   - tables: rows by table.
  ///   - tombstones: the rows in quarantine, by rule.
  ///   - persons: all persons of the partition, in order.
  ///   - registry: the rows without a person.
  init(
    _ plan: PersonFinisher, tables: [TableRows], tombstones: [(rule: Int, batch: Batch)],
    persons: [Digest], registry: EntityRegistry
  ) {
    self.plan = plan
    self.registry = registry
    self.tables = tables
    self.tombstones = tombstones
    self.persons = persons
    var numbers: [Digest: Int32] = [:]
    numbers.reserveCapacity(persons.count)
    for (number, digest) in persons.enumerated() { numbers[digest] = Int32(number) }
    people = tables.map { rows in rows.person.map { numbers[$0] ?? 0 } }
    refusals = .init(repeating: Refusal(reason: .personUnknown), count: persons.count)
    personIDs = .init(repeating: 0, count: persons.count)
    sizes = .init(repeating: 0, count: persons.count)
    tallies = .init(repeating: RuleTally(tables: tables.count), count: plan.rules.count)
    pendingVisits = .init(repeating: [], count: plan.sources.count)
    hasVisits = .init(repeating: false, count: plan.sources.count)
    calendars = .init(repeating: nil, count: plan.sources.count)
    observed = .init(repeating: [], count: plan.sources.count)
    codes = plan.codes?.take()
    for numbers in people {
      for person in numbers { sizes[Int(person)] += 1 }
    }
    lose()
  }

  /// The number of a person; `nil` for one that is not in the partition.
  func number(of person: Digest) -> Int32? {
    var low = 0
    var high = persons.count
    while low < high {
      let middle = (low + high) / 2
      if persons[middle] < person { low = middle + 1 } else { high = middle }
    }
    return low < persons.count && persons[low] == person ? Int32(low) : nil
  }

  /// Files the cells that the type of their column cannot hold.
  mutating func lose() {
    for rows in tables {
      for (row, field) in rows.lost {
        let rule = Int(rows.rules[Int(row)])
        let reason = ReasonCode.decimalOverflow
        tallies[rule].rejectedCells["\(field): \(reason)", default: 0] += 1
        result.quarantine.append(
          QuarantineEntry(
            .cell, at: SourcePosition(packed: rows.position[Int(row)]),
            rule: plan.rules[rule].name, reason: reason, field: field))
      }
    }
  }

  /// Refuses a row: its source row goes to the quarantine where the row is its first, and is counted
  /// as a lost part of it where not.
  mutating func refuse(
    table: Int, row: Int, rule: Int, _ reason: ReasonCode, parent: Int64? = nil,
    field: String? = nil
  ) {
    refuse(
      rule: rule, cause: tables[table].cause[row], position: tables[table].position[row], reason,
      parent: parent, field: field)
  }

  /// Refuses a row by what it says of its source row.
  mutating func refuse(
    rule: Int, cause: Int64, position: Int64, _ reason: ReasonCode, parent: Int64?,
    field: String? = nil
  ) {
    guard tallies[rule].refuse(reason, cause: cause) else { return }
    result.quarantine.append(
      QuarantineEntry(
        .row, at: SourcePosition(packed: position), rule: plan.rules[rule].name,
        reason: reason, field: field, parent: parent.map(SourcePosition.init(packed:))))
  }

  /// Counts a row for which another stands.
  mutating func collapse(table: Int, row: Int, rule: Int) {
    if tables[table].cause[row] == RowCause.first.rawValue { tallies[rule].collapsed += 1 }
  }

  /// Puts the tallies into the books, and hands over what was counted of codes.
  mutating func closeBooks() {
    if let counted = codes {
      plan.codes?.give(counted)
      codes = nil
    }
    result.close(tallies, rules: plan.rules, tables: tables.map(\.table.name))
  }
}
