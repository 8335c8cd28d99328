internal import Columnar

/// Brings what mapping a batch gave to where it belongs: the shuffle, the exchanges, the quarantine,
/// the books.
struct Delivery: Sendable {
  let plan: RunPlan
  let store: ShuffleStore
  let exchanges: Exchanges
  let quarantine: any QuarantineSink
  /// Which rows go further, where not all do.
  let filter: TraceFilter?
  private let starts: [Int]

  init(
    plan: RunPlan, store: ShuffleStore, exchanges: Exchanges, quarantine: any QuarantineSink,
    filter: TraceFilter? = nil
  ) {
    self.filter = filter
    self.plan = plan
    self.store = store
    self.exchanges = exchanges
    self.quarantine = quarantine
    starts = plan.streams.starts
  }

  /// The tables that a rule joins, in the order in which it asks for them.
  func tables(
    of rule: any Transformer, among broadcasts: [BroadcastRequest: BroadcastTable]
  ) -> [BroadcastTable] {
    rule.broadcasts.map { request in
      guard let table = broadcasts[request] else {
        preconditionFailure("a joined table is read before the tables whose rules join it")
      }
      return table
    }
  }

  /// Delivers the output of the rule at a position of the plan's list.
  func callAsFunction(_ output: MapOutput, of index: Int, into books: inout Books) throws {
    for (stream, batch) in output.rows {
      let isPersonBound = plan.transformers[index].streams[stream].isPersonBound
      let kept = filter.map { $0.keep(batch, isPersonBound: isPersonBound) } ?? batch
      if kept.count > 0 { try store.add(kept, stream: starts[index] + stream) }
    }
    for (exchange, batch) in output.waiting {
      try exchanges.add(batch, transformer: index, exchange: exchange)
    }
    try quarantine.add(output.quarantine)
    var one = Books()
    one.rules[plan.transformers[index].name] = output.account
    books.add(one)
  }
}
