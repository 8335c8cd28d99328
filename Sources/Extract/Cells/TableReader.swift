package import Columnar
package import Delimited

/// Computes the digests of a column of keys; rows without a value may get any digest.
package typealias DigestFunction =
  @Sendable (_ texts: TextArray, _ validity: [Bool]?) -> [Digest]

/// Makes typed batches of the texts of cells, whatever format they come from.
///
/// A reader is a value without state: any number of threads may use it at once.
package struct TableReader: Sendable {
  /// The schema of every batch.
  package let schema: Schema

  private let columns: [ColumnReader]
  /// The declared columns that are read, because they are wanted or because they reject records.
  private let parsed: [Int]
  /// The outputs in the order of the schema.
  private let outputs: [Output]
  private let digests: [Int: DigestFunction]

  private enum Output: Sendable {
    case value(Int)
    case raw(Int)
  }

  /// - Parameters:
  ///   - columns: the declared columns, with distinct names.
  ///   - fields: for each column the field of a record that is its cell; none where it has no values.
  ///   - wanted: the names of the columns of the batch, in their order.
  ///   - raw: the names of keys and identifiers whose text is wanted too.
  ///   - digests: for each key or identifier wanted, how it is digested; one that is missing, like
  ///     a name that is not declared, is a programmer error.
  package init(
    columns: [SourceColumn], fields: [Int?], wanted: [String], raw: [String] = [],
    digests: [String: DigestFunction] = [:]
  ) {
    func index(_ name: String) -> Int {
      guard let index = columns.firstIndex(where: { $0.name == name }) else {
        preconditionFailure("column \(name) is not declared")
      }
      return index
    }
    self.columns = zip(columns, fields).map { ColumnReader($0, field: $1) }
    let wantedIndexes = wanted.map(index)
    let rawIndexes = raw.map(index)
    outputs = wantedIndexes.map { .value($0) } + rawIndexes.map { .raw($0) }
    var fields = wantedIndexes.map { Field(columns[$0].name, columns[$0].type.columnType) }
    fields += rawIndexes.map { Field(columns[$0].name + "#raw", .text) }
    schema = Schema(fields)
    parsed = columns.indices.filter {
      wantedIndexes.contains($0) || rawIndexes.contains($0) || columns[$0].rejectsRecord
    }
    var byIndex: [Int: DigestFunction] = [:]
    for index in wantedIndexes where columns[index].type.isKey {
      guard let function = digests[columns[index].name] else {
        preconditionFailure("column \(columns[index].name) has no digest")
      }
      byIndex[index] = function
    }
    self.digests = byIndex
  }

  /// The rows of some records; a pure function, for any thread.
  package func parse(_ tokens: Tokens) -> ParsedChunk {
    var cells: [Int: ColumnReader.Cells] = [:]
    for index in parsed { cells[index] = columns[index].read(tokens) }
    let hashes = RecordHash.hashes(
      of: tokens.bytes.span, from: tokens.starts.span, to: tokens.ends.span,
      stride: max(1, tokens.fieldCount), columns: columns.map { $0.field ?? -1 })

    // The first rejecting cell of a record, in declared order, is the reason of its rejection.
    var rejecting: [Int: RecordRejection.Reason] = [:]
    for index in parsed where columns[index].column.rejectsRecord {
      for rejection in cells[index]?.rejected ?? [] where rejecting[rejection.row] == nil {
        rejecting[rejection.row] = .cell(column: index, rejection.reason)
      }
    }
    var rejectedRecords = tokens.refused.map {
      RecordRejection(offset: $0.offset, reason: .refused($0.reason))
    }
    for (row, reason) in rejecting {
      rejectedRecords.append(RecordRejection(offset: tokens.offsets[row], reason: reason))
    }
    rejectedRecords.sort { $0.offset < $1.offset }
    let kept = rejecting.isEmpty ? nil : (0..<tokens.count).filter { rejecting[$0] == nil }

    return ParsedChunk(
      batch: batch(cells, kept, count: tokens.count),
      offsets: pick(tokens.offsets, kept), content0: pick(hashes.map(\.high), kept),
      content1: pick(hashes.map(\.low), kept), rejectedCells: rejections(cells, kept),
      rejectedRecords: rejectedRecords,
      sentinels: columns.indices.map { cells[$0]?.sentinels ?? 0 },
      blankLines: tokens.blankLines, strayQuotes: tokens.strayQuotes)
  }

  private func pick<Element>(_ values: [Element], _ kept: [Int]?) -> [Element] {
    kept.map { $0.map { values[$0] } } ?? values
  }

  private func batch(
    _ cells: [Int: ColumnReader.Cells], _ kept: [Int]?, count: Int
  ) -> Batch {
    let rows = kept.map { $0.map { Int32($0) } }
    var values: [Column] = []
    for output in outputs {
      switch output {
      case .raw(let index):
        guard let column = cells[index]?.values else { continue }
        values.append(rows.map { column.gather($0) } ?? column)
      case .value(let index):
        guard var column = cells[index]?.values else { continue }
        if let rows { column = column.gather(rows) }
        if let digest = digests[index] {
          let digested = digest(column.texts, column.validity)
          column = Column(.digest, .digests(digested), validity: column.validity)
        }
        values.append(column)
      }
    }
    return Batch(schema, values, count: kept?.count ?? count)
  }

  /// The rejected cells of the rows kept.
  private func rejections(
    _ cells: [Int: ColumnReader.Cells], _ kept: [Int]?
  ) -> [CellRejection] {
    var newRows: [Int: Int] = [:]
    if let kept { for (new, old) in kept.enumerated() { newRows[old] = new } }
    var rejections: [CellRejection] = []
    for index in parsed where !columns[index].column.rejectsRecord {
      for (row, reason) in cells[index]?.rejected ?? [] {
        guard let row = kept == nil ? row : newRows[row] else { continue }
        rejections.append(CellRejection(row: row, column: index, reason: reason))
      }
    }
    return rejections.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
  }
}
