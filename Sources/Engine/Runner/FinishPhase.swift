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

    let everything = 0..<Buckets.count
    let entityRows = PartitionRows(
      buckets: everything, streams: try store.rows(of: entities, buckets: everything))
    let (finished, registry) = try plan.finisher.finishEntities(entityRows, ledger: ledger)
    try commit(finished, into: &books)

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
          let rows = PartitionRows(
            buckets: partitions[number],
            streams: try store.rows(of: persons, buckets: partitions[number]))
          let result = try plan.finisher.finish(rows, registry: registry, ledger: ledger)
          guard turnstile.wait(number) else { return }
          try total.withLock { try commit(result, into: &$0) }
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
    return partitions.count
  }

  /// Hands a partition's rows to the loader, its new ids to the ledger and its refusals to the
  /// quarantine; called by one thread at a time, in order.
  private func commit(_ result: FinishedPartition, into books: inout Books) throws {
    try ledger.add(result.ledger)
    try quarantine.add(result.quarantine)
    try load.append(result.rows)
    progress.loaded(result.rows.reduce(0) { $0 + $1.batch.count })
    books.add(result.books)
  }
}
