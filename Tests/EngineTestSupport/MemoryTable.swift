package import Columnar
package import Engine

/// An extract table whose rows a test gives; each file is one part.
package struct MemoryTable: Extractor {
  package let table: String
  package let schema: Schema
  package let parts: [SourcePart]
  /// The rows of each file.
  let files: [[[Cell]]]
  let chunkRows: Int
  /// Called with the file and the row at which a chunk begins before it is parsed.
  package var onParse: @Sendable (Int, Int) throws -> Void = { _, _ in }

  package init(
    _ table: String, _ schema: Schema, files: [[[Cell]]], chunkRows: Int = 1000,
    names: [String]? = nil
  ) {
    self.table = table
    self.schema = schema
    self.files = files
    self.chunkRows = chunkRows
    parts = files.indices.map { index in
      let name = names?[index] ?? "\(table)_\(index).csv"
      return SourcePart(name: name, path: name, size: Int64(files[index].count * 10))
    }
  }

  package init(_ table: String, _ schema: Schema, _ rows: [[Cell]], chunkRows: Int = 1000) {
    self.init(table, schema, files: [rows], chunkRows: chunkRows)
  }

  private struct Chunk: SourceChunk {
    let file: Int
    let part: Int
    let rows: Range<Int>
    var byteCount: Int { rows.count * 10 }
  }

  private final class Reader: PartReader {
    let file: Int
    let part: Int
    let count: Int
    let chunkRows: Int
    var row = 0

    init(file: Int, part: Int, count: Int, chunkRows: Int) {
      self.file = file
      self.part = part
      self.count = count
      self.chunkRows = chunkRows
    }

    func next() throws -> (any SourceChunk)? {
      guard row < count else { return nil }
      let rows = row..<min(row + chunkRows, count)
      row = rows.upperBound
      return Chunk(file: file, part: part, rows: rows)
    }
  }

  package func open(_ part: SourcePart, file: Int) throws -> any PartReader {
    let index = parts.firstIndex(of: part) ?? 0
    return Reader(file: file, part: index, count: files[index].count, chunkRows: chunkRows)
  }

  package func parse(_ chunk: any SourceChunk) throws -> SourceBatch {
    guard let chunk = chunk as? Chunk else { throw MemoryTableError() }
    try onParse(chunk.part, chunk.rows.lowerBound)
    return batch(chunk.part, chunk.rows, file: chunk.file)
  }

  /// All rows of one file as one batch.
  package func batch(part: Int = 0, file: Int = 0) -> SourceBatch {
    batch(part, files[part].indices, file: file)
  }

  /// A row stands at ten times its number; one with no cells is a rejected record.
  private func batch(_ part: Int, _ range: Range<Int>, file: Int) -> SourceBatch {
    var builders = schema.fields.map { ColumnBuilder($0.type, capacity: range.count) }
    var source = SourceBatch(
      batch: Batch(Schema([]), [], count: 0), positions: [], content0: [], content1: [])
    for row in range {
      let position = SourcePosition(file: file, offset: Int64(row * 10))
      let cells = files[part][row]
      guard !cells.isEmpty else {
        source.rejectedRecords.append(
          RejectedRecord(position: position, reason: ReasonCode(rawValue: "ragged_record")))
        continue
      }
      for (index, cell) in cells.enumerated() {
        cell.append(to: &builders[index])
        if case .rejected(let reason) = cell {
          source.rejectedCells.append(
            RejectedCell(
              position: position, column: schema.fields[index].name,
              reason: ReasonCode(rawValue: reason)))
        }
      }
      source.positions.append(position.packed)
      let content = Digest(name: "\(cells)")
      source.content0.append(content.word0)
      source.content1.append(content.word1)
    }
    source.batch = Batch(schema, builders.map { $0.finish() }, count: source.positions.count)
    return source
  }
}

/// A chunk that another table made.
package struct MemoryTableError: Error {}
