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
  private var date = DateText()

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
      add(column.lanes, rows, validity) { CellWriter.append($1, to: &$0.bytes) }
    case .decimal(let scale):
      let divisor = (0..<scale).reduce(UInt64(1)) { power, _ in power * 10 }
      add(column.lanes, rows, validity) {
        CellWriter.append($1, scale: scale, divisor: divisor, to: &$0.bytes)
      }
    case .date: add(column.lanes, rows, validity) { $0.append(days: $1) }
    case .timestamp: add(column.lanes, rows, validity) { $0.append(microseconds: $1) }
    case .double: add(column.doubles, rows, validity)
    case .text: add(column.texts, rows, validity)
    case .digest: preconditionFailure("a key has no place in the CDM")
    }
  }

  @inline(__always)
  private mutating func add(
    _ lanes: [Int64], _ rows: Range<Int>, _ validity: [Bool]?,
    _ append: (inout CellWriter, Int64) -> Void
  ) {
    for row in rows {
      if validity?[row] ?? true { append(&self, lanes[row]) }
      ends.append(UInt32(bytes.count))
    }
  }

  private mutating func add(_ doubles: [Double], _ rows: Range<Int>, _ validity: [Bool]?) {
    for row in rows {
      let value = doubles[row]
      // What is no number has no value, as in a database.
      if validity?[row] ?? true, !value.isNaN {
        if value.magnitude < 1e15, value == value.rounded(.towardZero) {
          CellWriter.append(Int64(value), to: &bytes)
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

  private mutating func append(days: Int64) {
    date.write(days: days)
    date.append(to: &bytes)
  }

  private mutating func append(microseconds: Int64) {
    date.write(microseconds: microseconds)
    date.append(to: &bytes)
  }

  @inline(__always)
  private static func append(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(45) }
    append(value.magnitude, width: 1, to: &bytes)
  }

  private static func append(
    _ value: Int64, scale: Int, divisor: UInt64, to bytes: inout [UInt8]
  ) {
    if value < 0 { bytes.append(45) }
    append(value.magnitude / divisor, width: 1, to: &bytes)
    var fraction = value.magnitude % divisor
    if fraction == 0 { return }
    var width = scale
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    bytes.append(46)
    append(fraction, width: width, to: &bytes)
  }

  /// Appends a number with at least so many digits.
  @inline(__always)
  private static func append(_ value: UInt64, width: Int, to bytes: inout [UInt8]) {
    if value < 10, width == 1 {
      bytes.append(48 + UInt8(truncatingIfNeeded: value))
      return
    }
    var digits = [20 of UInt8](repeating: 48)
    var rest = value
    var first = 20
    while rest != 0 || 20 - first < width {
      first -= 1
      digits[first] = 48 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    for index in first..<20 { bytes.append(digits[index]) }
  }
}
