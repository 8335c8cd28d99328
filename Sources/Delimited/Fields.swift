import Columnar

/// Fields as they stand in a file, on their way to plain UTF-8.
///
/// A field that needs no change keeps its place; one that does is written anew behind the bytes.
struct Fields {
  var bytes: [UInt8]
  var starts: [UInt32]
  var ends: [UInt32]

  /// Takes the quotes off fields that begin with one, and halves the quotes inside.
  mutating func unquote(_ quote: UInt8) {
    // Out of `self` while they are written through spans.
    var (starts, ends, target) = (self.starts, self.ends, bytes)
    (self.starts, self.ends) = ([], [])
    let source = bytes
    let input = source.span
    var startSpan = starts.mutableSpan
    var endSpan = ends.mutableSpan
    for index in startSpan.indices {
      let start = Int(startSpan[index])
      let end = Int(endSpan[index])
      guard end - start >= 2, input[start] == quote, input[end - 1] == quote else { continue }
      startSpan[index] += 1
      endSpan[index] -= 1
      var position = start + 1
      while position < end - 1, input[position] != quote { position += 1 }
      if position == end - 1 { continue }
      startSpan[index] = UInt32(target.count)
      position = start + 1
      while position < end - 1 {
        let byte = input[position]
        target.append(byte)
        position += byte == quote ? 2 : 1
      }
      endSpan[index] = UInt32(target.count)
    }
    self.starts = starts
    self.ends = ends
    bytes = target
  }

  /// Turns fields that hold bytes beyond ASCII into UTF-8.
  ///
  /// - Returns: whether all bytes of all fields are valid UTF-8 afterwards.
  mutating func decode(_ encoding: DelimitedFormat.Encoding) -> Bool {
    if ByteMasks.isASCII(bytes.span) { return true }
    guard encoding == .windows1252 else {
      return (try? UTF8Span(validating: bytes.span)) != nil
    }
    var isComplete = true
    var (starts, ends, target) = (self.starts, self.ends, bytes)
    (self.starts, self.ends) = ([], [])
    let source = bytes
    let input = source.span
    var startSpan = starts.mutableSpan
    var endSpan = ends.mutableSpan
    for index in startSpan.indices {
      let range = Int(startSpan[index])..<Int(endSpan[index])
      let field = input.extracting(range)
      if ByteMasks.isASCII(field) { continue }
      startSpan[index] = UInt32(target.count)
      if !Windows1252.decode(field, appendingTo: &target) { isComplete = false }
      endSpan[index] = UInt32(target.count)
    }
    self.starts = starts
    self.ends = ends
    bytes = target
    return isComplete
  }
}
