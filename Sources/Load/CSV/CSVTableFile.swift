import Columnar
import CommonDataModel
import Delimited
import Gzip

/// The file of one table under construction: a header, then the rows in the order of their keys,
/// with every field of the table in the order of the CDM.
final class CSVTableFile {
  private let table: CDMTable
  private var file: FileWriter
  private var buffer: [UInt8] = []
  private var cells = CellWriter()
  /// The fields of the last batch, and where each field of the table stands among them.
  private var fields: [Field] = []
  private var places: [Int?] = []
  private var lastKey: Int64?
  private let isCompressed: Bool
  /// Made when the buffer is full for the first time, as most tables are small.
  private var deflater: Deflater?
  private var packed: [UInt8] = []

  private static let bufferSize = 64 << 10
  /// The rows that are written at once.
  private static let blockRows = 512

  init(_ table: CDMTable, path: String, isCompressed: Bool) throws(LoadError) {
    self.table = table
    self.isCompressed = isCompressed
    do throws(FileError) {
      file = try FileWriter(path: path)
    } catch {
      throw LoadError(error)
    }
    buffer.append(contentsOf: table.fields.map(\.name).joined(separator: ",").utf8)
    buffer.append(10)
  }

  /// Appends some rows of a batch, whose columns are some of the table's fields in any order.
  func append(_ batch: Batch, _ rows: Range<Int>) throws(LoadError) {
    if rows.isEmpty { return }
    if fields != batch.schema.fields || places.isEmpty { try arrange(batch.schema.fields) }
    try checkValues(batch, rows)
    var start = rows.lowerBound
    while start < rows.upperBound {
      let block = start..<min(rows.upperBound, start + CSVTableFile.blockRows)
      cells.begin()
      for place in places {
        if let place { cells.add(batch.columns[place], block) } else { cells.addNulls(block.count) }
      }
      writeRows(block.count)
      if buffer.count >= CSVTableFile.bufferSize { try flush(isLast: false) }
      start = block.upperBound
    }
  }

  /// Ends the file and waits until it is on the disk.
  func finish() throws(LoadError) {
    try flush(isLast: true)
    buffer = []
    packed = []
    deflater = nil
    do throws(FileError) {
      try file.synchronize()
    } catch {
      throw LoadError(error)
    }
  }

  /// Counts the rows by reading the file as anybody would.
  func count() throws(LoadError) -> Int {
    let format = DelimitedFormat(maximumRecordBytes: 1 << 28)
    let tokeniser = Tokeniser(format)
    var buffers = TokenBuffers()
    var count = 0
    do throws(DelimitedError) {
      var splitter = try RecordSplitter(path: file.path, format: format)
      guard splitter.header == table.fields.map(\.name) else { throw unreadable }
      while let chunk = try splitter.next() {
        if let records = chunk.recordCount(quote: 34) {
          count += records
          continue
        }
        let tokens = tokeniser.tokenise(chunk, reusing: &buffers)
        guard tokens.refused.isEmpty else { throw unreadable }
        count += tokens.count
        buffers.reclaim(tokens)
      }
    } catch {
      throw LoadError(.writeFailed, error.description)
    }
    return count
  }

  private var unreadable: DelimitedError {
    DelimitedError(
      .headerUnreadable, path: file.path, reason: "does not read back as it was written")
  }

  /// Finds the table's fields among those of a batch.
  private func arrange(_ fields: [Field]) throws(LoadError) {
    for field in fields { try table.check(field) }
    self.fields = fields
    places = table.fields.map { field in fields.firstIndex { $0.name == field.name } }
  }

  /// Holds rows to what a database would hold them to: required fields, and a key that is there
  /// once.
  ///
  /// Keys ascend, because rows come in their order.
  private func checkValues(_ batch: Batch, _ rows: Range<Int>) throws(LoadError) {
    for (field, place) in zip(table.fields, places) where field.isRequired || field.isPrimaryKey {
      let column = place.map { batch.columns[$0] }
      guard let column, column.validity?[rows].allSatisfy({ $0 }) ?? true else {
        throw LoadError(.rowRefused, "\(file.path): \(table.name).\(field.name) has no value")
      }
      guard field.isPrimaryKey, column.type == .integer else { continue }
      let lanes = column.lanes
      var last = lastKey
      for row in rows {
        if let last, lanes[row] <= last {
          throw LoadError(
            .rowRefused,
            "\(file.path): a \(table.name).\(field.name) is there twice or out of its order")
        }
        last = lanes[row]
      }
      lastKey = last
    }
  }

  /// Appends the rows whose cells were written column by column.
  private func writeRows(_ rows: Int) {
    let columns = places.count
    // Out of `self` while they are read through spans.
    var cells = CellWriter()
    swap(&cells, &self.cells)
    defer { swap(&cells, &self.cells) }
    let source = cells.bytes.span
    let ends = cells.ends.span
    buffer.append(addingCapacity: source.count + rows * columns) { output in
      for row in 0..<rows {
        var cell = row
        for _ in 0..<columns {
          if cell != row { output.append(44) }
          var position = cell == 0 ? 0 : Int(ends[cell - 1])
          let end = Int(ends[cell])
          while position < end {
            output.append(source[position])
            position += 1
          }
          cell += rows
        }
        output.append(10)
      }
    }
  }

  private func flush(isLast: Bool) throws(LoadError) {
    // Out of `self` while they are read through spans.
    var bytes: [UInt8] = []
    swap(&bytes, &buffer)
    if isCompressed {
      if deflater == nil { deflater = Deflater() }
      packed.removeAll(keepingCapacity: true)
      deflater?.deflate(bytes.span, isLast: isLast, appendingTo: &packed)
      swap(&bytes, &packed)
    }
    do throws(FileError) {
      try file.write(bytes.span)
    } catch {
      throw LoadError(error)
    }
    bytes.removeAll(keepingCapacity: true)
    swap(&bytes, &buffer)
  }
}
