package import Columnar

/// Where a record stands: the number of its file in the run's list of files, and its byte offset.
///
/// Packed into one word, 16 bits for the file and 47 for the offset (128 TiB), so that a column of
/// positions is a column of integers.
package struct SourcePosition: Hashable, Comparable, Sendable {
  /// The most files that positions can name.
  package static let fileLimit = 1 << 16

  package var packed: Int64

  package init(packed: Int64) { self.packed = packed }

  package init(file: Int, offset: Int64) { packed = Int64(file) << 47 | offset }

  package var file: Int { Int(packed >> 47) }

  package var offset: Int64 { packed & (1 << 47 - 1) }

  package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    left.packed < right.packed
  }
}

/// A cell whose text could not become a value of its column's type: NULL, counted, located.
package struct RejectedCell: Hashable, Sendable {
  package var position: SourcePosition
  package var column: String
  package var reason: ReasonCode

  package init(position: SourcePosition, column: String, reason: ReasonCode) {
    self.position = position
    self.column = column
    self.reason = reason
  }
}

/// A record that could not become a row.
package struct RejectedRecord: Hashable, Sendable {
  package var position: SourcePosition
  package var column: String?
  package var reason: ReasonCode

  package init(position: SourcePosition, column: String? = nil, reason: ReasonCode) {
    self.position = position
    self.column = column
    self.reason = reason
  }
}

/// What one chunk of an extract table became: typed columns, and beside each row where it stands
/// and a digest of what it holds.
package struct SourceBatch: Sendable {
  /// The wanted columns; an identifier's raw text, where a declassifier needs it, is the column
  /// `NAME#raw`.
  package var batch: Batch
  package var positions: [Int64]
  /// A 128-bit hash of each record's declared cells: equal records have equal hashes.
  package var content0: [UInt64]
  package var content1: [UInt64]
  package var rejectedCells: [RejectedCell]
  package var rejectedRecords: [RejectedRecord]
  /// What was seen besides: blank lines, stray quotes, sentinel values, by name.
  package var notes: [String: Int]
  /// Which of the rows that came of one source row each row is; all are the only one where empty.
  package var fans: [Int64] = []
  /// Whether each row stands for its source row in the books; all do where empty.
  package var leads: [Bool] = []

  package init(
    batch: Batch, positions: [Int64], content0: [UInt64], content1: [UInt64],
    rejectedCells: [RejectedCell] = [], rejectedRecords: [RejectedRecord] = [],
    notes: [String: Int] = [:]
  ) {
    self.batch = batch
    self.positions = positions
    self.content0 = content0
    self.content1 = content1
    self.rejectedCells = rejectedCells
    self.rejectedRecords = rejectedRecords
    self.notes = notes
  }
}

extension SourceBatch {
  /// Rows of one table, joined in the order given.
  init(_ parts: [SourceBatch], schema: Schema) {
    self.init(
      batch: Batch.concatenated(
        parts.map(\.batch), schema: parts.first?.batch.schema ?? schema),
      positions: parts.flatMap(\.positions), content0: parts.flatMap(\.content0),
      content1: parts.flatMap(\.content1))
  }

  /// The rows with some of their columns, without what was refused: what a joined table keeps.
  func keeping(_ names: Set<String>?) -> SourceBatch {
    var kept = self
    kept.rejectedCells = []
    kept.rejectedRecords = []
    if let names {
      let indexes = batch.schema.fields.indices.filter {
        names.contains(batch.schema.fields[$0].name)
      }
      kept.batch = Batch(
        Schema(indexes.map { batch.schema.fields[$0] }), indexes.map { batch.columns[$0] },
        count: batch.count)
    }
    return kept
  }
}

extension SourceBatch {
  /// The rows of a rule that waited in an exchange.
  package init(waited rows: Batch) {
    func lanes(_ name: String) -> [Int64] {
      guard let column = rows[name] else { preconditionFailure("no column \(name)") }
      return column.lanes
    }
    let header = ExchangeHeader.fields.count
    self.init(
      batch: Batch(
        Schema(Array(rows.schema.fields.dropFirst(header))),
        Array(rows.columns.dropFirst(header)), count: rows.count),
      positions: lanes(ExchangeHeader.position),
      content0: lanes(ExchangeHeader.content0).map { UInt64(bitPattern: $0) },
      content1: lanes(ExchangeHeader.content1).map { UInt64(bitPattern: $0) })
    fans = lanes(ExchangeHeader.fan)
    leads = lanes(ExchangeHeader.isLead).map { $0 == 1 }
  }

  /// The rows as an exchange keeps them, without those that no row can be brought together with.
  ///
  /// - Parameters:
  ///   - digests: what brings each row together with others; `nil` for rows that are left out.
  ///   - schema: the columns of the exchange.
  /// - Returns: the rows that have a digest.
  func waiting(_ digests: [Digest?], schema: Schema) -> Batch {
    let kept = digests.indices.filter { digests[$0] != nil }.map { Int32($0) }
    func words(_ values: [UInt64]) -> Column {
      Column(.integer, .lanes(kept.map { Int64(bitPattern: values[Int($0)]) }))
    }
    let header = [
      Column(.digest, .digests(kept.map { digests[Int($0)] ?? .zero })), words(content0),
      words(content1), Column(.integer, .lanes(kept.map { positions[Int($0)] })),
      Column.constant(0, count: kept.count),
      Column.constant(1, type: .boolean, count: kept.count),
    ]
    let columns = schema.fields.dropFirst(header.count).map { field -> Column in
      guard let column = batch[field.name] else { preconditionFailure("no column \(field.name)") }
      return column.gather(kept)
    }
    return Batch(schema, header + columns, count: kept.count)
  }
}
