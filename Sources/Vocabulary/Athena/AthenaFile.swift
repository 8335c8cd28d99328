import Columnar
import Diagnostics
import Dispatch

/// One vocabulary file, read from its start to its end in blocks.
struct AthenaFile: ~Copyable {
  /// Blocks of this size are hashed for the fingerprint: it belongs to the index format.
  ///
  /// No record of a vocabulary is nearly as long: a longer one is junk.
  static let blockByteCount = 1 << 20

  private let blockByteCount: Int
  private var reader: FileReader
  private var dialect = AthenaRows.Dialect.tabs
  private var width = 0
  /// Bytes read that belong to no block yet.
  private var rest: [UInt8] = []
  private var byteCount = 0
  private var atEnd = false
  /// The lines before the next block.
  private var line = 0
  /// A hash of all bytes read so far.
  private(set) var hash: UInt64 = 0

  /// Opens a file; only a test gives another size of blocks.
  init(
    path: String, blockByteCount: Int = AthenaFile.blockByteCount
  ) throws(FileError) {
    self.blockByteCount = blockByteCount
    reader = try FileReader(path: path)
  }

  var path: String { reader.path }

  /// Reads all rows into a sink, which must be empty.
  ///
  /// The closure is told the number of bytes after each step.
  mutating func read<Sink: AthenaSink>(
    into sink: inout Sink, workers: Int, progress: (Int) -> Void
  ) throws {
    let places = try readHeader(Sink.columns)
    let empty = sink
    while let wave = try nextWave(dialect == .tabs ? workers * 4 : 1) {
      let blocks = wave.blocks
      let width = width
      let dialect = dialect
      let results = Guarded([BlockResult<Sink>?](repeating: nil, count: blocks.count))
      let parse: @Sendable (Int) -> Void = { index in
        let isLast = wave.isLast && index == blocks.count - 1
        let result = BlockResult(empty, blocks[index], dialect, width, places, isLast)
        results.withLock { $0[index] = result }
      }
      if blocks.count == 1 {
        parse(0)
      } else {
        DispatchQueue.concurrentPerform(iterations: blocks.count, execute: parse)
      }
      for result in results.withLock({ $0 }) {
        guard let result else { continue }
        try join(result, into: &sink)
      }
      progress(blocks.reduce(0) { $0 + $1.count })
    }
  }

  /// Reads the rest of the file for its hash only.
  mutating func hashAll() throws(FileError) -> UInt64 {
    while try fill() { rest.removeAll(keepingCapacity: true) }
    return hash
  }

  private mutating func join<Sink: AthenaSink>(
    _ result: BlockResult<Sink>, into sink: inout Sink
  ) throws(VocabularyError) {
    do throws(AthenaFault) {
      if let fault = result.fault { throw fault }
      try sink.append(result.sink, after: line)
    } catch {
      throw VocabularyError(
        error.code, error.message, path: path, line: line + error.line + 1)
    }
    line += result.lineCount
    if dialect == .commas { rest.replaceSubrange(0..<0, with: result.unread) }
  }

  /// Appends the next bytes of the file to the rest; `false` at the end.
  private mutating func fill() throws(FileError) -> Bool {
    guard !atEnd else { return false }
    let before = rest.count
    let count = try reader.read(blockByteCount, appendingTo: &rest)
    hash = ContentHash.hash(rest.span.extracting(before..<rest.count).raw, seed: hash)
    byteCount += count
    atEnd = count < blockByteCount || byteCount == reader.size
    return true
  }

  private mutating func readHeader(_ columns: [String]) throws -> [Int] {
    _ = try fill()
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
    guard let end = rest.firstIndex(of: 10) ?? (atEnd && !rest.isEmpty ? rest.count : nil) else {
      throw VocabularyError("no-header", "the file has no header line", path: path, line: 1)
    }
    let head = Array(rest[0..<end])
    rest.removeFirst(min(end + 1, rest.count))
    line = 1
    dialect = head.contains(9) ? .tabs : .commas
    let names = AthenaFile.names(head, dialect)
    width = names.count
    return try columns.map { column in
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

  private struct Wave {
    var blocks: [[UInt8]]
    var isLast: Bool
  }

  /// Some blocks that end with whole lines (the last may not); `nil` after the last.
  private mutating func nextWave(_ count: Int) throws -> Wave? {
    var blocks: [[UInt8]] = []
    while blocks.count < count, !(atEnd && rest.isEmpty) {
      // What a comma file left unread begins the next block.
      let hadMore = try fill()
      guard !rest.isEmpty else { break }
      if atEnd || dialect == .commas {
        if dialect == .commas && !hadMore && blocks.isEmpty && rest.isEmpty { break }
        blocks.append(rest)
        rest = []
        continue
      }
      guard let cut = rest.lastIndex(of: 10) else {
        guard rest.count <= blockByteCount else { throw tooLong }
        continue
      }
      var block = rest
      rest = Array(block[(cut + 1)...])
      block.removeLast(block.count - cut - 1)
      blocks.append(block)
    }
    guard !blocks.isEmpty else { return nil }
    if dialect == .commas, blocks[0].count > 2 * blockByteCount { throw tooLong }
    return Wave(blocks: blocks, isLast: atEnd && rest.isEmpty)
  }

  private var tooLong: VocabularyError {
    VocabularyError(
      "record-too-long", "a row is longer than \(blockByteCount) bytes", path: path,
      line: line + 1)
  }
}
