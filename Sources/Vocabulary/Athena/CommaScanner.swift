/// Reads one record of a comma-separated file after the other (RFC 4180).
///
/// A quote opens only at the start of a field; elsewhere it is data.
struct CommaScanner {
  enum Outcome {
    /// The record ended with a line feed.
    case whole
    /// The bytes ended; it may be whole only when they are the last.
    case atEnd
    case openQuote
    case textAfterQuote
  }

  var position: Int
  var line: Int

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")

  /// Appends the fields of the record that begins here, unquoted, and moves past it.
  mutating func record(
    _ bytes: Span<UInt8>, _ starts: inout [UInt32], _ ends: inout [UInt32], _ text: inout [UInt8]
  ) -> Outcome {
    while true {
      starts.append(UInt32(text.count))
      if position < bytes.count, bytes[position] == CommaScanner.quote {
        position += 1
        guard quoted(bytes, &text) else { return .openQuote }
        ends.append(UInt32(text.count))
        if position < bytes.count, bytes[position] == 13 { position += 1 }
        guard position < bytes.count else { return .atEnd }
        guard bytes[position] == CommaScanner.comma || bytes[position] == 10 else {
          return .textAfterQuote
        }
      } else {
        let first = text.count
        while position < bytes.count, bytes[position] != CommaScanner.comma,
          bytes[position] != 10
        {
          text.append(bytes[position])
          position += 1
        }
        let isLastField = position == bytes.count || bytes[position] == 10
        if isLastField && text.count > first && text[text.count - 1] == 13 { text.removeLast() }
        ends.append(UInt32(text.count))
        guard position < bytes.count else { return .atEnd }
      }
      let isEnd = bytes[position] == 10
      position += 1
      if isEnd {
        line += 1
        return .whole
      }
    }
  }

  /// Reads up to and past the closing quote; `false` when the bytes end before it.
  private mutating func quoted(_ bytes: Span<UInt8>, _ text: inout [UInt8]) -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == CommaScanner.quote {
        guard position + 1 < bytes.count, bytes[position + 1] == CommaScanner.quote else {
          position += 1
          return true
        }
        position += 1
      } else if byte == 10 {
        line += 1
      }
      text.append(byte)
      position += 1
    }
    return false
  }
}
