import Columnar

/// Builds a text column from bytes.
struct TextWriter {
  private(set) var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  init(count: Int, bytes byteCount: Int = 0) {
    ends.reserveCapacity(count)
    bytes.reserveCapacity(byteCount)
  }

  @inline(__always)
  mutating func append(_ source: [UInt8], _ range: Range<Int>) {
    bytes.append(contentsOf: source[range])
  }

  @inline(__always)
  mutating func append(_ source: [UInt8]) { bytes.append(contentsOf: source) }

  @inline(__always)
  mutating func append(byte: UInt8) { bytes.append(byte) }

  /// Ends the text of a row.
  @inline(__always)
  mutating func close() { ends.append(UInt32(bytes.count)) }

  /// A number with at least as many digits as asked for, up to 19.
  mutating func append(digits value: UInt64, width: Int = 1) {
    var digits: [20 of UInt8] = .init(repeating: 0)
    var rest = value
    var count = 0
    repeat {
      digits[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      count += 1
    } while rest > 0 || count < width
    while count > 0 {
      count -= 1
      bytes.append(digits[count])
    }
  }

  /// A decimal with all digits of its scale.
  mutating func append(decimal value: Int64, scale: Int) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    guard scale > 0 else { return append(digits: value.magnitude) }
    let power = UInt64(PowersOfTen.narrow[scale])
    append(digits: value.magnitude / power)
    bytes.append(UInt8(ascii: "."))
    append(digits: value.magnitude % power, width: scale)
  }

  var values: Column.Values { .text(TextArray(bytes: bytes, ends: ends)) }
}

extension KernelFrame {
  /// A part of the first operand's text for each row, by the bytes within it.
  @inline(__always)
  func slices(_ body: (Span<UInt8>, Int) -> Range<Int>) -> Column.Values {
    let texts = operands[0].column.texts
    let stride = operands[0].stride
    let bytes = texts.bytes
    var writer = TextWriter(count: count, bytes: bytes.count)
    for row in 0..<count {
      let range = texts.range(row &* stride)
      let part = body(texts.span(row &* stride), row)
      writer.append(
        bytes, range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound)
      writer.close()
    }
    return writer.values
  }

  /// A text for each row from a lane of the first operand.
  @inline(__always)
  func writeLanes(_ body: (inout TextWriter, Int64) -> Void) -> Column.Values {
    let values = lanes(0)
    let source = values.span
    var writer = TextWriter(count: count, bytes: count * 10)
    for row in 0..<count {
      body(&writer, source[row])
      writer.close()
    }
    return writer.values
  }
}
