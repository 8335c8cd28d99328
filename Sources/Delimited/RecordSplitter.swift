import Columnar

/// Cuts one file into chunks of whole records, block after block.
///
/// The records are those of a sequential reading, whatever the block size. As long as all quoting
/// follows RFC 4180 the splitter looks only at the parity of quotes, 64 bytes at a time; from the
/// first irregular record on it reads byte by byte. A record that spans lines and does not come out
/// whole (see `RecordScanner`) costs its first line, and reading goes on at the next.
///
/// A splitter is used by one thread; its chunks by any.
package struct RecordSplitter: ~Copyable {
  /// How the file is written.
  package let format: DelimitedFormat
  /// The names in the header; `nil` without a header, empty when the file has no record at all.
  package private(set) var header: [String]?
  /// The number of fields that a record must have; 0 when a file should have a header and is empty.
  package private(set) var fieldCount = 0
  /// The encoding of the file: that of the format, or the order of bytes that its mark tells.
  package private(set) var encoding: DelimitedFormat.Encoding

  let scanner: RecordScanner
  let blockSize: Int
  private var source: ByteSource
  /// The bytes of the file that chunks were handed out for.
  private var reported = 0
  /// Bytes read and not yet handed out, in UTF-8 when the file is in UTF-16; `base` is the place of
  /// the first of them in the file.
  var buffer: [UInt8] = []
  var base: Int64 = 0
  var isAtEnd = false
  /// Whether the structural scan still holds.
  var isRegular = true
  var parity = ParityScan()
  /// Set while an overlong line is passed over: where it began.
  var skippedFrom: Int64?
  var refused: [RefusedRecord] = []
  /// Blank lines before the header, which belong to the first chunk.
  var blankLines = 0
  /// Whether the buffer is not the file's bytes but what they are in UTF-8.
  var isTranscoded: Bool { encoding.isUTF16 }
  /// Whether the file holds nothing, a byte order mark apart.
  package private(set) var isEmpty = false

  /// Opens a file and reads its header.
  ///
  /// - Parameters:
  ///   - path: the file, read with read(2).
  ///   - format: how it is written.
  ///   - fieldCount: the number of fields of a record: needed without a header, else the header's.
  ///   - blockSize: how many bytes are read at once, from 1.
  /// - Throws: a `DelimitedError` when the file or its header cannot be read.
  package init(
    path: String, format: DelimitedFormat, fieldCount: Int? = nil, blockSize: Int = 512 << 10
  ) throws(DelimitedError) {
    try self.init(ByteSource(path: path), format, fieldCount, blockSize)
  }

  /// Reads bytes in memory as a file.
  package init(
    bytes: [UInt8], format: DelimitedFormat, fieldCount: Int? = nil, blockSize: Int = 512 << 10
  ) throws(DelimitedError) {
    try self.init(ByteSource(bytes: bytes), format, fieldCount, blockSize)
  }

  private init(
    _ source: consuming ByteSource, _ format: DelimitedFormat, _ fieldCount: Int?,
    _ blockSize: Int
  ) throws(DelimitedError) {
    precondition(blockSize >= 1 && blockSize <= 1 << 28, "a block of 1 to 2^28 bytes")
    precondition(format.hasHeader || fieldCount ?? 0 >= 1, "no header tells the number of fields")
    self.format = format
    self.blockSize = blockSize
    self.source = source
    scanner = RecordScanner(format)
    encoding = format.encoding
    encoding = try self.source.begin(format.encoding)
    base = Int64(self.source.markLength)
    try skipByteOrderMark()
    while buffer.isEmpty && !isAtEnd { try readMore() }
    isEmpty = buffer.isEmpty
    if format.hasHeader { try readHeader() } else { self.fieldCount = fieldCount ?? 0 }
  }

  /// The next chunk, or `nil` at the end of the file.
  package mutating func next() throws(DelimitedError) -> Chunk? {
    while true {
      if skippedFrom != nil, try !skipLine() { continue }
      switch isRegular ? nextRegular() : nextSequential() {
      case .chunk(let chunk): return chunk
      case .again: continue
      case .more:
        if isAtEnd { return lastRefusals() }
        try readMore()
      }
    }
  }

  /// What a look at the buffer gave.
  enum Step {
    case chunk(Chunk)
    /// Nothing yet, but the bytes at hand are to be looked at in another way.
    case again
    /// All bytes at hand were handed out, or a record goes on beyond them.
    case more
  }

  /// Reads another block, or as much as there is already, so that looking again at the start of a
  /// long record costs no more than reading it.
  mutating func readMore() throws(DelimitedError) {
    let count = max(blockSize, isRegular ? 0 : buffer.count)
    buffer.reserveCapacity(buffer.count + count)
    isAtEnd = try !source.read(count, appendingTo: &buffer)
  }

  /// Hands out the first `end` bytes of the buffer.
  mutating func cut(
    _ end: Int, isRegular: Bool, records: [Range<UInt32>] = [], blankLines: Int = 0,
    strayQuotes: Int = 0
  ) -> Chunk {
    let rest = Array(buffer[end...])
    buffer.removeLast(rest.count)
    let chunk = Chunk(
      bytes: buffer, offset: base, fieldCount: fieldCount, isRegular: isRegular,
      records: records, refused: refused, blankLines: blankLines + self.blankLines,
      strayQuotes: strayQuotes, sourceByteCount: source.consumed - reported)
    reported = source.consumed
    base += width(chunk.bytes.span)
    buffer = rest
    refused = []
    self.blankLines = 0
    return chunk
  }

  /// Begins to pass over the overlong line at the start of the buffer.
  mutating func beginSkipping() {
    skippedFrom = base
    parity = ParityScan()
  }

  /// Passes over the line that `skippedFrom` tells; says whether its end was reached.
  private mutating func skipLine() throws(DelimitedError) -> Bool {
    guard let start = skippedFrom else { return true }
    if let lineFeed = buffer.firstIndex(of: 10) {
      let end = lineFeed > 0 && buffer[lineFeed - 1] == 13 ? lineFeed - 1 : lineFeed
      refuse(start, base + width(buffer.span.extracting(0..<end)))
      drop(lineFeed + 1)
      return true
    }
    if isAtEnd {
      let end = buffer.last == 13 ? buffer.count - 1 : buffer.count
      refuse(start, base + width(buffer.span.extracting(0..<end)))
      drop(buffer.count)
      return true
    }
    // The last byte stays where it may be the carriage return of the line end.
    drop(buffer.last == 13 ? buffer.count - 1 : buffer.count)
    isAtEnd = try !source.read(blockSize, appendingTo: &buffer)
    return false
  }

  private mutating func refuse(_ start: Int64, _ end: Int64) {
    refused.append(RefusedRecord(offset: start, length: end - start, reason: .tooLong))
    skippedFrom = nil
  }

  mutating func drop(_ count: Int) {
    base += width(buffer.span.extracting(0..<count))
    buffer.removeFirst(count)
  }

  /// The bytes of the file that some bytes of the buffer were made of.
  private func width(_ bytes: Span<UInt8>) -> Int64 {
    Int64(isTranscoded ? UTF16Transcoder.width(bytes) : bytes.count)
  }

  /// At the end of the file, what was refused and not yet handed out.
  private mutating func lastRefusals() -> Chunk? {
    if refused.isEmpty && blankLines == 0 { return nil }
    return cut(0, isRegular: isRegular)
  }

  private mutating func skipByteOrderMark() throws(DelimitedError) {
    guard format.encoding == .utf8 else { return }
    while buffer.count < 3 && !isAtEnd { try readMore() }
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { drop(3) }
  }

  /// Reads the first record for its names.
  private mutating func readHeader() throws(DelimitedError) {
    header = []
    while true {
      if buffer.isEmpty && isAtEnd { return }
      let outcome =
        buffer.isEmpty
        ? .more : scanner.scan(buffer.span, from: 0, isLast: isAtEnd, expected: nil)
      switch outcome {
      case .more:
        isAtEnd = try !source.read(max(blockSize, buffer.count), appendingTo: &buffer)
      case .blank(let next):
        drop(next)
        blankLines += 1
      case .record(let end, let next, let fields, _):
        fieldCount = fields
        header = Tokeniser(format).names(in: Array(buffer[0..<end]))
        drop(next)
        return
      case .unclosed, .tooLong:
        throw DelimitedError(
          .headerUnreadable, path: source.path,
          reason: "the header has an unclosed quote or is longer than a record may be")
      }
    }
  }
}
