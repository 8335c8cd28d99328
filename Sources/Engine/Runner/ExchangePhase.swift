internal import Columnar
internal import Synchronization

/// Goes on with the rows that waited: level by level, partition by partition, on all workers.
struct ExchangePhase: Sendable {
  let plan: RunPlan
  let options: RunOptions
  let delivery: Delivery
  let broadcasts: [BroadcastRequest: BroadcastTable]
  let progress: Progress

  /// Runs the phase and returns its share of the books.
  func run() throws -> Books {
    var books = Books()
    let exchanges = delivery.exchanges
    for level in 0..<exchanges.levels {
      let work = exchanges[level].flatMap { place in
        place.store.partitions(limit: options.partitionBytes).map { (place, $0) }
      }
      progress.begin(.exchanging, total: work.count)
      let failure = Failure()
      let ticket = Atomic<Int>(0)
      let total = Guarded(Books())
      onWorkers(options.threads) { _ in
        var books = Books()
        while !failure.isSet {
          let number = ticket.add(1, ordering: .relaxed).oldValue
          guard number < work.count else { break }
          do {
            try resume(work[number].0, work[number].1, into: &books)
            progress.advance(1)
          } catch {
            failure.set(error, ticket: number)
          }
        }
        total.withLock { $0.add(books) }
      }
      try failure.rethrow()
      books.add(total.withLock { $0 })
      exchanges.drop(level)
    }
    return books
  }

  private func resume(
    _ place: Exchanges.Place, _ buckets: Range<Int>, into books: inout Books
  ) throws {
    var table: BroadcastTable?
    if let join = place.join {
      let rows = try place.store.rows(of: [0], buckets: buckets).first?.batch
      table = BroadcastTable(join, SourceBatch(waited: rows ?? .empty(place.joinSchema)))
    }
    func go(_ stream: Int, _ batch: Batch) throws {
      if progress.isCancelled { throw RunCancelled() }
      let rule = place.rules[stream - place.firstRule]
      let transformer = plan.transformers[rule.transformer]
      var output = MapOutput(table: transformer.source)
      try transformer.resume(
        rule.exchange, SourceBatch(waited: batch), joined: table,
        broadcasts: delivery.tables(of: transformer, among: broadcasts), into: &output)
      try delivery(output, of: rule.transformer, into: &books)
    }
    let streams = place.rules.indices.map { place.firstRule + $0 }
    if place.join == nil {
      for rows in try place.store.rows(of: streams, buckets: buckets) {
        try go(rows.stream, rows.batch)
      }
    } else {
      var waiting: [Int: Waiting] = [:]
      try place.store.forEachBatch(of: streams, buckets: buckets) { stream, batch in
        waiting[stream, default: Waiting()].add(batch)
        guard let full = waiting[stream], full.isEnough else { return }
        waiting[stream] = nil
        try go(stream, full.batch)
      }
      for (stream, rest) in waiting.sorted(by: { $0.key < $1.key }) { try go(stream, rest.batch) }
    }
  }
}

/// Small batches of one stream on their way to being one: what a rule does for a batch, it does for
/// each however few its rows.
private struct Waiting {
  private var batches: [Batch] = []
  private var rows = 0
  private var bytes = 0

  /// Whether a rule should see the rows now.
  var isEnough: Bool { rows >= 4096 || bytes >= 1 << 20 }

  var batch: Batch {
    batches.count == 1
      ? batches[0] : Batch.concatenated(batches, schema: batches.first?.schema ?? Schema([]))
  }

  mutating func add(_ batch: Batch) {
    batches.append(batch)
    rows += batch.count
    bytes += batch.byteCount
  }
}
