import Columnar
import Diagnostics

/// One vocabulary file, read from its start to its end in blocks by several workers.
struct AthenaFile: Sendable {
  /// Blocks of this size are hashed for the fingerprint: it belongs to the index format.
  ///
  /// No record of a vocabulary is nearly as long: a longer one is junk.
  static let blockByteCount = 1 << 20

  let path: String
  private let feed: BlockFeed

  /// What reading a file gave.
  struct Rows<Sink: AthenaSink>: Sendable {
    /// One sink of each worker.
    var sinks: [Sink]
    /// The line of the file, counted from 1, with which each block begins.
    var firstLines: [Int]
    /// A hash of all bytes.
    var hash: UInt64
  }

  /// Takes a file over; only a test gives another size of blocks.
  init(
    path: String, source: consuming sending AthenaBytes,
    blockByteCount: Int = AthenaFile.blockByteCount
  ) {
    self.path = path
    feed = BlockFeed(source, blockByteCount: blockByteCount)
  }

  /// Reads all rows into copies of an empty sink, one for each worker.
  ///
  /// The closure is told the number of bytes after each block, by one worker at a time.
  func read<Sink: AthenaSink>(
    into empty: Sink, workers: Int, progress: @escaping @Sendable (Int) -> Void
  ) throws -> Rows<Sink> {
    let (dialect, names) = try header()
    let places = try places(empty.columns, names)
    // What commas leave unread of a block comes before the next one.
    let count = dialect == .tabs ? max(1, workers) : 1
    let done = Guarded<[(worker: Int, sink: Sink)]>([])
    let failure = Guarded<(any Error)?>(nil)
    let feed = feed
    let work: @Sendable (Int) -> Void = { worker in
      var sink = empty
      var rows = AthenaRows(width: names.count, dialect: dialect)
      do {
        while let block = try feed.next(dialect) {
          let fault = AthenaFile.take(block, &rows, &sink, places)
          if dialect == .commas { feed.giveBack(Array(block.bytes[rows.consumed...])) }
          feed.done(block.number, lines: rows.lineCount, fault: fault)
          progress(rows.consumed)
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
      done.withLock { [sink] in $0.append((worker, sink)) }
    }
    concurrently(count, workers: count, work)
    if let error = failure.withLock({ $0 }) { throw error }
    let outcome = feed.outcome()
    if let fault = outcome.fault {
      throw VocabularyError(fault.code, fault.message, path: path, line: fault.line + 2)
    }
    return Rows(
      sinks: done.withLock { $0 }.sorted { $0.worker < $1.worker }.map(\.sink),
      firstLines: outcome.firstLines.map { $0 + 2 }, hash: outcome.hash)
  }

  /// Reads one block into a sink; what cannot be read is told with its line in the block.
  private static func take<Sink: AthenaSink>(
    _ block: BlockFeed.Block, _ rows: inout AthenaRows, _ sink: inout Sink, _ places: [Int]
  ) -> AthenaFault? {
    var fault: AthenaFault?
    do throws(AthenaFault) {
      try rows.read(block.bytes.span, isLast: block.isLast)
      try AthenaFile.checkText(block.bytes.span.extracting(0..<rows.consumed))
    } catch {
      fault = error
    }
    // A row before the one that cannot be cut may be wrong too, and then it is the first.
    do throws(AthenaFault) {
      sink.begin(block: block.number)
      switch rows.dialect {
      case .tabs: try sink.take(rows, block.bytes.span, places)
      case .commas: try sink.take(rows, rows.unquoted.span, places)
      }
    } catch {
      // What is no text is the reason why it is no number either.
      if fault.map({ error.line < $0.line }) ?? true { fault = error }
    }
    return fault
  }

  /// Refuses bytes that are not UTF-8, which Athena's files are, with their line.
  private static func checkText(_ bytes: Span<UInt8>) throws(AthenaFault) {
    if ByteMasks.isUTF8(bytes) { return }
    var line = 0
    var start = 0
    for index in bytes.indices where bytes[index] == 10 || index == bytes.count - 1 {
      guard ByteMasks.isUTF8(bytes.extracting(start..<index + 1)) else { break }
      start = index + 1
      line += 1
    }
    throw AthenaFault(
      code: "bad-encoding",
      message:
        "the text is not UTF-8, as Athena's files are: was the file saved by another program?",
      line: line)
  }

  private func header() throws -> (AthenaRows.Dialect, [String]) {
    guard let head = try feed.header() else {
      throw VocabularyError("no-header", "the file has no header line", path: path, line: 1)
    }
    let dialect: AthenaRows.Dialect = head.contains(9) ? .tabs : .commas
    return (dialect, AthenaFile.names(head, dialect))
  }

  private func places(_ columns: [String], _ names: [String]) throws -> [Int] {
    try columns.map { column in
      if let place = names.firstIndex(of: column) {
        if place == names.lastIndex(of: column) { return place }
        throw VocabularyError(
          "duplicate-column", "the file has two columns \(column)", path: path, line: 1)
      }
      let near = nearestName(to: column, in: names).map { "; is it the column \($0)?" } ?? ""
      throw VocabularyError(
        "missing-column", "the file has no column \(column)\(near)", path: path, line: 1)
    }
  }

  /// The names of the columns in lower case.
  private static func names(_ head: [UInt8], _ dialect: AthenaRows.Dialect) -> [String] {
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    var text: [UInt8] = []
    var scanner = CommaScanner(position: 0, line: 0)
    if dialect == .tabs {
      return head.split(separator: 9, omittingEmptySubsequences: false).map {
        String(decoding: $0.last == 13 ? $0.dropLast() : $0, as: UTF8.self).lowercased()
      }
    }
    _ = scanner.record(head.span, &starts, &ends, &text)
    return zip(starts, ends).map { start, end in
      String(decoding: text[Int(start)..<Int(end)], as: UTF8.self).lowercased()
    }
  }
}
