package import Columnar
import Engine

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

extension ParsedChunk {
  /// The rows as the engine takes them.
  ///
  /// - Parameters:
  ///   - columns: the declared columns.
  ///   - file: the number of the file in the run's list of files.
  /// - Returns: the rows with their places, and what was refused.
  func rows(of columns: [SourceColumn], file: Int) -> SourceBatch {
    func position(_ offset: Int64) -> SourcePosition {
      SourcePosition(file: file, offset: offset)
    }
    var notes: [String: Int] = [:]
    if blankLines > 0 { notes["blank_lines"] = blankLines }
    if strayQuotes > 0 { notes["stray_quotes"] = strayQuotes }
    for (index, count) in sentinels.enumerated() where count > 0 {
      notes["sentinel:\(columns[index].name)"] = count
    }
    return SourceBatch(
      batch: batch, positions: offsets.map { position($0).packed },
      content0: content0, content1: content1,
      rejectedCells: rejectedCells.map {
        RejectedCell(
          position: position(offsets[$0.row]), column: columns[$0.column].name,
          reason: ReasonCode(rawValue: $0.reason.rawValue))
      },
      rejectedRecords: rejectedRecords.map {
        let column: String? =
          if case .cell(let index, _) = $0.reason { columns[index].name } else { nil }
        return RejectedRecord(
          position: position($0.offset), column: column,
          reason: ReasonCode(rawValue: $0.reason.code))
      },
      notes: notes)
  }
}
