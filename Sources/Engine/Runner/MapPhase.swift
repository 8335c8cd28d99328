internal import Columnar

/// The first half of a run: reads every extract table on all workers and maps its rows, a batch at
/// a time, into the shuffle.
struct MapPhase: Sendable {
  let plan: RunPlan
  let options: RunOptions
  let store: ShuffleStore
  let quarantine: any QuarantineSink
  let progress: Progress

  /// Runs the phase and returns its share of the books.
  func run() throws -> Books {
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
        let schema = sources.first?.batch.schema ?? table.extractor.schema
        let rows = Batch.concatenated(sources.map(\.batch), schema: schema)
        for request in asked {
          broadcasts[request] = BroadcastTable(request, rows: rows, source: sources)
        }
      }
      firstFile += table.extractor.parts.count
    }
    return books
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
    let starts = plan.streams.starts
    onWorkers(options.threads) { _ in
      var books = Books()
      books.tables[table.extractor.table] = TableAccount()
      for index in table.transformers {
        let rule = plan.transformers[index]
        books.rules[rule.name] = RuleAccount(table: rule.source)
      }
      while !failure.isSet {
        var ticket = Int.max
        do {
          if progress.isCancelled { throw RunCancelled() }
          guard let next = try feed.next() else { break }
          ticket = next.ticket
          let source = try table.extractor.parse(next.chunk)
          for index in table.transformers {
            try map(
              source, through: plan.transformers[index], firstStream: starts[index],
              broadcasts: broadcasts, books: &books)
          }
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

  private func map(
    _ source: SourceBatch, through rule: any Transformer, firstStream: Int,
    broadcasts: [BroadcastRequest: BroadcastTable], books: inout Books
  ) throws {
    var output = MapOutput(table: rule.source)
    let tables = rule.broadcasts.map { request -> BroadcastTable in
      guard let table = broadcasts[request] else {
        preconditionFailure("a joined table is read before the tables whose rules join it")
      }
      return table
    }
    try rule.map(source, broadcasts: tables, into: &output)
    for (stream, batch) in output.rows { try store.add(batch, stream: firstStream + stream) }
    try quarantine.add(output.quarantine)
    var one = Books()
    one.rules[rule.name] = output.account
    books.add(one)
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
    try quarantine.add(
      source.rejectedRecords.map {
        QuarantineEntry(.record, at: $0.position, reason: $0.reason, field: $0.column)
      }
        + source.rejectedCells.map {
          QuarantineEntry(.cell, at: $0.position, reason: $0.reason, field: $0.column)
        })
  }
}
