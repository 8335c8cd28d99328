package import Columnar
internal import Delimited
package import Engine
internal import Foundation
package import Privacy

/// The settings of an extract table of delimited files.
package struct CSVSettings: ExtractorSettings {
  package var format: String { "csv" }

  /// The table's name, `pipeline/table`.
  package var table: String
  /// Patterns of paths; all files that match are one table.
  package var files: [String]
  package var delimiter: UInt8
  /// The byte around quoted fields; `nil` when quotes are data.
  package var quote: UInt8?
  package var encoding: CSVEncoding
  package var hasHeader: Bool
  package var maximumRecordBytes: Int
  package var columns: [SourceColumn]
  /// The columns that rules read.
  package var wanted: [String]
  /// The identifiers whose text a declassifier reads.
  package var raw: [String]
  package var key: SecretKey
  package var blockBytes: Int
  /// What reports call the file, where it is one that nobody finds under its path.
  package var shownName: String?

  package init(
    table: String, files: [String], delimiter: UInt8, quote: UInt8?, encoding: CSVEncoding,
    hasHeader: Bool, maximumRecordBytes: Int, columns: [SourceColumn], wanted: [String],
    raw: [String], key: SecretKey, blockBytes: Int
  ) {
    self.table = table
    self.files = files
    self.delimiter = delimiter
    self.quote = quote
    self.encoding = encoding
    self.hasHeader = hasHeader
    self.maximumRecordBytes = maximumRecordBytes
    self.columns = columns
    self.wanted = wanted
    self.raw = raw
    self.key = key
    self.blockBytes = blockBytes
  }
}

extension CSVSettings {
  /// How the keys and identifiers among the columns are digested.
  var digests: [String: DigestFunction] {
    var digests: [String: DigestFunction] = [:]
    for column in columns {
      switch column.type {
      case .identifier(let namespace), .localKey(let namespace):
        let hasher = KeyHasher(key: key, namespace: namespace)
        digests[column.name] = { hasher.digests($0, validity: $1) }
      default: break
      }
    }
    return digests
  }
}

/// The files of a table do not have the columns that the pipeline declares.
package struct CSVHeaderError: Error, CustomStringConvertible, Sendable {
  package let table: String
  package let problems: [String]

  package var description: String {
    "\(table): the files do not have the declared columns\n  "
      + problems.joined(separator: "\n  ")
  }
}

/// Reads delimited files; see `RecordSplitter` for the records and `CSVTableReader` for the cells.
package struct CSVExtractor: Extractor {
  private struct CSVChunk: SourceChunk {
    let chunk: Chunk
    let part: Int
    let file: Int

    var byteCount: Int { chunk.sourceByteCount }
  }

  private final class CSVPartReader: PartReader {
    private var splitter: RecordSplitter
    private let part: Int
    private let file: Int

    init(_ splitter: consuming RecordSplitter, part: Int, file: Int) {
      self.splitter = splitter
      self.part = part
      self.file = file
    }

    func next() throws -> (any SourceChunk)? {
      try splitter.next().map { CSVChunk(chunk: $0, part: part, file: file) }
    }
  }

  package let table: String
  package let schema: Schema
  package let parts: [SourcePart]
  /// What the headers say that is worth knowing: extra, reordered and missing optional columns.
  package let remarks: [String]
  private let settings: CSVSettings
  private let format: DelimitedFormat
  private let readers: [CSVTableReader]

  /// Finds the files and compares their headers with the declared columns.
  ///
  /// - Parameters:
  ///   - settings: the table.
  ///   - known: what is known of the table already; a table with remarks may have no file.
  /// - Throws: `CSVHeaderError` with all that is wrong with the headers of all files.
  package init(_ settings: CSVSettings, _ known: [String] = []) throws {
    table = settings.table
    self.settings = settings
    let format = DelimitedFormat(
      delimiter: settings.delimiter, quote: settings.quote,
      encoding: settings.encoding.delimited, hasHeader: settings.hasHeader,
      maximumRecordBytes: settings.maximumRecordBytes)
    self.format = format
    let digests = settings.digests
    func reader(_ header: [String]?) -> CSVTableReader {
      CSVTableReader(
        format: format, header: header, columns: settings.columns, wanted: settings.wanted,
        raw: settings.raw, digests: digests)
    }
    schema = reader(nil).schema
    var parts: [SourcePart] = []
    var readers: [CSVTableReader] = []
    var problems: [String] = []
    var remarks = known
    for path in expandFiles(settings.files) {
      let name = settings.shownName ?? URL(fileURLWithPath: path).lastPathComponent
      let size = Int64(try FileReader(path: path).size)
      let splitter = try RecordSplitter(
        path: path, format: format,
        fieldCount: settings.hasHeader ? nil : settings.columns.count, blockSize: 4096)
      // A file without a byte has no header and no rows.
      if splitter.isEmpty {
        remarks.append("\(name) is empty")
        continue
      }
      let made = reader(splitter.header)
      guard made.report.isHeader else {
        problems.append("\(name) has none of the declared columns: is its header missing?")
        continue
      }
      for missing in made.report.missing {
        let hint = missing.nearest.map { "; did you mean '\($0)'?" } ?? ""
        let text = "\(name) has no column '\(missing.header)'\(hint)"
        if missing.isOptional { remarks.append(text) } else { problems.append(text) }
      }
      for name in made.report.duplicatesDeclared {
        problems.append("\(path) has the column '\(name)' more than once")
      }
      let extra = made.report.extraPlaces
      if !extra.isEmpty {
        remarks.append(
          "\(name) has columns that are not declared: "
            + "number \(extra.map(String.init).joined(separator: ", "))")
      }
      if made.report.isReordered { remarks.append("\(name) has its columns in another order") }
      parts.append(
        SourcePart(
          name: name, path: path, size: size, encoding: splitter.encoding.rawValue,
          lasts: settings.shownName == nil))
      readers.append(made)
    }
    if parts.isEmpty, remarks.isEmpty {
      problems.append("no file matches \(settings.files.joined(separator: ", "))")
    }
    guard problems.isEmpty else { throw CSVHeaderError(table: table, problems: problems) }
    self.parts = parts
    self.readers = readers
    self.remarks = remarks
  }

  package func open(_ part: SourcePart, file: Int) throws -> any PartReader {
    guard let index = parts.firstIndex(of: part) else {
      preconditionFailure("a part of this table")
    }
    let splitter = try RecordSplitter(
      path: part.path, format: format,
      fieldCount: settings.hasHeader ? nil : settings.columns.count,
      blockSize: settings.blockBytes)
    return CSVPartReader(splitter, part: index, file: file)
  }

  /// By the first block of the largest file.
  package var estimatedRows: Int? {
    guard let largest = parts.max(by: { $0.size < $1.size }),
      let chunk = try? open(largest, file: 0).next() as? CSVChunk,
      let records = chunk.chunk.recordCount(quote: format.quote), chunk.byteCount > 0
    else { return nil }
    return parts.reduce(0) { $0 + Int($1.size) } * records / chunk.byteCount
  }

  package func lineNumbers(
    of offsets: [Int64], in part: SourcePart
  ) throws -> [Int64: Int64] {
    try FileLines.numbers(of: offsets, path: part.path, encoding: encoding(of: part))
  }

  package func offset(ofLine line: Int, in part: SourcePart) throws -> Int64? {
    try FileLines.offset(ofLine: line, path: part.path, encoding: encoding(of: part))
  }

  private func encoding(of part: SourcePart) -> DelimitedFormat.Encoding {
    DelimitedFormat.Encoding(rawValue: part.encoding) ?? format.encoding
  }

  package func parse(_ chunk: any SourceChunk) throws -> SourceBatch {
    guard let chunk = chunk as? CSVChunk else { preconditionFailure("a chunk of this table") }
    return readers[chunk.part].parse(chunk.chunk)
      .rows(of: settings.columns, file: chunk.file)
  }
}
