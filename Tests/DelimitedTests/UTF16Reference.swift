import Delimited

/// Text in UTF-16 with, for each byte that it has in UTF-8, the byte of the file it comes from:
/// written to be obviously right and nothing else.
struct UTF16Reference {
  /// The text in UTF-8; half of a pair or of a unit as bytes that are none.
  private(set) var bytes: [UInt8] = []
  /// The place in the file of each of those bytes, and of the end.
  private(set) var places: [Int] = []

  init(_ file: [UInt8], isBigEndian: Bool) {
    var position = file.starts(with: isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]) ? 2 : 0
    func unit(_ place: Int) -> UInt16? {
      guard place + 1 < file.count else { return nil }
      let (first, second) = (UInt16(file[place]), UInt16(file[place + 1]))
      return isBigEndian ? first << 8 + second : second << 8 + first
    }
    while position < file.count {
      let start = position
      if let first = unit(position) {
        position += 2
        var units = [first]
        if UTF16.isLeadSurrogate(first), let second = unit(position),
          UTF16.isTrailSurrogate(second)
        {
          units.append(second)
          position += 2
        }
        if units.count == 1, UTF16.isSurrogate(first) {
          bytes += [0xED, 0xA0, 0x80]
        } else {
          bytes += Array(String(decoding: units, as: UTF16.self).utf8)
        }
      } else {
        position += 1
        bytes.append(0xFF)
      }
      places += Array(repeating: start, count: bytes.count - places.count)
    }
    places.append(file.count)
  }

  /// The records of the file by the law of records, which is told in UTF-8.
  func read(_ format: DelimitedFormat, fieldCount: Int?) -> (header: [String]?, reading: Reading) {
    let reader = ReferenceReader(format: format, bytes: bytes)
    let plain = reader.read(fieldCount: fieldCount)
    var reading = plain.reading
    reading.records = []
    func refusal(_ start: Int, _ end: Int, _ reason: RefusedRecord.Reason) -> RefusedRecord {
      RefusedRecord(
        offset: Int64(places[start]), length: Int64(places[end] - places[start]), reason: reason)
    }
    reading.refused = plain.reading.refused.map {
      refusal(Int($0.offset), Int($0.offset + $0.length), $0.reason)
    }
    for record in plain.reading.records {
      let start = Int(record.offset)
      let end = reader.record(at: start).end
      if String(validating: bytes[start..<end], as: UTF8.self) == nil {
        reading.refused.append(refusal(start, end, .badEncoding))
      } else {
        reading.records.append(
          Reading.Record(offset: Int64(places[start]), fields: record.fields))
      }
    }
    reading.refused.sort { $0.offset < $1.offset }
    return (plain.header, reading)
  }
}

extension SeededGenerator {
  /// A file in UTF-16 in which special characters are frequent, such as those with the byte of a
  /// line feed in them, and, if asked for, halves of characters.
  mutating func utf16File(_ count: Int, isBigEndian: Bool, isBroken: Bool) -> [UInt8] {
    let alphabet: [UInt16] = [
      34, 34, 44, 44, 10, 13, 10, 97, 98, 0xE9, 0x20AC, 0x0A0A, 0x2C22, 0x0D2C, 0x010A, 0xFEFF,
    ]
    var units: [UInt16] = []
    while units.count < count {
      switch Int.random(in: 0..<20, using: &self) {
      case 0: units += Array("😀".utf16)
      case 1 where isBroken: units.append(.random(in: 0xD800...0xDFFF, using: &self))
      default: units.append(alphabet[Int.random(in: alphabet.indices, using: &self)])
      }
    }
    return file(units, isBigEndian: isBigEndian, isBroken: isBroken)
  }

  private mutating func file(
    _ units: [UInt16], isBigEndian: Bool, isBroken: Bool
  ) -> [UInt8] {
    var bytes = units.flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBigEndian ? pair : pair.reversed()
    }
    if isBroken, Bool.random(using: &self) { bytes.append(.random(in: 0...255, using: &self)) }
    return bytes
  }
}
