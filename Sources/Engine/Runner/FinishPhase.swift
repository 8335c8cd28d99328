internal import Columnar
internal import Synchronization

/// The second half of a run: finishes the partitions on all workers and loads them in the order of
/// their buckets, which is the order of their keys.
struct FinishPhase: Sendable {
  let plan: RunPlan
  let options: RunOptions
  let store: ShuffleStore
  let ledger: Ledger
  let quarantine: any QuarantineSink
  let progress: Progress
  let load: LoadSession

  /// Runs the phase, adds its share to the books and returns the number of partitions.
  func run(into books: inout Books) throws -> Int {
    let streams = plan.streams.all
    let entities = streams.indices.filter { !streams[$0].isPersonBound }
    let persons = streams.indices.filter { streams[$0].isPersonBound }

    let relations = plan.finisher.relations
    let related =
      relations.isEmpty
      ? nil : ShuffleStore(schemas: relations, share: store.share, folder: options.scratch)

    let everything = 0..<Buckets.count
    let entityRows = PartitionRows(
      buckets: everything, streams: try store.rows(of: entities, buckets: everything))
    let (finished, registry) = try plan.finisher.finishEntities(entityRows, ledger: ledger)
    try commit(finished, into: &books, related)

    let partitions = store.partitions(limit: options.partitionBytes)
    progress.begin(.finishing, total: partitions.count)
    let failure = Failure()
    let turnstile = Turnstile()
    let ticket = Atomic<Int>(0)
    let total = Guarded(Books())
    onWorkers(options.threads) { _ in
      while !failure.isSet {
        let number = ticket.add(1, ordering: .relaxed).oldValue
        guard number < partitions.count else { return }
        do {
          if progress.isCancelled { throw RunCancelled() }
          let buckets = partitions[number]
          if store.bytes(of: buckets) > options.largeBytes {
            // What is too large to be held is committed bit by bit, and so in its turn.
            guard turnstile.wait(number) else { return }
            try plan.finisher.finish(
              LargePartition(
                store, buckets: buckets, streams: persons, options: options, progress: progress),
              registry: registry, ledger: ledger
            ) { part in
              if progress.isCancelled { throw RunCancelled() }
              try total.withLock { try commit(part, into: &$0, related) }
            }
          } else {
            let rows = PartitionRows(
              buckets: buckets, streams: try store.rows(of: persons, buckets: buckets))
            let result = try plan.finisher.finish(rows, registry: registry, ledger: ledger)
            guard turnstile.wait(number) else { return }
            try total.withLock { try commit(result, into: &$0, related) }
          }
          progress.advance(1)
          turnstile.leave(number)
        } catch {
          failure.set(error, ticket: number)
          turnstile.openForGood()
        }
      }
    }
    try failure.rethrow()
    books.add(total.withLock { $0 })
    if let related {
      for round in 1..<relations.count { try relate(related, round, registry, into: &books) }
    }
    return partitions.count
  }

  /// Finishes rows that name rows of other persons, in the order of the keys that they name.
  private func relate(
    _ related: ShuffleStore, _ round: Int, _ registry: EntityRegistry, into books: inout Books
  ) throws {
    for buckets in related.partitions(limit: options.partitionBytes) {
      if progress.isCancelled { throw RunCancelled() }
      let rows = PartitionRows(
        buckets: buckets, streams: try related.rows(of: [0, round], buckets: buckets))
      let result = try plan.finisher.relate(rows, round: round, registry: registry)
      try commit(result, into: &books, related)
    }
  }

  /// Hands a partition's rows to the loader, its new ids to the ledger, its refusals to the quarantine
  /// and what other persons wait for to its store; called by one thread at a time, in order.
  private func commit(
    _ result: FinishedPartition, into books: inout Books, _ related: ShuffleStore?
  ) throws {
    for rows in result.related { try related?.add(rows.batch, stream: rows.stream) }
    try ledger.add(result.ledger)
    try quarantine.add(result.quarantine)
    try load.append(result.rows)
    progress.loaded(result.rows.reduce(0) { $0 + $1.batch.count })
    books.add(result.books)
  }
}
