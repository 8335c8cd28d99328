package import Columnar
internal import CommonDataModel
package import Engine

/// Finishes whole persons: one row a person, ids, links to visits, derived tables.
package struct PersonFinisher: Finisher {
  let streams: [StreamDefinition]
  let rules: [FinishRule]
  /// The sources to which rules belong.
  let sources: [SourcePlan]
  let derivation: DerivationPlan
  /// Which target of a code is which; what is new in it goes to the ledger.
  let slots: SlotMemory
  /// The positions of the rules in the order of finishing: those to whose rows others refer go
  /// first.
  let order: [Int]
  /// The rule of each stream, by position.
  let ruleOfStream: [Int: Int]
  /// The last rule of each source, in the order of finishing, that makes visits.
  let lastVisits: Set<Int>
  /// The position of each rule, by name.
  let ruleNumbers: [String: Int]
  /// What each rule gives to the identities of its rows.
  let identities: [UInt64]
  /// Whether rows of each rule are referred to by others of their person.
  let isLinked: [Bool]
  /// Whether rows of each rule are referred to by rows that may be of other persons.
  let isRelated: [Bool]
  /// Whether every finished row says where it comes from.
  package var isTracing = false
  /// Counts the codes of the rows that are written; `nil` where nobody asks.
  package var codes: CodeCounter?
  /// The most rows that one person may have: half as many as there are ids.
  var personLimit = 1 << 24
  /// The types of the columns of each table, by name.
  let types: [String: [String: ColumnType]]

  package init(
    streams: [StreamDefinition], rules: [FinishRule], sources: [SourcePlan] = [SourcePlan()],
    derivation: DerivationPlan, slots: SlotMemory = SlotMemory()
  ) {
    self.streams = streams
    self.rules = rules
    self.sources = sources
    self.derivation = derivation
    self.slots = slots
    identities = rules.map { EventIdentity.rule($0.identity) }
    let visited = Set(rules.compactMap(\.visitRule))
    let order = PersonFinisher.order(rules, streams)
    self.order = order
    lastVisits = Set(
      sources.indices.compactMap { source in
        order.last { rules[$0].source == source && rules[$0].makesVisits }
      })
    var owners: [Int: Int] = [:]
    for (index, rule) in rules.enumerated() {
      for stream in rule.streams + rule.tombstones { owners[stream] = index }
    }
    ruleOfStream = owners
    ruleNumbers = Dictionary(
      rules.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let referred = Set(
      streams.flatMap(\.schema.fields).compactMap { Reference(column: $0.name)?.rule })
    let related = Set(
      streams.filter { $0.table?.crossesPersons == true }.flatMap(\.schema.fields)
        .compactMap { Reference(column: $0.name)?.rule })
    isRelated = rules.map { related.contains($0.name) }
    isLinked = rules.map { visited.contains($0.name) || referred.contains($0.name) }
    types = Dictionary(grouping: streams.filter { $0.table != nil }) { $0.table?.name ?? "" }
      .mapValues(TableRows.types)
  }

  /// The rules, each behind those to whose rows it refers and behind those that make the visits of
  /// its source; otherwise in their own order.
  private static func order(_ rules: [FinishRule], _ streams: [StreamDefinition]) -> [Int] {
    let numbers = Dictionary(
      rules.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var done = [Bool](repeating: false, count: rules.count)
    var order: [Int] = []
    func put(_ number: Int) {
      guard !done[number] else { return }
      done[number] = true
      let rule = rules[number]
      let fields = rule.streams.filter { streams.indices.contains($0) }
        .flatMap { streams[$0].schema.fields }
      let names =
        [rule.visitRule].compactMap(\.self)
        + fields.compactMap { Reference(column: $0.name)?.rule }
      for name in names { if let other = numbers[name] { put(other) } }
      order.append(number)
    }
    for number in rules.indices where rules[number].makesVisits { put(number) }
    for number in rules.indices { put(number) }
    return order
  }

  package func finish(
    _ partition: PartitionRows, registry: EntityRegistry, ledger: Ledger
  ) throws -> FinishedPartition {
    var work = PartitionWork(self, partition: partition, registry: registry)
    work.mergePersons()
    try work.numberPersons(ledger, buckets: partition.buckets)
    for rule in order {
      work.decide(rule)
      if lastVisits.contains(rule) { work.makeVisits(of: rules[rule].source) }
    }
    work.mergeRows()
    work.observe()
    try work.assignPlaces(ledger, buckets: partition.buckets)
    work.writeRows()
    work.relate()
    work.closeBooks()
    return work.result
  }

  package func finish(
    _ partition: LargePartition, registry: EntityRegistry, ledger: Ledger,
    commit: (FinishedPartition) throws -> Void
  ) throws {
    var work = try LargeWork(self, partition, registry: registry)
    try work.finish(ledger, commit: commit)
  }

  package var relations: [Schema] { RelationPlan(self)?.schemas ?? [] }

  package func relate(
    _ rows: PartitionRows, round: Int, registry: EntityRegistry
  ) throws -> FinishedPartition {
    guard let plan = RelationPlan(self) else { return FinishedPartition() }
    var work = RelationWork(self, plan, round: round, registry: registry)
    work.relate(rows)
    return work.finish()
  }

  /// Whether rows of a table wait until all persons are finished; in a trace, which looks at one
  /// person, they do not.
  func defers(_ table: CDMTable) -> Bool { table.crossesPersons && !isTracing }

  package func finishEntities(
    _ rows: PartitionRows, ledger: Ledger
  ) throws -> (finished: FinishedPartition, registry: EntityRegistry) {
    var work = EntityWork(self, rows: rows)
    try work.number(ledger)
    work.writeRows()
    var result = work.result
    // Every code has been met by now: finishing begins when all is mapped.
    result.ledger.slots = slots.changes
    return (result, work.registry)
  }

  /// The rows of the streams, joined by CDM table in the order of their names, and the tombstones
  /// by rule.
  ///
  /// - Parameters:
  ///   - streams: the rows.
  ///   - isComplete: whether tables without rows are there too.
  /// - Returns: the rows.
  func tables(
    _ streams: [StreamRows], isComplete: Bool = false
  ) -> (tables: [TableRows], tombstones: [(rule: Int, batch: Batch)]) {
    var parts: [String: [(rule: Int, batch: Batch)]] = [:]
    var definitions: [String: CDMTable] = [:]
    var tombstones: [(rule: Int, batch: Batch)] = []
    if isComplete {
      for table in self.streams.compactMap(\.table) where table.isPersonBound {
        parts[table.name] = []
        definitions[table.name] = table
      }
    }
    for stream in streams {
      guard let rule = ruleOfStream[stream.stream] else { continue }
      if let table = self.streams[stream.stream].table {
        parts[table.name, default: []].append((rule, stream.batch))
        definitions[table.name] = table
      } else {
        tombstones.append((rule, stream.batch))
      }
    }
    let tables = parts.keys.sorted().compactMap { name in
      definitions[name].map {
        TableRows($0, parts: parts[name] ?? [], types: types[name] ?? [:])
      }
    }
    return (tables, tombstones)
  }
}
