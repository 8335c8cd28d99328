package import Columnar

/// What a chunk of a delimited file became.
///
/// Records read = rows + rejected records. Nothing here depends on where chunks were cut.
package struct ParsedChunk: Sendable {
  /// The wanted columns in the order wanted, then the raw texts asked for, as `NAME#raw`.
  package let batch: Batch
  /// The byte of the file at which the record of each row begins.
  package let offsets: [Int64]
  /// The halves of a 128-bit hash of each row's declared cells, in the order declared: independent
  /// of the order of columns in the file, of quoting and of encoding (see `RecordHash`).
  package let content0: [UInt64]
  package let content1: [UInt64]
  /// Cells of wanted columns that could not be read, by row, then by declared column.
  package let rejectedCells: [CellRejection]
  /// Records that became no row, in the order of the file.
  package let rejectedRecords: [RecordRejection]
  /// For each declared column that was read, the sentinel values met; 0 for others.
  package let sentinels: [Int]
  package let blankLines: Int
  package let strayQuotes: Int

  /// The number of records read.
  package var recordCount: Int { offsets.count + rejectedRecords.count }
}
