/// Capital and small letters of ASCII, Latin-1 and Latin Extended-A (U+0000 to U+017F).
///
/// Only letters whose counterpart lies in the same range change, so that a text keeps its length in
/// bytes: `é` becomes `É`, `œ` becomes `Œ`, `ÿ` becomes `Ÿ`; `ß`, `ı` and all other scripts stay.
enum LetterCase {
  /// The counterpart of each code point from U+0080 to U+017F.
  private static let upperTable = table { $0.properties.uppercaseMapping }
  private static let lowerTable = table { $0.properties.lowercaseMapping }

  private static func table(_ mapping: (Unicode.Scalar) -> String) -> [UInt16] {
    (UInt16(0x80)...0x17F).map { code in
      guard let scalar = Unicode.Scalar(code) else { return code }
      let mapped = mapping(scalar).unicodeScalars
      guard mapped.count == 1, let other = mapped.first,
        other.value >= 0x80, other.value <= 0x17F
      else { return code }
      return UInt16(other.value)
    }
  }

  static func upper(_ bytes: [UInt8]) -> [UInt8] {
    convert(bytes, upperTable, from: UInt8(ascii: "a"))
  }

  static func lower(_ bytes: [UInt8]) -> [UInt8] {
    convert(bytes, lowerTable, from: UInt8(ascii: "A"))
  }

  private static func convert(_ bytes: [UInt8], _ table: [UInt16], from first: UInt8) -> [UInt8] {
    let source = bytes.span
    let counterparts = table.span
    return [UInt8](capacity: bytes.count) { out in
      var index = 0
      while index < source.count {
        let byte = source[index]
        index += 1
        if byte < 0x80 {
          out.append(byte &- first < 26 ? byte ^ 0x20 : byte)
        } else if byte >= 0xC2, byte <= 0xC5, index < source.count,
          !Bytes.isStart(source[index])
        {
          // Two bytes hold eleven bits: five in the first, six in the second.
          let code = UInt16(byte & 0x1F) << 6 | UInt16(source[index] & 0x3F)
          let other = counterparts[Int(code) - 0x80]
          out.append(0xC0 | UInt8(truncatingIfNeeded: other >> 6))
          out.append(0x80 | UInt8(truncatingIfNeeded: other & 0x3F))
          index += 1
        } else {
          out.append(byte)
        }
      }
    }
  }
}
