internal import Columnar
internal import Delimited
public import Engine
internal import Foundation

/// A reader of files in which every line is a record: the half that all such formats share.
///
/// It reads what CSV reads: gzip, the encodings of the language, a byte order mark, either end of
/// line; blank lines are passed over and counted, and lines longer than `max_record_bytes` refused.
public struct LineReader: RecordReader {
  /// Reads one line, in UTF-8 and without its end, into a record that has begun; to refuse it is
  /// `Records.refuse`.
  public typealias Line = @Sendable (_ line: Span<UInt8>, _ records: inout Records) throws -> Void

  /// The files.
  public let parts: [SourcePart]
  private let format: DelimitedFormat
  private let blockBytes: Int
  private let line: Line

  private struct Lines: SourceChunk {
    let chunk: Chunk
    var byteCount: Int { chunk.sourceByteCount }
  }

  private final class Reader: PartReader {
    private var splitter: RecordSplitter

    init(_ splitter: consuming RecordSplitter) { self.splitter = splitter }

    func next() throws -> (any SourceChunk)? { try splitter.next().map(Lines.init) }
  }

  /// Finds the files; `line` is called by any number of threads at once.
  ///
  /// - Throws: when a file cannot be opened, or none is there.
  public init(_ settings: ReaderSettings, line: @escaping Line) throws {
    // Fields are none of its affair: the byte that would part them is one that no text has.
    format = DelimitedFormat(
      delimiter: 0, quote: nil, encoding: settings.encoding, hasHeader: false,
      maximumRecordBytes: settings.maximumRecordBytes)
    blockBytes = settings.blockBytes
    self.line = line
    guard !settings.files.isEmpty else { throw StageError("no file matches") }
    var parts: [SourcePart] = []
    for path in settings.files {
      let splitter = try RecordSplitter(
        path: path, format: format, fieldCount: 1, blockSize: 4096)
      parts.append(
        SourcePart(
          name: URL(fileURLWithPath: path).lastPathComponent, path: path,
          size: Int64(try FileReader(path: path).size), encoding: splitter.encoding.rawValue))
    }
    self.parts = parts
  }

  /// Opens a file.
  public func open(_ part: SourcePart) throws -> any PartReader {
    Reader(
      try RecordSplitter(
        path: part.path, format: format, fieldCount: 1, blockSize: blockBytes))
  }

  /// Reads the lines of a chunk.
  public func read(_ chunk: any SourceChunk, into records: inout Records) throws {
    guard let lines = chunk as? Lines else { preconditionFailure("a chunk of this table") }
    let tokens = Tokeniser(format).tokenise(lines.chunk)
    records.note("blank_lines", tokens.blankLines)
    let bytes = tokens.bytes.span
    var refused = tokens.refused[...]
    func isBefore(_ offset: Int64) -> Bool { refused.first.map { $0.offset < offset } ?? false }
    for record in 0..<tokens.count {
      while isBefore(tokens.offsets[record]) { records.refuse(line: refused.removeFirst()) }
      records.begin(at: tokens.offsets[record])
      try line(
        bytes.extracting(Int(tokens.starts[record])..<Int(tokens.ends[record])), &records)
    }
    for rest in refused { records.refuse(line: rest) }
  }
}

extension Records {
  /// Refuses a line that is no text to be read.
  fileprivate mutating func refuse(line: RefusedRecord) {
    begin(at: line.offset)
    // The one field of a line is torn only by a byte that no text has.
    refuse(
      line.reason == .ragged
        ? "bad_encoding" : ReasonCode(rawValue: line.reason.rawValue)
    )
  }
}
