import Columnar

/// A row that cannot be read, its line counted from 0 within its block.
struct AthenaFault: Error, Sendable {
  var code: String
  var message: String
  var line: Int
}

/// The rows of one block of a vocabulary file: where their fields lie.
///
/// One worker reads block after block into the same object, whose room is kept.
struct AthenaRows: ~Copyable {
  /// How a file is delimited.
  enum Dialect: Sendable {
    /// Tabs, no quoting: a quote is data. So Athena writes its files.
    case tabs
    /// Commas, fields may be quoted (RFC 4180).
    case commas
  }

  let dialect: Dialect
  /// The number of fields of every row.
  let width: Int
  /// For each field of each row its range in the bytes; beyond the last row the room of others.
  private var starts: [UInt32] = []
  private var ends: [UInt32] = []
  /// The line of each row, counted from 0 within the block.
  private(set) var lines: [UInt32] = []
  /// The fields without their quotes: ranges lie in it when the file has commas.
  private(set) var unquoted: [UInt8] = []
  /// The number of bytes that whole rows took.
  private(set) var consumed = 0
  /// The number of lines that whole rows took.
  private(set) var lineCount = 0
  private var masks: [UInt64] = []

  init(width: Int, dialect: Dialect) {
    self.width = width
    self.dialect = dialect
  }

  var count: Int { lines.count }

  @inline(__always)
  func range(_ row: Int, _ column: Int) -> Range<Int> {
    let place = row * width + column
    return Int(starts[place])..<Int(ends[place])
  }

  /// Replaces the rows by those of a block.
  mutating func read(_ bytes: Span<UInt8>, isLast: Bool) throws(AthenaFault) {
    lines.removeAll(keepingCapacity: true)
    lineCount = 0
    consumed = 0
    switch dialect {
    case .tabs: try readTabs(bytes, isLast: isLast)
    case .commas: try readCommas(bytes, isLast: isLast)
    }
  }

  /// Cuts whole lines at tabs; only the last line of the file may lack its line feed.
  private mutating func readTabs(_ bytes: Span<UInt8>, isLast: Bool) throws(AthenaFault) {
    ByteMasks.find(9, 10, in: bytes, into: &masks)
    let fields = masks.reduce(1) { $0 + $1.nonzeroBitCount }
    if starts.count < fields {
      starts = [UInt32](repeating: 0, count: fields * 5 / 4)
      ends = starts
    }
    lines.reserveCapacity(fields / max(1, width) + 1)
    var cutter = TabCutter(width: width)
    try cutter.cut(bytes, masks, isLast: isLast, &starts, &ends, &lines)
    lineCount = cutter.line
    consumed = bytes.count
  }

  /// Where the reading of a block is.
  private struct TabCutter {
    let width: Int
    /// The number of fields of this line and those before.
    var field = 0
    var firstField = 0
    /// Where the field and its line begin.
    var start = 0
    var lineStart = 0
    var line = 0

    init(width: Int) { self.width = width }

    /// Writes where the fields lie; `masks` have two words for 64 bytes: the tabs, the line feeds.
    mutating func cut(
      _ bytes: Span<UInt8>, _ masks: [UInt64], isLast: Bool, _ starts: inout [UInt32],
      _ ends: inout [UInt32], _ lines: inout [UInt32]
    ) throws(AthenaFault) {
      var startsOut = starts.mutableSpan
      var endsOut = ends.mutableSpan
      let bits = masks.span
      var word = 0
      while word < bits.count {
        let feeds = bits[word + 1]
        var open = bits[word] | feeds
        while open != 0 {
          let position = word << 5 + open.trailingZeroBitCount
          let isFeed = feeds & (open & ~(open &- 1)) != 0
          open &= open &- 1
          startsOut[field] = UInt32(truncatingIfNeeded: start)
          start = position + 1
          if isFeed {
            let hasReturn = position > 0 && bytes[position - 1] == 13
            let end = hasReturn ? position - 1 : position
            endsOut[field] = UInt32(truncatingIfNeeded: end)
            try endLine(
              at: position, from: end, isLast: isLast && position == bytes.count - 1, &lines)
          } else {
            endsOut[field] = UInt32(truncatingIfNeeded: position)
            field += 1
          }
        }
        word += 2
      }
      if lineStart < bytes.count {
        startsOut[field] = UInt32(truncatingIfNeeded: start)
        endsOut[field] = UInt32(truncatingIfNeeded: bytes.count)
        try endLine(at: bytes.count, from: bytes.count, isLast: isLast, &lines)
        line -= 1
      }
    }

    /// Ends a line, the last field of which is written; an empty line is no row.
    @inline(__always)
    mutating func endLine(
      at position: Int, from end: Int, isLast: Bool, _ lines: inout [UInt32]
    ) throws(AthenaFault) {
      if end > lineStart {
        field += 1
        guard field - firstField == width else {
          throw AthenaRows.fault(field - firstField, width, line: line, atEnd: isLast)
        }
        lines.append(UInt32(truncatingIfNeeded: line))
        firstField = field
      }
      lineStart = position + 1
      line += 1
    }
  }

  /// Cuts the whole records of a block at commas; the rest of the block is left unless it is the last.
  private mutating func readCommas(_ bytes: Span<UInt8>, isLast: Bool) throws(AthenaFault) {
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    unquoted.removeAll(keepingCapacity: true)
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
        guard fields == width else {
          throw AthenaRows.fault(
            fields, width, line: lineCount, atEnd: isLast && next.position >= bytes.count)
        }
        lines.append(UInt32(lineCount))
      }
      scanner = next
      lineCount = next.line
      consumed = next.position
    }
  }

  /// What is wrong with a row that has another number of fields than the header.
  private static func fault(_ fields: Int, _ width: Int, line: Int, atEnd: Bool) -> AthenaFault {
    if atEnd && fields < width {
      return AthenaFault(
        code: "truncated-file",
        message: "the file ends in the middle of a row: \(fields) fields of \(width)", line: line)
    }
    return AthenaFault(
      code: "ragged-row", message: "the row has \(fields) fields, the header has \(width)",
      line: line)
  }
}
