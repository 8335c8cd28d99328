import Columnar

/// Values of vocabulary files, read from bytes.
enum AthenaValue {
  /// A whole number from 0 to 2^31 − 1 in decimal digits, or `nil`.
  @inline(__always)
  static func id(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
    if range.count <= 8 { return ByteWords.decimal(bytes, range) }
    guard range.count <= 10 else { return nil }
    var value: UInt64 = 0
    for index in range {
      let digit = bytes[index] &- 48
      guard digit < 10 else { return nil }
      value = value &* 10 &+ UInt64(digit)
    }
    return value <= UInt64(Int32.max) ? UInt32(value) : nil
  }

  /// A number that is not below 0, written in decimal digits with a point or in powers of ten, or
  /// `nil`.
  static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
    guard range.count <= 32 else { return nil }
    var text: [UInt8] = []
    for index in range {
      let byte = bytes[index]
      guard
        byte &- 48 < 10
          || [
            UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
            UInt8(ascii: "-"), UInt8(ascii: "+"),
          ].contains(byte)
      else { return nil }
      text.append(byte)
    }
    guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite, value >= 0
    else { return nil }
    return value
  }

  /// Days since 1970-01-01 of a date written yyyyMMdd or yyyy-MM-dd, or `nil`.
  static func date(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int32? {
    let start = range.lowerBound
    let dashed = range.count == 10
    guard dashed || range.count == 8 else { return nil }
    let dash = UInt8(ascii: "-")
    if dashed && (bytes[start + 4] != dash || bytes[start + 7] != dash) { return nil }
    let monthStart = start + (dashed ? 5 : 4)
    let dayStart = start + (dashed ? 8 : 6)
    guard let year = id(bytes, start..<start + 4),
      let month = id(bytes, monthStart..<monthStart + 2),
      let day = id(bytes, dayStart..<dayStart + 2)
    else { return nil }
    guard CivilCalendar.isDate(year: Int64(year), month: Int64(month), day: Int64(day)) else {
      return nil
    }
    return Int32(CivilCalendar.days(year: Int64(year), month: Int64(month), day: Int64(day)))
  }
}
