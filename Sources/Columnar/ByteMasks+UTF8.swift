extension ByteMasks {
  /// Whether bytes are well-formed UTF-8 (Unicode 16, table 3-7).
  ///
  /// Only bytes beyond ASCII are looked at one by one, so that texts of Western languages are checked
  /// at the speed of the mask.
  ///
  /// - Complexity: O(*n*).
  package static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    let count = bytes.count
    // The place up to which sequences are known to be good.
    var good = 0
    for word in 0..<(count + 63) / 64 {
      let (block, _) = load(bytes, word)
      guard block.hasBeyondASCII else { continue }
      var beyond = block.beyondASCII
      while beyond != 0 {
        let place = word * 64 + beyond.trailingZeroBitCount
        beyond &= beyond - 1
        if place < good { continue }
        let length = sequenceLength(bytes, place)
        if length == 0 { return false }
        good = place + length
      }
    }
    return true
  }

  /// The length of the sequence that a byte beyond ASCII begins; 0 when it begins none.
  @inline(__always)
  private static func sequenceLength(_ bytes: Span<UInt8>, _ place: Int) -> Int {
    @inline(__always) func next(_ offset: Int, _ range: ClosedRange<UInt8>) -> Bool {
      place + offset < bytes.count && range.contains(bytes[place + offset])
    }
    let lead = bytes[place]
    switch lead {
    case 0xC2...0xDF: return next(1, 0x80...0xBF) ? 2 : 0
    case 0xE0...0xEF:
      let second: ClosedRange<UInt8> =
        lead == 0xE0 ? 0xA0...0xBF : lead == 0xED ? 0x80...0x9F : 0x80...0xBF
      return next(1, second) && next(2, 0x80...0xBF) ? 3 : 0
    case 0xF0...0xF4:
      let second: ClosedRange<UInt8> =
        lead == 0xF0 ? 0x90...0xBF : lead == 0xF4 ? 0x80...0x8F : 0x80...0xBF
      return next(1, second) && next(2, 0x80...0xBF) && next(3, 0x80...0xBF) ? 4 : 0
    default: return 0
    }
  }
}
