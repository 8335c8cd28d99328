import Columnar

/// Writes the cells of some rows as they stand in a CSV file, one column after the other.
///
/// NULL is the empty cell and the empty text is `""`; a text with a comma, a quote or the end of a
/// line is quoted, its quotes doubled (RFC 4180). Numbers are exact: decimals without needless
/// zeros, doubles by the fewest digits that say them. Dates are as `DateText` has them.
struct CellWriter {
  /// The cells of all columns, each column's rows one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each of those cells ends.
  private(set) var ends: [UInt32] = []

  init() {}

  /// Forgets all cells and keeps their memory.
  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Adds a column that has no value in any of the rows.
  mutating func addNulls(_ count: Int) {
    ends.append(contentsOf: repeatElement(UInt32(bytes.count), count: count))
  }

  /// Adds some rows of a column.
  mutating func add(_ column: Column, _ rows: Range<Int>) {
    let validity = column.validity
    switch column.type {
    case .integer, .boolean:
      add(column.lanes, rows, validity, width: 20) { $1.append(number: $0) }
    case .decimal(let scale):
      let divisor = (0..<scale).reduce(UInt64(1)) { power, _ in power * 10 }
      add(column.lanes, rows, validity, width: 22) {
        $1.append(decimal: $0, scale: scale, divisor: divisor)
      }
    case .date:
      add(column.lanes, rows, validity, width: DateText.longest) { $1.append(days: $0) }
    case .timestamp:
      add(column.lanes, rows, validity, width: DateText.longest) { $1.append(microseconds: $0) }
    case .double: add(column.doubles, rows, validity)
    case .text: add(column.texts, rows, validity)
    case .digest: preconditionFailure("a key has no place in the CDM")
    }
  }

  /// Adds cells none of which is wider than `width` bytes.
  @inline(__always)
  private mutating func add(
    _ lanes: [Int64], _ rows: Range<Int>, _ validity: [Bool]?, width: Int,
    _ append: (Int64, inout OutputSpan<UInt8>) -> Void
  ) {
    // Out of `self` while the bytes are written through a span.
    var ends: [UInt32] = []
    swap(&ends, &self.ends)
    let start = bytes.count
    bytes.append(addingCapacity: rows.count * width) { output in
      for row in rows {
        if validity?[row] ?? true { append(lanes[row], &output) }
        ends.append(UInt32(start + output.count))
      }
    }
    swap(&ends, &self.ends)
  }

  private mutating func add(_ doubles: [Double], _ rows: Range<Int>, _ validity: [Bool]?) {
    for row in rows {
      let value = doubles[row]
      // What is no number has no value, as in a database.
      if validity?[row] ?? true, !value.isNaN {
        if value.magnitude < 1e15, value == value.rounded(.towardZero) {
          bytes.append(addingCapacity: 20) { $0.append(number: Int64(value)) }
        } else {
          bytes.append(contentsOf: value.description.utf8)
        }
      }
      ends.append(UInt32(bytes.count))
    }
  }

  private mutating func add(_ texts: TextArray, _ rows: Range<Int>, _ validity: [Bool]?) {
    let source = texts.bytes
    for row in rows {
      if validity?[row] ?? true { append(source, texts.range(row)) }
      ends.append(UInt32(bytes.count))
    }
  }

  private mutating func append(_ source: [UInt8], _ range: Range<Int>) {
    var isPlain = !range.isEmpty
    let span = source.span
    for position in range {
      let byte = span[position]
      if byte == 34 || byte == 44 || byte == 10 || byte == 13 { isPlain = false }
    }
    if isPlain {
      bytes.append(contentsOf: source[range])
      return
    }
    bytes.append(34)
    for position in range {
      if span[position] == 34 { bytes.append(34) }
      bytes.append(span[position])
    }
    bytes.append(34)
  }
}
