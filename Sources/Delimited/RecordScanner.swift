/// Reads one record, byte by byte, by the law of records: a quote opens only at the start of a field;
/// anywhere else it is data.
///
/// A record that spans several lines is taken for an unclosed quote when it has a stray quote, ends
/// with the file inside its quote, is too long, or has another number of fields than expected. So a
/// reader that goes on at the next line reads every byte at most twice: a run of lines that was
/// swallowed by an unclosed quote has, line by line, no second one.
struct RecordScanner {
  let delimiter: UInt8
  let quote: UInt8?
  let maximum: Int

  /// What stands at a place.
  enum Outcome: Equatable {
    /// A record that ends before `end`, the next one beginning at `next`.
    case record(end: Int, next: Int, fields: Int, strayQuotes: Int)
    case blank(next: Int)
    /// An unclosed quote: the line that ends before `end` is refused.
    case unclosed(end: Int, next: Int)
    /// A line longer than a record may be, whose end need not have been seen.
    case tooLong
    /// The bytes do not suffice to tell.
    case more
  }

  init(_ format: DelimitedFormat) {
    delimiter = format.delimiter
    quote = format.quote
    maximum = format.maximumRecordBytes
  }

  /// Reads the record that begins at `start`, at which there must be a byte.
  ///
  /// - Parameters:
  ///   - bytes: the bytes at hand.
  ///   - start: where the record begins.
  ///   - isLast: whether the file ends with the bytes.
  ///   - expected: the number of fields that a record of several lines must have, when it is known.
  /// - Returns: what stands there.
  func scan(_ bytes: Span<UInt8>, from start: Int, isLast: Bool, expected: Int?) -> Outcome {
    let count = bytes.count
    // The line feed of a record, or the end of the file, lies at `limit` at the latest.
    let limit = start + maximum
    let quote = quote.map(Int.init) ?? -1
    var position = start
    var fields = 1
    var stray = 0
    var firstLineFeed = -1
    while true {
      if position < count, Int(bytes[position]) == quote {
        position += 1
        var isOpen = true
        while isOpen {
          if position > limit { return overflow(bytes, start, firstLineFeed) }
          if position == count {
            guard isLast else { return .more }
            return unclosed(bytes, start, firstLineFeed)
          }
          let byte = bytes[position]
          if Int(byte) == quote {
            switch follower(bytes, position + 1, isLast) {
            case .unknown: return .more
            case .quote: position += 2
            case .end:
              position += 1
              isOpen = false
            case .other:
              if firstLineFeed >= 0 { return unclosed(bytes, start, firstLineFeed) }
              stray += 1
              position += 1
            }
          } else {
            if byte == 10, firstLineFeed < 0 {
              firstLineFeed = position
              if stray > 0 { return unclosed(bytes, start, firstLineFeed) }
            }
            position += 1
          }
        }
      }
      // The field goes on without a quote, or ends here.
      while true {
        if position > limit { return overflow(bytes, start, firstLineFeed) }
        if position == count {
          guard isLast else { return .more }
          break
        }
        let byte = bytes[position]
        if byte == delimiter || byte == 10 { break }
        if Int(byte) == quote {
          if firstLineFeed >= 0 { return unclosed(bytes, start, firstLineFeed) }
          stray += 1
        }
        position += 1
      }
      if position < count, bytes[position] == delimiter {
        fields += 1
        position += 1
        if firstLineFeed >= 0, let expected, fields > expected {
          return unclosed(bytes, start, firstLineFeed)
        }
        continue
      }
      let end = lineEnd(bytes, start, position)
      let next = min(position + 1, count)
      if end == start { return .blank(next: next) }
      if firstLineFeed >= 0, let expected, fields != expected {
        return unclosed(bytes, start, firstLineFeed)
      }
      return .record(end: end, next: next, fields: fields, strayQuotes: stray)
    }
  }

  private enum Follower {
    case end
    case quote
    case other
    case unknown
  }

  /// What follows a quote inside a quoted field.
  private func follower(_ bytes: Span<UInt8>, _ position: Int, _ isLast: Bool) -> Follower {
    guard position < bytes.count else { return isLast ? .end : .unknown }
    let byte = bytes[position]
    if byte == delimiter || byte == 10 { return .end }
    if byte == quote { return .quote }
    guard byte == 13 else { return .other }
    guard position + 1 < bytes.count else { return isLast ? .end : .unknown }
    return bytes[position + 1] == 10 ? .end : .other
  }

  private func overflow(_ bytes: Span<UInt8>, _ start: Int, _ firstLineFeed: Int) -> Outcome {
    firstLineFeed < 0 ? .tooLong : unclosed(bytes, start, firstLineFeed)
  }

  private func unclosed(_ bytes: Span<UInt8>, _ start: Int, _ firstLineFeed: Int) -> Outcome {
    guard firstLineFeed >= 0 else {
      return .unclosed(end: lineEnd(bytes, start, bytes.count), next: bytes.count)
    }
    return .unclosed(end: lineEnd(bytes, start, firstLineFeed), next: firstLineFeed + 1)
  }

  /// The end of a line's content: a carriage return before the line feed, or before the end of the
  /// file, belongs to the line end.
  private func lineEnd(_ bytes: Span<UInt8>, _ start: Int, _ position: Int) -> Int {
    position > start && bytes[position - 1] == 13 ? position - 1 : position
  }
}
