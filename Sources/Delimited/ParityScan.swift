import Columnar

/// The structural scan of regular records: how far it has come in a buffer, and what it must know at
/// the next byte.
///
/// Where all quoting follows RFC 4180, a byte lies inside a quoted field when the number of quotes
/// before it is odd. The scan checks the premise: a quote that opens stands at the start of a field
/// or after a quote, and one that closes stands before a delimiter, a line end or a quote.
struct ParityScan {
  /// Where the record being read begins.
  private(set) var recordStart = 0
  /// The bytes of the buffer that were looked at.
  private var scanned = 0
  /// All ones inside a quoted field, else zero.
  private var inside: UInt64 = 0
  /// 1 when a quote at the next byte may open a field or end an escape.
  private var mayOpen: UInt64 = 1
  /// 1 when the last byte closed a field, if only to reopen it.
  private var closed: UInt64 = 0
  /// 1 when the last byte is a carriage return after a closing quote.
  private var closedByReturn: UInt64 = 0
  /// Whether the record being read spans lines.
  private var spansLines = false
  private var masks: [UInt64] = []

  /// Forgets the first bytes of the buffer, all of which belong to finished records.
  mutating func cut(_ end: Int) {
    scanned = max(0, scanned - end)
    recordStart = 0
  }

  /// Looks at the bytes that came since the last time.
  ///
  /// - Returns: whether all records are regular up to here; if not, the one at `recordStart` is the
  ///   first that is not.
  mutating func advance(
    over bytes: [UInt8], isLast: Bool, _ scanner: RecordScanner, expected: Int
  ) -> Bool {
    let stop = isLast ? bytes.count : scanned + (bytes.count - scanned) & ~63
    let new = bytes.span.extracting(scanned..<stop)
    if let quote = scanner.quote {
      ByteMasks.find(10, quote, scanner.delimiter, 13, in: new, into: &masks)
      guard advance(over: bytes, words: masks.count / 4, scanner, expected) else { return false }
    } else {
      ByteMasks.find(10, 10, 10, in: new, into: &masks)
      guard advance(words: masks.count / 3, maximum: scanner.maximum) else { return false }
    }
    scanned = stop
    return scanned - recordStart <= scanner.maximum
  }

  /// Whether the last record, which no line feed ends, is regular.
  func endsWell(_ bytes: [UInt8], _ scanner: RecordScanner, expected: Int) -> Bool {
    guard inside == 0, bytes.count - recordStart <= scanner.maximum else { return false }
    return !spansLines || isRecord(bytes, scanner, expected)
  }

  /// Whether the record that was read and spans lines is one, in full.
  private func isRecord(_ bytes: [UInt8], _ scanner: RecordScanner, _ expected: Int) -> Bool {
    switch scanner.scan(bytes.span, from: recordStart, isLast: true, expected: expected) {
    case .record: true
    default: false
    }
  }

  /// Lines without quotes.
  private mutating func advance(words: Int, maximum: Int) -> Bool {
    let masks = masks
    for word in 0..<words {
      var lineFeeds = masks[3 * word]
      let place = scanned + 64 * word
      while lineFeeds != 0 {
        let position = place + lineFeeds.trailingZeroBitCount
        if position - recordStart > maximum { return false }
        recordStart = position + 1
        lineFeeds &= lineFeeds - 1
      }
    }
    return true
  }

  private mutating func advance(
    over bytes: [UInt8], words: Int, _ scanner: RecordScanner, _ expected: Int
  ) -> Bool {
    let maximum = scanner.maximum
    let masks = masks
    for word in 0..<words {
      let lineFeeds = masks[4 * word]
      let quotes = masks[4 * word + 1]
      let delimiters = masks[4 * word + 2]
      let place = scanned + 64 * word
      var quoted: UInt64 = 0
      var wrong: UInt64 = 0
      if quotes | inside | closed | closedByReturn != 0 {
        let returns = masks[4 * word + 3]
        let within = ByteMasks.prefixXor(quotes) ^ inside
        let openers = quotes & within
        let closers = quotes & ~within
        let afterClosers = closers << 1 | closed
        let afterReturns = (afterClosers & returns) << 1 | closedByReturn
        wrong = openers & ~((delimiters | lineFeeds | quotes) << 1 | mayOpen)
        wrong |= afterClosers & ~(delimiters | lineFeeds | quotes | returns)
        wrong |= afterReturns & ~lineFeeds
        quoted = lineFeeds & within
        inside = within >> 63 == 0 ? 0 : ~0
        closed = closers >> 63
        closedByReturn = (afterClosers & returns) >> 63
        if scanned + 64 * (word + 1) > bytes.count {
          // Bits beyond the end of the file stand for nothing, and the end may follow a quote.
          wrong &= (1 << UInt64(bytes.count - place)) - 1
        }
      }
      mayOpen = (delimiters | lineFeeds | quotes) >> 63
      if quoted | wrong == 0, !spansLines, maximum >= 64 {
        guard lineFeeds != 0 else { continue }
        if place + lineFeeds.trailingZeroBitCount - recordStart > maximum { return false }
        recordStart = place + 64 - lineFeeds.leadingZeroBitCount
        continue
      }
      // Up to the first wrong quote, the line feeds one by one.
      if wrong != 0 { wrong &= ~wrong + 1 }
      var events = wrong == 0 ? lineFeeds : lineFeeds & (wrong - 1)
      while events != 0 {
        let event = events & (~events + 1)
        events ^= event
        if quoted & event != 0 {
          spansLines = true
          continue
        }
        let position = place + event.trailingZeroBitCount
        if position - recordStart > maximum { return false }
        if spansLines, !isRecord(bytes, scanner, expected) { return false }
        spansLines = false
        recordStart = position + 1
      }
      if wrong != 0 { return false }
    }
    return true
  }
}
