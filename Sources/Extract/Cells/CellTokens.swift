/// A few texts that cells are compared with: the nulls of a column, its sentinels, its booleans.
struct CellTokens: Sendable {
  private let tokens: [[UInt8]]
  /// Bit `n` is set when a token has `n` bytes; tokens of 63 bytes and more share the last.
  private let lengths: UInt64

  /// Blanks around tokens are left out where those around cells are, as in numbers and dates.
  init(_ texts: [String], areTrimmed: Bool) {
    tokens = texts.map { text in
      let bytes = Array(text.utf8)
      guard areTrimmed else { return bytes }
      let range = trimmed(bytes.span, 0, bytes.count)
      return Array(bytes[range.start..<range.end])
    }
    lengths = tokens.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
  }

  /// Whether a cell is one of the texts.
  @inline(__always)
  func contains(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    if lengths >> UInt64(min(end - start, 63)) & 1 == 0 { return false }
    return end == start || find(bytes, start, end)
  }

  private func find(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for token in tokens where token.count == end - start {
      var index = 0
      while index < token.count, bytes[start + index] == token[index] { index += 1 }
      if index == token.count { return true }
    }
    return false
  }
}

/// A range of bytes without the spaces and tabs at its ends.
@inline(__always)
func trimmed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (start: Int, end: Int) {
  var start = start
  var end = end
  while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
  while start < end, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
  return (start, end)
}
