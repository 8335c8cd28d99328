internal import Columnar

/// Rows of several streams that were written to a scratch file at one time.
///
/// The run is cut into groups of buckets, up to 1,024, as its size suggests. The rows of a group lie
/// together, stream by stream, so that reading some buckets of all streams is one read.
struct SpilledRun: Sendable {
  private static let groupLimit = 1024
  /// About how many bytes a group of a small run has: blocks of a few bytes would be mostly header.
  private static let groupBytes = 4096
  /// How many bytes are read at once, where a single group is not longer, and about the bytes of
  /// a block.
  private static let readBytes = 256 << 10

  /// Where the run begins in the file.
  private let start: Int
  private let bucketsPerGroup: Int
  /// Where each group begins in the run, and the end.
  private let offsets: [UInt32]

  /// The bytes of the run.
  var byteCount: Int { Int(offsets.last ?? 0) }

  /// Writes a run.
  ///
  /// - Parameters:
  ///   - streams: one batch for each stream with the order of its rows by bucket; less than 4 GiB
  ///     in all.
  ///   - file: the scratch file, at whose end it is written.
  /// - Throws: what the system says when the file cannot be written.
  init(
    _ streams: [(stream: Int, batch: Batch, order: [Int32])], file: ScratchFile
  ) throws {
    var offsets: [UInt32] = [0]
    let bytes = streams.reduce(0) { $0 + $1.batch.byteCount }
    var writer = BlockWriter(capacity: bytes + bytes / 16)
    var groups = 16
    while groups < SpilledRun.groupLimit, groups * SpilledRun.groupBytes < bytes { groups *= 2 }
    bucketsPerGroup = Buckets.count / groups
    offsets.reserveCapacity(groups + 1)
    let people = streams.map { $0.batch[RowHeader.person]?.digests ?? [] }
    var next = [Int32](repeating: 0, count: streams.count)
    for group in 0..<groups {
      for (index, (stream, batch, order)) in streams.enumerated() {
        let first = next[index]
        var end = Int(first)
        while end < order.count,
          Buckets.of(people[index][Int(order[end])]) / bucketsPerGroup == group
        { end += 1 }
        guard end > Int(first) else { continue }
        next[index] = Int32(end)
        // A bucket may hold millions of rows, of which a reader is to have few at once.
        let rows = max(64, SpilledRun.readBytes * batch.count / max(1, batch.byteCount))
        for start in stride(from: Int(first), to: end, by: rows) {
          writer.write(batch, rows: order[start..<min(start + rows, end)], tag: stream)
        }
      }
      offsets.append(UInt32(writer.bytes.count))
    }
    start = try file.append(writer.bytes)
    self.offsets = offsets
  }

  /// Calls the body with the rows of the streams wanted that lie in some buckets.
  func forEachBatch(
    in buckets: Range<Int>, of isWanted: [Bool], schemas: [Schema], file: ScratchFile,
    _ body: (_ stream: Int, Batch) throws -> Void
  ) throws {
    let last = (buckets.upperBound - 1) / bucketsPerGroup
    var first = buckets.lowerBound / bucketsPerGroup
    while first <= last {
      var end = first + 1
      while end <= last, offsets[end + 1] - offsets[first] <= SpilledRun.readBytes { end += 1 }
      let range = start + Int(offsets[first])..<start + Int(offsets[end])
      first = end
      if range.isEmpty { continue }
      var reader = BlockReader(try file.read(range))
      while let (stream, length) = reader.nextTag() {
        guard isWanted[stream] else {
          reader.skip(length)
          continue
        }
        let batch = reader.next(schemas[stream])
        let rows = BucketOrder.rows(of: buckets, in: batch[RowHeader.person]?.digests ?? [])
        if rows.isEmpty { continue }
        try body(stream, rows.count == batch.count ? batch : batch.gather(Array(rows)))
      }
    }
  }
}
