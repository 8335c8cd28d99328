extension RecordSplitter {
  /// The next chunk of a file that has shown an irregular record, read byte by byte.
  mutating func nextSequential() -> Step {
    var records: [Range<UInt32>] = []
    var blankLines = 0
    var strayQuotes = 0
    var position = 0
    var isOverlong = false
    let expected = fieldCount
    var cursor = PlaceCursor(at: base, isTranscoded: isTranscoded)
    reading: while position < buffer.count {
      let outcome = scanner.scan(
        buffer.span, from: position, isLast: isAtEnd, expected: expected)
      switch outcome {
      case .record(let end, let next, _, let stray):
        records.append(UInt32(position)..<UInt32(end))
        strayQuotes += stray
        position = next
      case .blank(let next):
        blankLines += 1
        position = next
      case .unclosed(let end, let next):
        let start = cursor.place(of: position, in: buffer)
        let length = cursor.place(of: end, in: buffer) - start
        refused.append(RefusedRecord(offset: start, length: length, reason: .unclosedQuote))
        position = next
      case .tooLong:
        isOverlong = true
        break reading
      case .more: break reading
      }
    }
    let chunk =
      position == 0
      ? nil
      : cut(
        position, isRegular: false, records: records, blankLines: blankLines,
        strayQuotes: strayQuotes)
    if isOverlong { skippedFrom = base }
    return chunk.map { .chunk($0) } ?? (isOverlong ? .again : .more)
  }
}
