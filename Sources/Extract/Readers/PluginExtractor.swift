package import Columnar
internal import Delimited
package import Engine

/// The settings of an extract table that a reader of another package reads.
package struct PluginSettings: ExtractorSettings {
  package var reader: String
  /// The columns and what else is said of every text; delimiter, quote and header are of no account.
  package var text: CSVSettings
  package var settings: StageSettings

  package var format: String { Registry.format(ofReader: reader) }

  package init(reader: String, text: CSVSettings, settings: StageSettings) {
    self.reader = reader
    self.text = text
    self.settings = settings
  }
}

/// Makes typed rows of the records of a reader of another package.
package struct PluginExtractor: Extractor {
  private struct PluginChunk: SourceChunk {
    let chunk: any SourceChunk
    let file: Int
    var byteCount: Int { chunk.byteCount }
  }

  private final class Reader: PartReader {
    private let reader: any PartReader
    private let file: Int
    private let name: String

    init(_ reader: any PartReader, file: Int, name: String) {
      self.reader = reader
      self.file = file
      self.name = name
    }

    func next() throws -> (any SourceChunk)? {
      try StageError.guarding(name) { try reader.next().map { PluginChunk(chunk: $0, file: file) } }
    }
  }

  package let table: String
  package var schema: Schema { rows.schema }
  package var parts: [SourcePart] { reader.parts }
  private let reader: any RecordReader
  private let rows: TableReader
  private let columns: [SourceColumn]
  /// The reader and its table, for errors.
  private let name: String

  package init(
    _ settings: PluginSettings, _ make: (ReaderSettings) throws -> any RecordReader
  ) throws {
    table = settings.text.table
    columns = settings.text.columns
    let name = "\(settings.text.table): the \(settings.format)"
    self.name = name
    rows = TableReader(
      columns: columns, fields: columns.indices.map { $0 }, wanted: settings.text.wanted,
      raw: settings.text.raw, digests: settings.text.digests)
    reader = try StageError.guarding(name) {
      try make(
        ReaderSettings(
          files: expandFiles(settings.text.files), columns: settings.text.columns.map(\.header),
          settings: settings.settings, blockBytes: settings.text.blockBytes,
          encoding: settings.text.encoding.delimited,
          maximumRecordBytes: settings.text.maximumRecordBytes))
    }
  }

  package func open(_ part: SourcePart, file: Int) throws -> any PartReader {
    try StageError.guarding(name) { Reader(try reader.open(part), file: file, name: name) }
  }

  package func parse(_ chunk: any SourceChunk) throws -> SourceBatch {
    guard let chunk = chunk as? PluginChunk else { preconditionFailure("a chunk of this table") }
    var records = Records(columns: columns.map(\.header))
    try StageError.guarding(name) { try reader.read(chunk.chunk, into: &records) }
    guard records.isInOrder else {
      throw StageError(text: "\(name) gives records whose offsets do not ascend")
    }
    let refused = records.refused
    let notes = records.notes
    var batch = rows.parse(records.tokens()).rows(of: columns, file: chunk.file)
    batch.notes.merge(notes, uniquingKeysWith: +)
    batch.rejectedRecords += refused.map {
      RejectedRecord(
        position: SourcePosition(file: chunk.file, offset: $0.offset), reason: $0.reason)
    }
    batch.rejectedRecords.sort { $0.position < $1.position }
    return batch
  }

  package func lineNumbers(
    of offsets: [Int64], in part: SourcePart
  ) throws -> [Int64: Int64] {
    try StageError.guarding(name) { try reader.lineNumbers(of: offsets, in: part) }
  }

  package func offset(ofLine line: Int, in part: SourcePart) throws -> Int64? {
    try StageError.guarding(name) { try reader.offset(ofLine: line, in: part) }
  }
}
