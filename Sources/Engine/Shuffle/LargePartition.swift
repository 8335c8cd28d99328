package import Columnar

/// The rows of a partition that are too many to be held at once: those of one bucket, or of few persons
/// with very many rows.
package struct LargePartition: Sendable {
  package let buckets: Range<Int>
  /// The positions of the streams that belong to persons.
  package let streams: [Int]
  /// The bytes of rows that may be held at once.
  package let limit: Int
  private let source: ShuffleStore
  private let folder: String
  private let progress: Progress

  init(
    _ source: ShuffleStore, buckets: Range<Int>, streams: [Int], options: RunOptions,
    progress: Progress
  ) {
    self.source = source
    self.buckets = buckets
    self.streams = streams
    limit = options.partitionBytes
    folder = options.scratch
    self.progress = progress
  }

  /// Lets go of the memory that the rows occupy, which those made of them need.
  package func spill() throws { try source.empty() }

  /// The rows of some streams, one batch for each.
  package func rows(of wanted: [Int]) throws -> [StreamRows] {
    try source.rows(of: wanted, buckets: buckets)
  }

  /// Calls the body with the rows of some streams, in as many batches as came, in no particular order.
  ///
  /// - Throws: `RunCancelled` where the run is to stop, else what the body throws.
  package func forEachBatch(
    of wanted: [Int], _ body: (_ stream: Int, Batch) throws -> Void
  ) throws {
    try source.forEachBatch(of: wanted, buckets: buckets) { stream, batch in
      if progress.isCancelled { throw RunCancelled() }
      try body(stream, batch)
    }
  }

  /// A store for rows on their way, within the memory that all stores share.
  package func store(_ schemas: [Schema]) -> ShuffleStore {
    ShuffleStore(schemas: schemas, share: source.share, folder: folder)
  }
}
