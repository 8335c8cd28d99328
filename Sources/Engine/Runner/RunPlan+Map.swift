extension RunPlan {
  /// Reads and maps all tables, and brings every row that is to be finished into one store.
  ///
  /// - Parameters:
  ///   - options: how the machine is used.
  ///   - quarantine: where refused rows go.
  ///   - progress: where it is said how far the work has come.
  ///   - filter: which rows go further, where not all do.
  /// - Returns: the rows by person, and this part of the run's books.
  /// - Throws: `RunCancelled`, or what a stage threw.
  func map(
    options: RunOptions, quarantine: any QuarantineSink, progress: Progress,
    filter: TraceFilter? = nil
  ) throws -> (store: ShuffleStore, books: Books) {
    let share = MemoryShare(bytes: options.shuffleBytes)
    let store = ShuffleStore(
      schemas: streams.all.map(\.schema), share: share, folder: options.scratch)
    let delivery = Delivery(
      plan: self, store: store,
      exchanges: Exchanges(self, share: share, folder: options.scratch), quarantine: quarantine,
      filter: filter)
    var (books, broadcasts) = try MapPhase(
      plan: self, options: options, delivery: delivery, progress: progress
    ).run()
    books.add(
      try ExchangePhase(
        plan: self, options: options, delivery: delivery, broadcasts: broadcasts,
        progress: progress
      ).run())
    return (store, books)
  }
}
