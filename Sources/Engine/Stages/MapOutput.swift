package import Columnar

/// What one worker's mapping of one batch gives: rows by stream, refusals, and its share of the
/// books.
package struct MapOutput: Sendable {
  /// Batches by the position of their stream in the transformer's list.
  package private(set) var rows: [(stream: Int, batch: Batch)] = []
  /// Batches that wait for others, by the position of their exchange in the transformer's list.
  package private(set) var waiting: [(exchange: Int, batch: Batch)] = []
  package private(set) var quarantine: [QuarantineEntry] = []
  package var account: RuleAccount

  package init(table: String) { account = RuleAccount(table: table) }

  package mutating func emit(_ batch: Batch, stream: Int) {
    if batch.count > 0 { rows.append((stream, batch)) }
  }

  package mutating func wait(_ batch: Batch, exchange: Int) {
    if batch.count > 0 { waiting.append((exchange, batch)) }
  }

  /// Files a refusal; rows and unmatched rows are counted by their reason.
  package mutating func refuse(_ entry: QuarantineEntry) { quarantine.append(entry) }
}
