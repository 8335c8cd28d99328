import Columnar

extension RecordSplitter {
  /// The next chunk that parity alone finds.
  mutating func nextRegular() -> Step {
    let expected = fieldCount
    let scanner = scanner
    var holds = parity.advance(over: buffer, isLast: isAtEnd, scanner, expected: expected)
    var end = parity.recordStart
    if holds && isAtEnd && end < buffer.count {
      holds = parity.endsWell(buffer, scanner, expected: expected)
      if holds { end = buffer.count }
    }
    if holds {
      guard end > 0 else { return .more }
      parity.cut(end)
      return .chunk(cut(end, isRegular: true))
    }
    let chunk = end > 0 ? cut(end, isRegular: true) : nil
    parity = ParityScan()
    // Without quotes only the length of a line can be wrong, and that harms no other.
    if format.quote == nil { skippedFrom = base } else { isRegular = false }
    return chunk.map { .chunk($0) } ?? .again
  }
}
