/// Turns UTF-16 into UTF-8 as it comes, in pieces of any size.
///
/// What is no text stays, in a form that no valid UTF-8 has: half of a surrogate pair as the three
/// bytes that its number would have, a last byte without its other half as 0xFF. So every byte of
/// the file can be told from the bytes made of it (see `width`).
struct UTF16Transcoder {
  private let isBigEndian: Bool
  /// The first byte of a unit whose second has not come yet.
  private var half: UInt8?
  /// The first half of a surrogate pair whose second has not come yet, or 0.
  private var high: UInt16 = 0

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  /// Appends what the next bytes of the file say, as far as that can be told.
  mutating func transcode(_ source: Span<UInt8>, appendingTo target: inout [UInt8]) {
    guard source.count > 0 else { return }
    var half = half
    var high = high
    let isBigEndian = isBigEndian
    // Three bytes for each unit, and for the surrogate that waited.
    target.append(addingCapacity: source.count / 2 * 3 + 6) { output in
      var position = 0
      if let first = half {
        let unit = UTF16Transcoder.unit(first, source[0], isBigEndian)
        UTF16Transcoder.take(unit, &high, &output)
        half = nil
        position = 1
      }
      while position + 1 < source.count {
        let unit = UTF16Transcoder.unit(source[position], source[position + 1], isBigEndian)
        position += 2
        if unit < 0x80, high == 0 {
          output.append(UInt8(truncatingIfNeeded: unit))
        } else {
          UTF16Transcoder.take(unit, &high, &output)
        }
      }
      if position < source.count { half = source[position] }
    }
    self.half = half
    self.high = high
  }

  /// Appends what waits at the end of the file for a byte that does not come.
  mutating func finish(appendingTo target: inout [UInt8]) {
    if high != 0 {
      target.append(addingCapacity: 3) { UTF16Transcoder.write(UInt32(high), &$0) }
      high = 0
    }
    if half != nil {
      target.append(0xFF)
      half = nil
    }
  }

  /// The bytes of the file that some bytes of whole characters were made of.
  ///
  /// - Complexity: O(*n*).
  static func width(_ bytes: Span<UInt8>) -> Int {
    var width = 0
    for index in bytes.indices {
      let byte = bytes[index]
      // A unit for each character, and one more for those beyond the first plane; 0xFF is a byte.
      width &+= byte & 0xC0 == 0x80 ? 0 : 2
      width &+= byte >= 0xF0 ? 2 : 0
      width &-= byte == 0xFF ? 3 : 0
    }
    return width
  }

  @inline(__always)
  private static func unit(_ first: UInt8, _ second: UInt8, _ isBigEndian: Bool) -> UInt16 {
    isBigEndian ? UInt16(first) << 8 | UInt16(second) : UInt16(second) << 8 | UInt16(first)
  }

  @inline(__always)
  private static func take(
    _ unit: UInt16, _ high: inout UInt16, _ output: inout OutputSpan<UInt8>
  ) {
    if high != 0 {
      let first = high
      high = 0
      if 0xDC00...0xDFFF ~= unit {
        write(0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(unit & 0x3FF)), &output)
        return
      }
      write(UInt32(first), &output)
    }
    if 0xD800...0xDBFF ~= unit { high = unit } else { write(UInt32(unit), &output) }
  }

  @inline(__always)
  private static func write(_ scalar: UInt32, _ output: inout OutputSpan<UInt8>) {
    if scalar < 0x80 {
      output.append(UInt8(truncatingIfNeeded: scalar))
      return
    }
    if scalar < 0x800 {
      output.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
    } else {
      if scalar < 0x10000 {
        output.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
      } else {
        output.append(0xF0 | UInt8(truncatingIfNeeded: scalar >> 18))
        output.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 12 & 63))
      }
      output.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6 & 63))
    }
    output.append(0x80 | UInt8(truncatingIfNeeded: scalar & 63))
  }
}
