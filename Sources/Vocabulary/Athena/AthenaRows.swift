import Columnar

/// A row that cannot be read, its line counted from 0 within its block.
struct AthenaFault: Error, Sendable {
  var code: String
  var message: String
  var line: Int
}

/// The rows of one block of a vocabulary file: where their fields lie.
struct AthenaRows: Sendable {
  /// How a file is delimited.
  enum Dialect: Sendable {
    /// Tabs, no quoting: a quote is data. So Athena writes its files.
    case tabs
    /// Commas, fields may be quoted (RFC 4180).
    case commas
  }

  /// The number of fields of every row.
  let width: Int
  /// For each field of each row its range in the bytes.
  private(set) var starts: [UInt32] = []
  private(set) var ends: [UInt32] = []
  /// The line of each row, counted from 0 within the block.
  private(set) var lines: [UInt32] = []
  /// The fields without their quotes: ranges lie in it when the file has commas.
  private(set) var unquoted: [UInt8] = []
  /// The number of bytes that whole rows took.
  private(set) var consumed = 0
  /// The number of lines that whole rows took.
  private(set) var lineCount = 0

  init(width: Int) { self.width = width }

  var count: Int { lines.count }

  @inline(__always)
  func range(_ row: Int, _ column: Int) -> Range<Int> {
    let place = row * width + column
    return Int(starts[place])..<Int(ends[place])
  }

  /// Cuts whole lines at tabs; only the last line of the file may lack its line feed.
  mutating func readTabs(_ bytes: Span<UInt8>, isLast: Bool) throws(AthenaFault) {
    var masks: [UInt64] = []
    ByteMasks.find(9, 10, 10, in: bytes, into: &masks)
    let fields = masks.indices.reduce(1) { $0 + ($1 % 3 < 2 ? masks[$1].nonzeroBitCount : 0) }
    starts = [UInt32](repeating: 0, count: fields)
    ends = [UInt32](repeating: 0, count: fields)
    lines.reserveCapacity(fields / max(1, width) + 1)
    let bits = masks.span
    var line = TabLine()
    for word in 0..<bits.count / 3 {
      let feeds = bits[3 * word + 1]
      var open = bits[3 * word] | feeds
      while open != 0 {
        let position = word * 64 + open.trailingZeroBitCount
        let isFeed = feeds & (open & ~(open - 1)) != 0
        open &= open - 1
        if isFeed {
          try close(&line, bytes, at: position, atEnd: isLast && position == bytes.count - 1)
          lineCount += 1
        } else {
          starts[line.field] = UInt32(line.start)
          ends[line.field] = UInt32(position)
          line.field += 1
          line.start = position + 1
        }
      }
    }
    if line.lineStart < bytes.count {
      try close(&line, bytes, at: bytes.count, atEnd: isLast)
    }
    consumed = bytes.count
  }

  /// Where the reading of a line is.
  private struct TabLine {
    /// The number of fields of this line and those before.
    var field = 0
    var firstField = 0
    /// Where the field and its line begin.
    var start = 0
    var lineStart = 0
  }

  /// Ends the last field of a line, and the line; an empty line is no row.
  @inline(__always)
  private mutating func close(
    _ line: inout TabLine, _ bytes: Span<UInt8>, at position: Int, atEnd: Bool
  ) throws(AthenaFault) {
    let hasReturn = position > line.start && bytes[position - 1] == 13
    let end = hasReturn ? position - 1 : position
    if end > line.lineStart {
      starts[line.field] = UInt32(line.start)
      ends[line.field] = UInt32(end)
      line.field += 1
      try check(line.field - line.firstField, atEnd: atEnd)
    }
    line.firstField = line.field
    line.start = position + 1
    line.lineStart = position + 1
  }

  /// Cuts the whole records of a block at commas; the rest of the block is left unless it is the last.
  mutating func readCommas(_ bytes: Span<UInt8>, isLast: Bool) throws(AthenaFault) {
    var scanner = CommaScanner(position: 0, line: 0)
    while scanner.position < bytes.count {
      let firstField = starts.count
      let firstText = unquoted.count
      var next = scanner
      let outcome = next.record(bytes, &starts, &ends, &unquoted)
      if outcome == .textAfterQuote {
        throw AthenaFault(
          code: "text-after-quote", message: "there is text after a closing quote",
          line: next.line)
      }
      if outcome != .whole && !isLast {
        // The record goes on in the next block.
        starts.removeLast(starts.count - firstField)
        ends.removeLast(ends.count - firstField)
        unquoted.removeLast(unquoted.count - firstText)
        return
      }
      if outcome == .openQuote {
        throw AthenaFault(
          code: "truncated-file", message: "the file ends inside a quoted field", line: lineCount)
      }
      let fields = starts.count - firstField
      if fields == 1 && starts[firstField] == ends[firstField] {
        starts.removeLast()
        ends.removeLast()
      } else {
        try check(fields, atEnd: isLast && next.position >= bytes.count)
      }
      scanner = next
      lineCount = next.line
      consumed = next.position
    }
  }

  /// Closes a row with as many fields as it has.
  private mutating func check(_ fields: Int, atEnd: Bool) throws(AthenaFault) {
    guard fields == width else {
      if atEnd && fields < width {
        throw AthenaFault(
          code: "truncated-file",
          message: "the file ends in the middle of a row: \(fields) fields of \(width)",
          line: lineCount)
      }
      throw AthenaFault(
        code: "ragged-row", message: "the row has \(fields) fields, the header has \(width)",
        line: lineCount)
    }
    lines.append(UInt32(lineCount))
  }
}
