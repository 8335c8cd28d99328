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
