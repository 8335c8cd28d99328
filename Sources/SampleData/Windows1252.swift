/// The encoding of the hospital's files (WHATWG encoding standard, index windows-1252).
enum Windows1252 {
  /// A byte that windows-1252 does not define, spelled as a character of the private use area so
  /// that it can stand in a text: U+E081 becomes the byte 0x81.
  static let undefined = "\u{E081}"

  /// Appends a text; a character outside the encoding becomes a question mark.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x80, 0xA0...0xFF: bytes.append(UInt8(scalar.value))
      case 0xE080...0xE09F: bytes.append(UInt8(scalar.value - 0xE000))
      case 0x20AC: bytes.append(0x80)
      case 0x0152: bytes.append(0x8C)
      case 0x0153: bytes.append(0x9C)
      case 0x2013: bytes.append(0x96)
      case 0x2019: bytes.append(0x92)
      default: bytes.append(0x3F)
      }
    }
  }
}
