import Delimited

/// What a reader makes of a file, in a form that can be compared.
struct Reading: Equatable {
  struct Record: Equatable {
    var offset: Int64
    var fields: [String]
  }

  var records: [Record] = []
  var refused: [RefusedRecord] = []
  var blankLines = 0
  var strayQuotes = 0
}

/// The law of records, written to be obviously right and nothing else.
struct ReferenceReader {
  let format: DelimitedFormat
  let bytes: [UInt8]

  /// One record as it stands, before any rule is applied to it.
  struct Raw {
    var fields: [[UInt8]] = []
    var end = 0
    var next = 0
    var strayQuotes = 0
    var isClosed = true
  }

  func read(fieldCount given: Int? = nil) -> (header: [String]?, reading: Reading) {
    var reading = Reading()
    var header: [String]?
    var expected = given
    var position = format.encoding == .utf8 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while position < bytes.count {
      let raw = record(at: position)
      if raw.end == position {
        reading.blankLines += 1
        position = raw.next
        continue
      }
      let line = firstLine(at: position)
      if format.hasHeader, header == nil {
        header = raw.fields.map { text($0) }
        expected = raw.fields.count
        position = raw.next
        continue
      }
      let spansLines = raw.next > line.next
      let isBroken =
        raw.strayQuotes > 0 || !raw.isClosed || raw.fields.count != expected
        || lineFeed(raw) - position > format.maximumRecordBytes
      if line.feed - position > format.maximumRecordBytes {
        refuse(&reading, position, line.end, .tooLong)
        position = line.next
      } else if !raw.isClosed || spansLines && isBroken {
        refuse(&reading, position, line.end, .unclosedQuote)
        position = line.next
      } else {
        reading.strayQuotes += raw.strayQuotes
        if raw.fields.count == expected {
          reading.records.append(
            Reading.Record(offset: Int64(position), fields: raw.fields.map { text($0) }))
        } else {
          refuse(&reading, position, raw.end, .ragged)
        }
        position = raw.next
      }
    }
    return (header, reading)
  }

  private func refuse(
    _ reading: inout Reading, _ start: Int, _ end: Int, _ reason: RefusedRecord.Reason
  ) {
    reading.refused.append(
      RefusedRecord(offset: Int64(start), length: Int64(end - start), reason: reason))
  }

  private func text(_ field: [UInt8]) -> String {
    guard let characters = format.encoding.characters else {
      return String(decoding: field, as: UTF8.self)
    }
    var decoded: [UInt8] = []
    _ = characters.decode(field.span, appendingTo: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  private func byte(_ position: Int) -> UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  /// Whether a line ends here: at a line feed, a carriage return with one, or the end of the file.
  private func isLineEnd(_ position: Int) -> Bool {
    switch byte(position) {
    case nil, 10: true
    case 13: position + 1 == bytes.count || byte(position + 1) == 10
    default: false
    }
  }

  /// The line feed, or the end of the file, that ends a record.
  private func lineFeed(_ raw: Raw) -> Int {
    raw.next > raw.end && bytes[raw.next - 1] == 10 ? raw.next - 1 : raw.next
  }

  private func firstLine(at start: Int) -> (end: Int, feed: Int, next: Int) {
    let feed = bytes[start...].firstIndex(of: 10) ?? bytes.count
    let end = feed > start && bytes[feed - 1] == 13 ? feed - 1 : feed
    return (end, feed, min(feed + 1, bytes.count))
  }

  func record(at start: Int) -> Raw {
    var raw = Raw()
    var position = start
    while true {
      var field: [UInt8] = []
      var isQuoted = false
      if let quote = format.quote, byte(position) == quote {
        isQuoted = true
        position += 1
        while true {
          guard let next = byte(position) else {
            raw.isClosed = false
            break
          }
          position += 1
          if next != quote {
            field.append(next)
          } else if byte(position) == quote {
            field.append(quote)
            position += 1
          } else if byte(position) == format.delimiter || isLineEnd(position) {
            break
          } else {
            field.append(quote)
            raw.strayQuotes += 1
          }
        }
      }
      while !isQuoted, !isLineEnd(position), let next = byte(position), next != format.delimiter {
        if next == format.quote { raw.strayQuotes += 1 }
        field.append(next)
        position += 1
      }
      raw.fields.append(field)
      if byte(position) == format.delimiter {
        position += 1
        continue
      }
      raw.end = position
      if byte(position) == 13 { position += 1 }
      if byte(position) == 10 { position += 1 }
      raw.next = position
      return raw
    }
  }
}

/// Reads bytes the way the product does.
func readAll(
  _ bytes: [UInt8], _ format: DelimitedFormat, fieldCount: Int? = nil, blockSize: Int
) throws -> (header: [String]?, reading: Reading, sawIrregular: Bool) {
  var splitter = try RecordSplitter(
    bytes: bytes, format: format, fieldCount: fieldCount, blockSize: blockSize)
  let tokeniser = Tokeniser(format)
  var reading = Reading()
  var sawIrregular = false
  while let chunk = try splitter.next() {
    if !chunk.isRegular { sawIrregular = true }
    reading.add(tokeniser.tokenise(chunk))
  }
  return (splitter.header, reading, sawIrregular)
}

extension Reading {
  mutating func add(_ tokens: Tokens) {
    for record in 0..<tokens.count {
      records.append(
        Record(
          offset: tokens.offsets[record],
          fields: (0..<tokens.fieldCount).map { tokens[record, $0] }))
    }
    refused.append(contentsOf: tokens.refused)
    blankLines += tokens.blankLines
    strayQuotes += tokens.strayQuotes
  }
}
