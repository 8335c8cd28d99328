package import Columnar

/// Holds rows of several streams, sorted roughly by the digest that brings them together: between
/// mapping and finishing, that of the person.
///
/// Every batch that arrives is ordered by bucket and kept in memory while the share of the budget
/// lasts. Then what the store holds goes to a scratch file as long runs (`SpilledRun`), in which
/// every part of the buckets lies together, whatever stream its rows are of.
package final class ShuffleStore: Sendable {
  /// A batch of one stream in memory, ordered by bucket.
  private struct Held {
    let number: Int
    let stream: Int
    let batch: Batch
    let bytes: Int
    /// Whether a thread is writing it to the scratch file.
    var isLeaving = false
  }

  private struct State {
    var held: [Held] = []
    /// How many batches have been held so far.
    var count = 0
    var memory = 0
    /// The bytes of the batches that are being written.
    var leaving = 0
    var runs: [SpilledRun] = []
    var spilled = 0
    var bucketBytes = [Int](repeating: 0, count: Buckets.count)
    var scratch: ScratchFile?

    mutating func add(_ run: SpilledRun) {
      spilled += run.byteCount
      runs.append(run)
    }
  }

  private let schemas: [Schema]
  let share: MemoryShare
  private let folder: String
  private let state = Guarded(State())

  /// Makes an empty store.
  ///
  /// - Parameters:
  ///   - schemas: the columns of the streams whose rows will come, by their numbers.
  ///   - share: the bytes of rows that may stay in memory, here and in other stores.
  ///   - folder: where the scratch file is made when they do not suffice.
  package init(schemas: [Schema], share: MemoryShare, folder: String) {
    self.schemas = schemas
    self.share = share
    self.folder = folder
    share.add(self)
  }

  deinit { share.giveBack(state.withLock { $0.memory }) }

  /// About what a batch occupies beside its values: small batches are mostly that.
  private static func overhead(_ batch: Batch) -> Int { 600 + 128 * batch.columns.count }

  /// The bytes held in memory, and the bytes written to the scratch file.
  package var usage: (memory: Int, spilled: Int) { state.withLock { ($0.memory, $0.spilled) } }

  /// Adds rows of a stream; any thread may call.
  package func add(_ batch: Batch, stream: Int) throws {
    guard let people = batch[RowHeader.person]?.digests else {
      preconditionFailure("a stream's row names its person")
    }
    let (order, sizes) = BucketOrder.of(people)
    let sorted = batch.gather(order)
    let perRow = sorted.byteCount / max(1, sorted.count)
    state.withLock { state in
      for (bucket, count) in sizes { state.bucketBytes[bucket] += perRow * count }
    }
    let bytes = sorted.byteCount + ShuffleStore.overhead(sorted)
    if try share.take(bytes) {
      state.withLock { state in
        state.memory += bytes
        state.held.append(
          Held(number: state.count, stream: stream, batch: sorted, bytes: bytes))
        state.count += 1
      }
    } else {
      let run = try run(of: [Held(number: 0, stream: stream, batch: sorted, bytes: bytes)])
      state.withLock { $0.add(run) }
    }
  }

  /// Writes all that lies in memory and nobody is writing already to the scratch file, so that a
  /// reader does not hold it while others want the room.
  package func empty() throws {
    while try spill(atLeast: 1) {}
  }

  /// The bytes that lie in memory and nobody is writing.
  var spillable: Int { state.withLock { $0.memory - $0.leaving } }

  /// Writes a part of what lies in memory to the scratch file as one run; any thread may call, each
  /// for a part of its own.
  ///
  /// Batches are there for readers until the run that they become is: an exchange is read while the
  /// rows that come of it ask for room.
  ///
  /// - Parameter least: how many bytes are worth a run.
  /// - Returns: whether there were so many.
  /// - Throws: what the system says when they cannot be written; they stay in memory then.
  func spill(atLeast least: Int) throws -> Bool {
    let part = state.withLock { state -> [Held] in
      var part: [Int] = []
      var bytes = 0
      for index in state.held.indices where !state.held[index].isLeaving && bytes < share.runBytes {
        part.append(index)
        bytes += state.held[index].bytes
      }
      guard bytes > 0, bytes >= least else { return [] }
      for index in part { state.held[index].isLeaving = true }
      state.leaving += bytes
      return part.map { state.held[$0] }
    }
    guard !part.isEmpty else { return false }
    let numbers = Set(part.map(\.number))
    let bytes = part.reduce(0) { $0 + $1.bytes }
    do {
      let run = try run(of: part)
      state.withLock { state in
        state.add(run)
        state.held.removeAll { numbers.contains($0.number) }
        state.memory -= bytes
        state.leaving -= bytes
      }
    } catch {
      state.withLock { state in
        for index in state.held.indices where numbers.contains(state.held[index].number) {
          state.held[index].isLeaving = false
        }
        state.leaving -= bytes
      }
      throw error
    }
    share.giveBack(bytes)
    return true
  }

  /// Writes batches to the scratch file as one run.
  private func run(of held: [Held]) throws -> SpilledRun {
    let streams = Dictionary(grouping: held, by: \.stream).sorted { $0.key < $1.key }
    let joined = streams.map { stream, parts in
      let whole = Batch.concatenated(parts.map(\.batch), schema: schemas[stream])
      return (
        stream: stream, batch: whole,
        order: BucketOrder.of(whole[RowHeader.person]?.digests ?? []).order
      )
    }
    return try SpilledRun(joined, file: try scratch())
  }

  private func scratch() throws -> ScratchFile {
    if let made = state.withLock({ $0.scratch }) { return made }
    let made = try ScratchFile(folder: folder)
    return state.withLock { state in
      let kept = state.scratch ?? made
      state.scratch = kept
      return kept
    }
  }

  /// The rows of the streams asked for that lie in some buckets, one batch for each stream.
  package func rows(of wanted: [Int], buckets: Range<Int>) throws -> [StreamRows] {
    var parts: [Int: [Batch]] = [:]
    try forEachBatch(of: wanted, buckets: buckets) { parts[$0, default: []].append($1) }
    return wanted.compactMap { stream in
      parts[stream].map {
        StreamRows(stream: stream, batch: Batch.concatenated($0, schema: schemas[stream]))
      }
    }
  }

  /// Calls the body with the rows of the streams asked for that lie in some buckets, in as many
  /// batches as came, in no particular order.
  package func forEachBatch(
    of wanted: [Int], buckets: Range<Int>, _ body: (_ stream: Int, Batch) throws -> Void
  ) throws {
    let (held, runs, scratch) = state.withLock { ($0.held, $0.runs, $0.scratch) }
    var isWanted = [Bool](repeating: false, count: schemas.count)
    for stream in wanted { isWanted[stream] = true }
    for one in held where isWanted[one.stream] {
      let rows = BucketOrder.rows(of: buckets, in: one.batch[RowHeader.person]?.digests ?? [])
      if rows.isEmpty { continue }
      try body(
        one.stream, rows.count == one.batch.count ? one.batch : one.batch.gather(Array(rows)))
    }
    guard let scratch else { return }
    for run in runs {
      try run.forEachBatch(
        in: buckets, of: isWanted, schemas: schemas, file: scratch, body)
    }
  }

  /// The bytes of the rows in some buckets.
  func bytes(of buckets: Range<Int>) -> Int {
    state.withLock { $0.bucketBytes[buckets].reduce(0, +) }
  }

  /// Cuts the buckets into runs of about equal bytes, none above the limit where a single bucket
  /// is not.
  package func partitions(limit: Int) -> [Range<Int>] {
    let sizes = state.withLock { $0.bucketBytes }
    var partitions: [Range<Int>] = []
    var start = 0
    var bytes = 0
    for bucket in 0..<Buckets.count {
      if bytes > 0, bytes + sizes[bucket] > limit {
        partitions.append(start..<bucket)
        start = bucket
        bytes = 0
      }
      bytes += sizes[bucket]
    }
    partitions.append(start..<Buckets.count)
    return partitions
  }
}
