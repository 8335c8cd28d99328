/// What text kernels do with bytes of UTF-8.
enum Bytes {
  /// Orders two texts by their bytes, which is the order of their code points.
  @inline(__always)
  static func order(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int64 {
    let shared = min(left.count, right.count)
    var index = 0
    while index < shared {
      let first = left[index]
      let second = right[index]
      if first != second { return first < second ? -1 : 1 }
      index += 1
    }
    return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
  }

  static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    left.count == right.count && order(left, right) == 0
  }

  /// Whether a byte begins a character.
  @inline(__always)
  static func isStart(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

  /// The number of characters (code points).
  @inline(__always)
  static func characters(_ text: Span<UInt8>) -> Int {
    var count = 0
    for index in text.indices where isStart(text[index]) { count += 1 }
    return count
  }

  /// The position of the byte that begins the character of a number from 0, or the end.
  @inline(__always)
  static func offset(_ text: Span<UInt8>, ofCharacter number: Int) -> Int {
    if number <= 0 { return 0 }
    var seen = 0
    for index in text.indices where isStart(text[index]) {
      if seen == number { return index }
      seen += 1
    }
    return text.count
  }

  /// The first position of a part at or after a start, or `nil`; an empty part is everywhere.
  static func find(_ part: Span<UInt8>, in text: Span<UInt8>, from start: Int = 0) -> Int? {
    var index = start
    while index + part.count <= text.count {
      var length = 0
      while length < part.count, text[index + length] == part[length] { length += 1 }
      if length == part.count { return index }
      index += 1
    }
    return nil
  }

  static func starts(_ text: Span<UInt8>, with part: Span<UInt8>) -> Bool {
    part.count <= text.count && order(text.extracting(0..<part.count), part) == 0
  }

  static func ends(_ text: Span<UInt8>, with part: Span<UInt8>) -> Bool {
    part.count <= text.count
      && order(text.extracting(text.count - part.count..<text.count), part) == 0
  }

  /// The number of bytes at a position that are white space: space, tab, line end, no-break space.
  @inline(__always)
  static func spaceLength(_ text: Span<UInt8>, at index: Int) -> Int {
    let byte = text[index]
    if byte == 0x20 || byte >= 0x09 && byte <= 0x0D { return 1 }
    let isNoBreak = byte == 0xC2 && index + 1 < text.count && text[index + 1] == 0xA0
    return isNoBreak ? 2 : 0
  }

  /// The range that is left when white space is taken from the sides asked for.
  @inline(__always)
  static func trimmed(_ text: Span<UInt8>, left: Bool = true, right: Bool = true) -> Range<Int> {
    var start = 0
    var end = text.count
    if left {
      while start < end {
        let length = spaceLength(text, at: start)
        if length == 0 { break }
        start += length
      }
    }
    if right {
      while end > start {
        if spaceLength(text, at: end - 1) == 1 {
          end -= 1
        } else if end - 2 >= start, spaceLength(text, at: end - 2) == 2 {
          end -= 2
        } else {
          break
        }
      }
    }
    return start..<end
  }
}
