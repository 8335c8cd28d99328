internal import Columnar
internal import Delimited
public import Engine

/// A stage that takes records out of a source of a format of its own.
///
/// Cutting a part into chunks is sequential and should be cheap; `read` is called by any number of
/// threads at once. What records come out must not depend on where chunks were cut.
public protocol RecordReader: Sendable {
  /// The parts of the table, in an order that depends on their names alone.
  var parts: [SourcePart] { get }
  /// Opens a part.
  func open(_ part: SourcePart) throws -> any PartReader
  /// Reads the records of a chunk that a reader of `open` gave.
  func read(_ chunk: any SourceChunk, into records: inout Records) throws
  /// The lines, from 1, on which records stand whose offsets are given in ascending order; unless a
  /// reader says otherwise, line feeds before them are counted.
  func lineNumbers(of offsets: [Int64], in part: SourcePart) throws -> [Int64: Int64]
  /// The offset at which the record on a line, from 1, begins; `nil` when there is no such line.
  func offset(ofLine line: Int, in part: SourcePart) throws -> Int64?
}

extension RecordReader {
  /// Counts line feeds, in the encoding of the part.
  public func lineNumbers(of offsets: [Int64], in part: SourcePart) throws -> [Int64: Int64] {
    try FileLines.numbers(of: offsets, path: part.path, encoding: part.textEncoding)
  }

  /// Counts line feeds, in the encoding of the part.
  public func offset(ofLine line: Int, in part: SourcePart) throws -> Int64? {
    try FileLines.offset(ofLine: line, path: part.path, encoding: part.textEncoding)
  }
}

extension SourcePart {
  var textEncoding: DelimitedFormat.Encoding {
    DelimitedFormat.Encoding(rawValue: encoding) ?? .utf8
  }
}

/// What a pipeline says to a reader of one of its tables.
public struct ReaderSettings: Sendable {
  /// The files that the patterns of `files:` name, in the order of the bytes of their paths.
  public let files: [String]
  /// The columns of the table, by their names in the source (`header:`), in the order declared.
  public let columns: [String]
  /// What the pipeline says under `settings:`.
  public let settings: StageSettings
  /// The size of the chunks that parts are to be cut into, in bytes.
  public let blockBytes: Int
  let encoding: DelimitedFormat.Encoding
  let maximumRecordBytes: Int

  init(
    files: [String], columns: [String], settings: StageSettings, blockBytes: Int,
    encoding: DelimitedFormat.Encoding, maximumRecordBytes: Int
  ) {
    self.files = files
    self.columns = columns
    self.settings = settings
    self.blockBytes = blockBytes
    self.encoding = encoding
    self.maximumRecordBytes = maximumRecordBytes
  }

  /// Settings for files in UTF-8, as a test of a reader makes them.
  public init(
    files: [String], columns: [String], settings: StageSettings = StageSettings([:]),
    blockBytes: Int = 512 << 10
  ) {
    self.init(
      files: files, columns: columns, settings: settings, blockBytes: blockBytes,
      encoding: .utf8, maximumRecordBytes: 1 << 20)
  }
}

extension RecordReader {
  /// All records of all parts, as a test of a reader looks at them.
  ///
  /// - Parameter columns: the columns, by their names in the source.
  /// - Returns: the records of each chunk.
  /// - Throws: what the reader throws.
  public func records(columns: [String]) throws -> [Records] {
    var all: [Records] = []
    for part in parts {
      let reader = try open(part)
      while let chunk = try reader.next() {
        var records = Records(columns: columns)
        try read(chunk, into: &records)
        all.append(records)
      }
    }
    return all
  }
}

extension Registry {
  /// Registers a reader, which pipelines use by its name.
  ///
  /// - Parameters:
  ///   - name: what pipelines write behind `use:`.
  ///   - settings: the settings that it takes; others are mistakes.
  ///   - make: makes the reader of one table; throws a `StageError` when it cannot be read at all.
  public mutating func register(
    reader name: String, settings: [String] = [],
    _ make: @escaping @Sendable (ReaderSettings) throws -> any RecordReader
  ) {
    register(PluginSettings.self, reader: name, settings: settings) {
      try PluginExtractor($0, make)
    }
  }
}
