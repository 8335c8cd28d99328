import Columnar

/// Fields as they stand in a file, on their way to plain UTF-8.
///
/// A field that needs no change keeps its place; one that does is written anew behind the bytes of
/// the file, which are copied when the first such field is met.
struct Fields {
  private(set) var bytes: [UInt8]
  private(set) var starts: [UInt32]
  private(set) var ends: [UInt32]
  /// Whether `bytes` came out of the buffers.
  private(set) var isCopied = false

  init(bytes: [UInt8], starts: consuming [UInt32], ends: consuming [UInt32]) {
    self.bytes = bytes
    self.starts = starts
    self.ends = ends
  }

  /// Takes quotes off, halves the quotes inside, and turns what is not UTF-8 into it.
  ///
  /// - Returns: whether all bytes of all fields are valid UTF-8 afterwards.
  mutating func normalise(
    quote: UInt8?, _ encoding: DelimitedFormat.Encoding, _ buffers: inout TokenBuffers
  ) -> Bool {
    let characters = encoding.characters
    let mustDecode = characters != nil && !ByteMasks.isASCII(bytes.span)
    var isValid = characters != nil || ByteMasks.isUTF8(bytes.span)
    if quote == nil && !mustDecode { return isValid }
    if mustDecode { ByteMasks.findBeyondASCII(in: bytes.span, into: &buffers.masks) }
    // Fields without a quote are told by a byte that no valid position holds.
    let quote = quote.map(Int.init) ?? -1
    let masks = buffers.masks
    var target = FieldWriter(bytes, characters, &buffers)
    // Out of `self` while they are written through spans.
    var (starts, ends) = (self.starts, self.ends)
    (self.starts, self.ends) = ([], [])
    let source = bytes
    let input = source.span
    var startSpan = starts.mutableSpan
    var endSpan = ends.mutableSpan
    for index in startSpan.indices {
      var start = Int(startSpan[index])
      var end = Int(endSpan[index])
      var hasEscapes = false
      if end - start >= 2, Int(input[start]) == quote, Int(input[end - 1]) == quote {
        start += 1
        end -= 1
        startSpan[index] = UInt32(truncatingIfNeeded: start)
        endSpan[index] = UInt32(truncatingIfNeeded: end)
        var position = start
        while position < end, Int(input[position]) != quote { position += 1 }
        hasEscapes = position < end
      }
      let isForeign = mustDecode && ByteMasks.isAnySet(masks, from: start, to: end)
      guard hasEscapes || isForeign else { continue }
      let written = target.write(
        source, start..<end, escape: hasEscapes ? quote : -1, isForeign: isForeign)
      startSpan[index] = UInt32(written.lowerBound)
      endSpan[index] = UInt32(written.upperBound)
    }
    self.starts = starts
    self.ends = ends
    if !target.isComplete { isValid = false }
    isCopied = target.isCopied
    bytes = target.finish(&buffers)
    return isValid
  }
}

/// Writes changed fields behind a copy of the bytes that hold the unchanged ones.
private struct FieldWriter {
  private let source: [UInt8]
  private let characters: SingleByteEncoding?
  private var bytes: [UInt8] = []
  private(set) var isCopied = false
  /// Whether every byte written had a character.
  private(set) var isComplete = true

  init(
    _ source: [UInt8], _ characters: SingleByteEncoding?, _ buffers: inout TokenBuffers
  ) {
    self.source = source
    self.characters = characters
    swap(&bytes, &buffers.bytes)
  }

  mutating func write(
    _ field: [UInt8], _ range: Range<Int>, escape: Int, isForeign: Bool
  ) -> Range<Int> {
    if !isCopied {
      bytes.removeAll(keepingCapacity: true)
      bytes.append(contentsOf: source)
      isCopied = true
    }
    let start = bytes.count
    guard escape >= 0 else {
      decode(field.span.extracting(range))
      return start..<bytes.count
    }
    var plain: [UInt8] = []
    if !isForeign { swap(&plain, &bytes) }
    // Up to the first quote of a pair, which is left to stand for both.
    var copied = range.lowerBound
    var position = copied
    while position < range.upperBound {
      if Int(field[position]) == escape {
        plain.append(contentsOf: field[copied...position])
        position += 1
        copied = position + 1
      }
      position += 1
    }
    if copied < range.upperBound { plain.append(contentsOf: field[copied..<range.upperBound]) }
    if !isForeign {
      swap(&plain, &bytes)
    } else {
      decode(plain.span)
    }
    return start..<bytes.count
  }

  private mutating func decode(_ text: Span<UInt8>) {
    if characters?.decode(text, appendingTo: &bytes) == false { isComplete = false }
  }

  /// The bytes of all fields; a buffer that was not needed goes back.
  consuming func finish(_ buffers: inout TokenBuffers) -> [UInt8] {
    if isCopied { return bytes }
    buffers.bytes = bytes
    return source
  }
}
