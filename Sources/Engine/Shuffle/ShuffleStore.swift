package import Columnar

/// Holds rows of several streams, sorted roughly by the digest that brings them together: between
/// mapping and finishing, that of the person.
///
/// Every batch that arrives is ordered by bucket and kept as a run: in memory while the share of the
/// budget lasts. Then all that lies in memory goes to a scratch file, as a few runs for each stream,
/// so that they are long whatever the size of the batches. A run is cut into 256 groups of 16
/// buckets, so that a partition reads its own part alone.
package final class ShuffleStore: Sendable {
  private static let groups = 256
  private static let bucketsPerGroup = Buckets.count / groups

  /// One batch of one stream, ordered by bucket.
  private struct Run {
    enum Place {
      case memory(Batch)
      /// Where the block of each group begins in the scratch file, and the end.
      case file([Int])
    }
    let stream: Int
    let place: Place
    /// The first row of each group, and the row count.
    let bounds: [Int32]

    /// The rows, where they lie in memory.
    var batch: Batch? {
      if case .memory(let batch) = place { batch } else { nil }
    }

    var isInMemory: Bool { batch != nil }
  }

  private struct State {
    var runs: [Run] = []
    var memory = 0
    var spilled = 0
    var bucketBytes = [Int](repeating: 0, count: Buckets.count)
    var scratch: ScratchFile?
  }

  private let schemas: [Schema]
  private let share: MemoryShare
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
  }

  deinit { share.giveBack(state.withLock { $0.memory }) }

  /// About what a batch occupies beside its values: small batches are mostly that.
  private static func overhead(_ batch: Batch) -> Int { 1_600 + 128 * batch.columns.count }

  /// The bytes held in memory, and the bytes written to the scratch file.
  package var usage: (memory: Int, spilled: Int) { state.withLock { ($0.memory, $0.spilled) } }

  /// Adds rows of a stream; any thread may call.
  package func add(_ batch: Batch, stream: Int) throws {
    guard let people = batch[RowHeader.person]?.digests else {
      preconditionFailure("a stream's row names its person")
    }
    let (order, bounds, sizes) = ShuffleStore.order(people)
    let sorted = batch.gather(order)
    let size = sorted.byteCount + ShuffleStore.overhead(sorted)
    let perRow = sorted.byteCount / max(1, sorted.count)
    let fits = share.take(size)
    let evicted = state.withLock { state -> (runs: [Run], bytes: Int) in
      for (bucket, count) in sizes { state.bucketBytes[bucket] += perRow * count }
      let run = Run(stream: stream, place: .memory(sorted), bounds: bounds)
      if fits {
        state.memory += size
        state.runs.append(run)
        return ([], 0)
      }
      let inMemory = state.runs.filter(\.isInMemory)
      defer { state.memory = 0 }
      state.runs.removeAll(where: \.isInMemory)
      return (inMemory + [run], state.memory)
    }
    try spill(evicted.runs)
    share.giveBack(evicted.bytes)
  }

  /// The bytes of rows that become one run of the scratch file: few enough that joining and ordering
  /// them takes little beside what they occupy.
  private static let longRun = 4 << 20

  /// Writes runs that lie in memory to the scratch file, those of one stream as a few long ones.
  private func spill(_ runs: [Run]) throws {
    for (stream, runs) in Dictionary(grouping: runs, by: \.stream).sorted(by: { $0.key < $1.key }) {
      var waiting: [Batch] = []
      var bytes = 0
      for (number, run) in runs.enumerated() {
        guard let batch = run.batch else { continue }
        waiting.append(batch)
        bytes += batch.byteCount
        guard bytes >= ShuffleStore.longRun || number == runs.count - 1 else { continue }
        let joined = Batch.concatenated(waiting, schema: schemas[stream])
        let (order, bounds, _) = ShuffleStore.order(joined[RowHeader.person]?.digests ?? [])
        try write(joined.gather(order), bounds: bounds, stream: stream)
        waiting = []
        bytes = 0
      }
    }
  }

  /// Writes rows that are ordered by bucket as a run, a block for each group.
  private func write(_ sorted: Batch, bounds: [Int32], stream: Int) throws {
    var writer = BlockWriter()
    var offsets = [0]
    for group in 0..<ShuffleStore.groups {
      let rows = bounds[group]..<bounds[group + 1]
      if !rows.isEmpty { writer.write(sorted.gather(Array(rows))) }
      offsets.append(writer.bytes.count)
    }
    let scratch = try scratch()
    let start = try scratch.append(writer.bytes)
    let places = offsets.map { $0 + start }
    state.withLock { state in
      state.spilled += writer.bytes.count
      state.runs.append(Run(stream: stream, place: .file(places), bounds: bounds))
    }
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
    let (runs, scratch) = state.withLock { ($0.runs, $0.scratch) }
    let first = buckets.lowerBound / ShuffleStore.bucketsPerGroup
    let last = (buckets.upperBound - 1) / ShuffleStore.bucketsPerGroup
    var isWanted = [Bool](repeating: false, count: schemas.count)
    for stream in wanted { isWanted[stream] = true }
    for run in runs where isWanted[run.stream] {
      let rows = run.bounds[first]..<run.bounds[last + 1]
      if rows.isEmpty { continue }
      func give(_ batch: Batch) throws {
        let kept = ShuffleStore.within(buckets, batch)
        if kept.count > 0 { try body(run.stream, kept) }
      }
      switch run.place {
      case .memory(let batch): try give(batch.gather(Array(rows)))
      case .file(let offsets):
        guard let scratch else { preconditionFailure("a spilled run has its file") }
        var reader = BlockReader(try scratch.read(offsets[first]..<offsets[last + 1]))
        while let batch = reader.next(schemas[run.stream]) { try give(batch) }
      }
    }
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

  /// The rows in the order of their buckets (stable), where each group begins, and the number of
  /// rows of each bucket that has any.
  private static func order(
    _ people: [Digest]
  ) -> (order: [Int32], bounds: [Int32], sizes: [(bucket: Int, count: Int)]) {
    var starts = [Int32](repeating: 0, count: Buckets.count + 1)
    for digest in people { starts[Buckets.of(digest) + 1] += 1 }
    let sizes = (0..<Buckets.count).filter { starts[$0 + 1] > 0 }
      .map { (bucket: $0, count: Int(starts[$0 + 1])) }
    for bucket in 0..<Buckets.count { starts[bucket + 1] += starts[bucket] }
    let bounds = (0...groups).map { starts[$0 * bucketsPerGroup] }
    var order = [Int32](repeating: 0, count: people.count)
    for row in people.indices {
      let bucket = Buckets.of(people[row])
      order[Int(starts[bucket])] = Int32(row)
      starts[bucket] += 1
    }
    return (order, bounds, sizes)
  }

  private static func within(_ buckets: Range<Int>, _ batch: Batch) -> Batch {
    guard let people = batch[RowHeader.person]?.digests else { return batch }
    var rows: [Int32] = []
    for row in people.indices where buckets.contains(Buckets.of(people[row])) {
      rows.append(Int32(row))
    }
    return rows.count == batch.count ? batch : batch.gather(rows)
  }
}
