import Columnar

extension Tokeniser {
  /// Finds delimiters and line feeds outside quotes by masks of 64 bytes, then cuts at them.
  func structuralTokens(_ chunk: Chunk) -> Tokens {
    let bytes = chunk.bytes
    var masks: [UInt64] = []
    let (count, hasQuotes) = separators(of: bytes.span, into: &masks)
    var cutting = Cutting(chunk, capacity: count + 1)
    cutting.cut(at: masks.span)
    var fields = Fields(bytes: bytes, starts: cutting.starts, ends: cutting.ends)
    if hasQuotes, let quote = format.quote { fields.unquote(quote) }
    let isValid = fields.decode(format.encoding)
    return Tokens(
      bytes: fields.bytes, starts: fields.starts, ends: fields.ends,
      fieldCount: chunk.fieldCount, offsets: cutting.offsets, isValidUTF8: isValid,
      refused: chunk.refused + cutting.refused,
      blankLines: chunk.blankLines + cutting.blankLines, strayQuotes: chunk.strayQuotes)
  }

  /// For every 64 bytes three words, of which the first has the fields' ends and the last those of
  /// them that end a record.
  private func separators(
    of bytes: Span<UInt8>, into masks: inout [UInt64]
  ) -> (count: Int, hasQuotes: Bool) {
    ByteMasks.find(format.quote ?? 10, format.delimiter, 10, in: bytes, into: &masks)
    let mayQuote = format.quote != nil
    var hasQuotes = false
    var words = masks.mutableSpan
    var inside: UInt64 = 0
    var total = 0
    var position = 0
    while position < words.count {
      let quotes = mayQuote ? words[position] : 0
      var outside = ~inside
      if quotes != 0 {
        hasQuotes = true
        let within = ByteMasks.prefixXor(quotes) ^ inside
        outside = ~within
        inside = within >> 63 == 0 ? 0 : ~0
      }
      let lineFeeds = words[position + 2] & outside
      let ends = words[position + 1] & outside | lineFeeds
      words[position] = ends
      words[position + 2] = lineFeeds
      total += ends.nonzeroBitCount
      position += 3
    }
    return (total, hasQuotes)
  }
}

/// The fields of a chunk while it is being cut, quotes and all.
private struct Cutting {
  private let bytes: [UInt8]
  private let offset: Int64
  private let fieldCount: Int
  private(set) var starts: [UInt32]
  private(set) var ends: [UInt32]
  private(set) var offsets: [Int64] = []
  private(set) var refused: [RefusedRecord] = []
  private(set) var blankLines = 0

  init(_ chunk: Chunk, capacity: Int) {
    bytes = chunk.bytes
    offset = chunk.offset
    fieldCount = chunk.fieldCount
    starts = [UInt32](repeating: 0, count: capacity)
    ends = [UInt32](repeating: 0, count: capacity)
    offsets.reserveCapacity(capacity / max(1, fieldCount) + 1)
  }

  mutating func cut(at masks: Span<UInt64>) {
    var starts = self.starts
    var ends = self.ends
    self.starts = []
    self.ends = []
    var startSpan = starts.mutableSpan
    var endSpan = ends.mutableSpan
    var out = 0
    var first = 0
    var fieldStart: UInt32 = 0
    var recordStart = 0
    var word = 0
    while word < masks.count {
      var separators = masks[word]
      let lineFeeds = masks[word + 2]
      let place = word / 3 * 64
      while separators != 0 {
        let bit = separators.trailingZeroBitCount
        separators &= separators - 1
        let position = place + bit
        startSpan[out] = fieldStart
        endSpan[out] = UInt32(truncatingIfNeeded: position)
        out += 1
        fieldStart = UInt32(truncatingIfNeeded: position + 1)
        if lineFeeds >> UInt64(bit) & 1 != 0 {
          if position > startSpan[out - 1], bytes[position - 1] == 13 { endSpan[out - 1] -= 1 }
          if out - first == fieldCount, fieldCount > 1 || startSpan[first] != endSpan[first] {
            offsets.append(offset + Int64(recordStart))
          } else {
            let isBlank = out - first == 1 && startSpan[first] == endSpan[first]
            refuse(recordStart, Int(endSpan[out - 1]), isBlank)
            out = first
          }
          first = out
          recordStart = position + 1
        }
      }
      word += 3
    }
    if recordStart < bytes.count {
      // The last record of a file, without a line feed.
      startSpan[out] = fieldStart
      endSpan[out] = UInt32(bytes.count)
      if bytes.count > fieldStart, bytes[bytes.count - 1] == 13 { endSpan[out] -= 1 }
      out += 1
      if out - first == fieldCount, fieldCount > 1 || startSpan[first] != endSpan[first] {
        offsets.append(offset + Int64(recordStart))
      } else {
        let isBlank = out - first == 1 && startSpan[first] == endSpan[first]
        refuse(recordStart, Int(endSpan[out - 1]), isBlank)
        out = first
      }
    }
    starts.removeLast(starts.count - out)
    ends.removeLast(ends.count - out)
    self.starts = starts
    self.ends = ends
  }

  private mutating func refuse(_ start: Int, _ end: Int, _ isBlank: Bool) {
    if isBlank {
      blankLines += 1
    } else {
      refused.append(
        RefusedRecord(
          offset: offset + Int64(start), length: Int64(end - start), reason: .ragged))
    }
  }
}
