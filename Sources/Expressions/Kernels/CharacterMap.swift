/// The characters of a text and the place of each, for kernels that look characters up.
struct CharacterMap: Sendable {
  /// The place of each character of ASCII, −1 for those that are not there.
  private var ascii = [Int32](repeating: -1, count: 128)
  /// The place of each other character by its bytes.
  private var others: [UInt32: Int32] = [:]

  /// Takes the characters (code points) of a text; of two equal ones the first counts.
  init(_ text: String) {
    for (place, scalar) in text.unicodeScalars.enumerated() {
      let place = Int32(place)
      if scalar.isASCII {
        if ascii[Int(scalar.value)] < 0 { ascii[Int(scalar.value)] = place }
      } else {
        let key = String(scalar).utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        if others[key] == nil { others[key] = place }
      }
    }
  }

  /// The place of the character whose bytes are a range of a text, or −1.
  @inline(__always)
  func place(_ text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    let first = text[range.lowerBound]
    if first < 128 { return ascii[Int(first)] }
    if others.isEmpty { return -1 }
    var key: UInt32 = 0
    for index in range { key = key << 8 | UInt32(text[index]) }
    return others[key] ?? -1
  }
}

extension Bytes {
  /// The end of the character that begins at a position.
  @inline(__always)
  static func characterEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var end = start + 1
    while end < text.count, !isStart(text[end]) { end += 1 }
    return end
  }
}
