internal import Columnar

/// The first part of a run: reads every extract table on all workers and maps its rows, a batch at
/// a time, into the shuffle or the exchanges.
struct MapPhase: Sendable {
  let plan: RunPlan
  let options: RunOptions
  let delivery: Delivery
  let progress: Progress

  /// Runs the phase and returns its share of the books, and the tables that rules join whole.
  func run() throws -> (books: Books, broadcasts: [BroadcastRequest: BroadcastTable]) {
    var books = Books()
    var broadcasts: [BroadcastRequest: BroadcastTable] = [:]
    progress.begin(
      .mapping,
      total: plan.tables.reduce(0) { sum, table in
        sum + table.extractor.parts.reduce(0) { $0 + Int($1.size) }
      })
    var firstFile = 0
    let requests = Set(plan.transformers.flatMap(\.broadcasts))
    for table in plan.tables {
      let name = table.extractor.table
      let asked = requests.filter { $0.table == name }
      let result = try read(
        table, firstFile: firstFile, broadcasts: broadcasts,
        keeping: asked.isEmpty ? nil : Columns(asked))
      books.add(result.books)
      if !asked.isEmpty {
        let sources = result.kept.sorted { $0.ticket < $1.ticket }.map(\.source)
        let whole = SourceBatch(sources, schema: table.extractor.schema)
        for request in asked { broadcasts[request] = BroadcastTable(request, whole) }
      }
      firstFile += table.extractor.parts.count
    }
    return (books, broadcasts)
  }

  private typealias Kept = (ticket: Int, source: SourceBatch)

  /// The columns that are kept of a joined table: those that any join reads.
  private struct Columns {
    let names: Set<String>?

    init(_ requests: Set<BroadcastRequest>) {
      let asked = requests.map(\.columns)
      names = asked.contains(nil) ? nil : asked.reduce(into: []) { $0.formUnion($1 ?? []) }
    }
  }

  private func read(
    _ table: TablePlan, firstFile: Int, broadcasts: [BroadcastRequest: BroadcastTable],
    keeping: Columns?
  ) throws -> (books: Books, kept: [Kept]) {
    let feed = ChunkFeed(table.extractor, firstFile: firstFile)
    let failure = Failure()
    let total = Guarded(Books())
    let kept = Guarded<[Kept]>([])
    onWorkers(options.threads) { _ in
      var books = Books()
      books.tables[table.extractor.table] = TableAccount()
      for index in table.transformers {
        let rule = plan.transformers[index]
        books.rules[rule.name, default: RuleAccount()].tables.insert(rule.source)
      }
      while !failure.isSet {
        var ticket = Int.max
        do {
          if progress.isCancelled { throw RunCancelled() }
          guard let next = try feed.next() else { break }
          ticket = next.ticket
          let source = try table.extractor.parse(next.chunk)
          for index in table.transformers {
            let rule = plan.transformers[index]
            var output = MapOutput(table: rule.source)
            try rule.map(
              source, broadcasts: delivery.tables(of: rule, among: broadcasts), into: &output)
            try delivery(output, of: index, into: &books)
          }
          try delivery.exchanges.add(joined: source, of: table.extractor.table)
          try account(source, table: table.extractor.table, books: &books)
          if let keeping {
            kept.withLock { $0.append((ticket, source.keeping(keeping.names))) }
          }
          progress.advance(next.chunk.byteCount)
        } catch {
          failure.set(error, ticket: ticket)
        }
      }
      total.withLock { $0.add(books) }
    }
    try failure.rethrow()
    return (total.withLock { $0 }, kept.withLock { $0 })
  }

  private func account(_ source: SourceBatch, table: String, books: inout Books) throws {
    var account = books.tables[table] ?? TableAccount()
    account.read += source.batch.count + source.rejectedRecords.count
    account.accepted += source.batch.count
    account.quarantined += source.rejectedRecords.count
    account.rejectedCells += source.rejectedCells.count
    account.notes.merge(source.notes, uniquingKeysWith: +)
    books.tables[table] = account
    progress.read(source.batch.count + source.rejectedRecords.count)
    try delivery.quarantine.add(
      source.rejectedRecords.map {
        QuarantineEntry(.record, at: $0.position, reason: $0.reason, field: $0.column)
      }
        + source.rejectedCells.map {
          QuarantineEntry(.cell, at: $0.position, reason: $0.reason, field: $0.column)
        })
  }
}
