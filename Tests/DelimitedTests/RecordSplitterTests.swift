import Delimited
import Foundation
import TestSupport
import Testing

@Suite struct RecordSplitterTests {
  private let bare = DelimitedFormat(hasHeader: false)

  private func read(
    _ text: String, _ format: DelimitedFormat, fieldCount: Int? = nil, blockSize: Int = 1 << 16
  ) throws -> Reading {
    try readAll(Array(text.utf8), format, fieldCount: fieldCount, blockSize: blockSize).reading
  }

  @Test(arguments: [1, 63, 64, 65, 1000, 1 << 16])
  func `records are counted by their line ends, whatever stands in quotes`(blockSize: Int) throws {
    var random = SeededGenerator(11)
    try withTemporaryFolder { folder in
      for count in [0, 1, 2, 500] {
        var text = "A,B\n"
        for number in 0..<count {
          let cell = (0..<Int.random(in: 0...90, using: &random)).map { _ in
            ["x", "\n", ",", "\"\"", "é"].randomElement(using: &random) ?? ""
          }.joined()
          text += "\(number),\"\(cell)\"\n"
        }
        let file = folder.appendingPathComponent("\(count).csv")
        try text.write(to: file, atomically: true, encoding: .utf8)
        var splitter = try RecordSplitter(
          path: file.path, format: DelimitedFormat(), blockSize: blockSize)
        var counted = 0
        while let chunk = try splitter.next() {
          counted += try #require(chunk.recordCount(quote: 34))
        }
        #expect(counted == count)
      }
    }
  }

  @Test func `one unclosed quote in the middle of a large file costs one record`() throws {
    var lines = (0..<60_000).map { "\($0),\"plain \($0)\",x" }
    lines[30_000] = "30000,\"never closed,x"
    let reading = try read(lines.joined(separator: "\n"), bare, fieldCount: 3)
    #expect(reading.records.count == 59_999)
    #expect(reading.refused.map(\.reason) == [.unclosedQuote])
    #expect(reading.refused.map(\.length) == [Int64(lines[30_000].utf8.count)])
  }

  @Test func `an unclosed quote before lines without quotes costs one record`() throws {
    var lines = (0..<60_000).map { "\($0),plain \($0),x" }
    lines[100] = "100,\"never closed,x"
    let reading = try read(
      lines.joined(separator: "\r\n"), DelimitedFormat(hasHeader: false), fieldCount: 3)
    #expect(reading.records.count == 59_999)
    #expect(reading.refused.map(\.reason) == [.unclosedQuote])
  }

  @Test func `unclosed quotes on every line are read in one pass`() throws {
    for line in ["a,\"b", "a\",\"b", "\"a\nb", "\"\n\"\"", "\",\"\n"] {
      let count = 40_000
      let text = String(repeating: line + "\n", count: count)
      let reading = try read(text, bare, fieldCount: 3)
      #expect(reading.records.count + reading.refused.count + reading.blankLines >= count / 2)
    }
  }

  @Test func `a record of several lines has the fields of the header, or is none`() throws {
    let reading = try read("A,B\n1,\"x\ny\"\n2,\"x\ny\",z,\n3,w\n", DelimitedFormat())
    #expect(reading.records.map(\.fields) == [["1", "x\ny"], ["3", "w"]])
    // The first line is taken for an unclosed quote; the second is read by itself.
    #expect(reading.refused.map(\.reason) == [.unclosedQuote, .ragged])
  }

  @Test func `a file that ends inside a quote loses the line of the quote`() throws {
    let reading = try read("1,a\n2,\"b\n3,c\n", bare, fieldCount: 2)
    #expect(reading.records.map(\.fields) == [["1", "a"], ["3", "c"]])
    #expect(reading.refused == [RefusedRecord(offset: 4, length: 4, reason: .unclosedQuote)])
  }

  @Test func `an overlong line is passed over, whatever the block size`() throws {
    let long = String(repeating: "x", count: 5000)
    for quote in [UInt8(ascii: "\""), nil] {
      let format = DelimitedFormat(quote: quote, hasHeader: false, maximumRecordBytes: 1000)
      for blockSize in [1, 100, 1000, 4096, 100_000] {
        let reading = try read(
          "1,a\r\n2,\(long)\r\n3,b\n4,\(long)", format, fieldCount: 2, blockSize: blockSize)
        #expect(reading.records.map(\.fields) == [["1", "a"], ["3", "b"]])
        #expect(
          reading.refused == [
            RefusedRecord(offset: 5, length: 5002, reason: .tooLong),
            RefusedRecord(offset: 5013, length: 5002, reason: .tooLong),
          ])
      }
    }
  }

  @Test func `a record may be as long as the maximum and no longer`() throws {
    let format = DelimitedFormat(hasHeader: false, maximumRecordBytes: 10)
    let reading = try read("1234567890\n12345678901\n\"1234\n789\"\n", format, fieldCount: 1)
    #expect(reading.records.map(\.fields) == [["1234567890"], ["1234\n789"]])
    #expect(reading.refused.map(\.reason) == [.tooLong])
  }

  @Test func `a carriage return alone is data, and blank lines are no records`() throws {
    let reading = try read("\n\r\na\rb,c\r\n\n\rd,e\r", bare, fieldCount: 2)
    #expect(reading.records.map(\.fields) == [["a\rb", "c"], ["\rd", "e"]])
    #expect(reading.blankLines == 3)
  }

  @Test func `quotes inside fields are data and counted`() throws {
    let reading = try read("12\" pipe,\"a \"b\" c\"\n1,2\n", bare, fieldCount: 2)
    #expect(reading.records.map(\.fields) == [["12\" pipe", "a \"b\" c"], ["1", "2"]])
    #expect(reading.strayQuotes == 3)
  }

  @Test(arguments: [[0x78, 0x22, 0x79], [0x78], [0x22, 0x78, 0x22]] as [[UInt8]])
  func `the end of a field and the start of the next make up no character`(start: [UInt8]) throws {
    // The first record makes the rest irregular; 0xC3 0xA9 would be a letter.
    let bytes = Array("a\"b,c\n".utf8) + start + [0xC3, 44, 0xA9, 10, 0xA9, 44, 0x64, 0xC3, 10]
    var splitter = try RecordSplitter(bytes: bytes, format: bare, fieldCount: 2)
    let chunk = try #require(try splitter.next())
    #expect(!chunk.isRegular)
    #expect(!Tokeniser(bare).tokenise(chunk).isValidUTF8)
  }

  @Test func `memory of former tokens changes nothing`() throws {
    var random = SeededGenerator(7)
    for encoding in DelimitedFormat.Encoding.allCases where !encoding.isUTF16 {
      let format = DelimitedFormat(encoding: encoding)
      let tokeniser = Tokeniser(format)
      var buffers = TokenBuffers()
      for faults in [0, 0, 3, 0, 20] {
        let bytes = random.file(records: 100, fields: 3, faults: faults)
        guard bytes.starts(with: Array("C0,C1,C2".utf8)) else { continue }
        var splitter = try RecordSplitter(bytes: bytes, format: format, blockSize: 700)
        var reading = Reading()
        while let chunk = try splitter.next() {
          let tokens = tokeniser.tokenise(chunk, reusing: &buffers)
          reading.add(tokens)
          buffers.reclaim(tokens)
        }
        #expect(reading == ReferenceReader(format: format, bytes: bytes).read().reading)
      }
    }
  }

  @Test func `other delimiters and quotes may be chosen`() throws {
    let format = DelimitedFormat(
      delimiter: UInt8(ascii: "\t"), quote: UInt8(ascii: "'"), hasHeader: false)
    let reading = try read("'a\t''b'\t\"c\"\n", format, fieldCount: 2)
    #expect(reading.records.map(\.fields) == [["a\t'b", "\"c\""]])
  }

  @Test func `the header is read in the encoding of the file`() throws {
    let latin = DelimitedFormat(delimiter: 59, encoding: .windows1252)
    let splitter = try RecordSplitter(bytes: [0xE9, 59, 34, 0x80, 34, 13, 10], format: latin)
    #expect(splitter.header == ["é", "€"])
    let marked = try RecordSplitter(
      bytes: Array("\u{FEFF}\n\"a\nb\",\"c\"\"\"".utf8), format: DelimitedFormat(), blockSize: 1)
    #expect(marked.header == ["a\nb", "c\""])
    #expect(marked.fieldCount == 2)
  }

  @Test func `a header that ends inside a quote is an error without any value`() throws {
    let error = #expect(throws: DelimitedError.self) {
      _ = try RecordSplitter(bytes: Array("A,\"SECRET".utf8), format: DelimitedFormat())
    }
    #expect(error?.code == .headerUnreadable)
    #expect(error?.description.contains("SECRET") == false)
  }

  @Test func `a file is read as its bytes are`() throws {
    try withTemporaryFolder { folder in
      var random = SeededGenerator(5)
      let bytes = random.file(records: 300, fields: 3, faults: 2)
      let place = folder.appendingPathComponent("data.csv")
      try Data(bytes).write(to: place)
      for blockSize in [1, 100, 1 << 16] {
        var reading = Reading()
        var splitter = try RecordSplitter(
          path: place.path, format: DelimitedFormat(), blockSize: blockSize)
        let tokeniser = Tokeniser(DelimitedFormat())
        while let chunk = try splitter.next() { reading.add(tokeniser.tokenise(chunk)) }
        #expect(reading == ReferenceReader(format: DelimitedFormat(), bytes: bytes).read().reading)
      }
      let error = #expect(throws: DelimitedError.self) {
        _ = try RecordSplitter(path: place.path + "x", format: DelimitedFormat())
      }
      #expect(error?.code == .fileUnreadable)
    }
  }

  @Test(arguments: [true, false])
  func `ten million random bytes are read to their end`(isText: Bool) throws {
    var random = SeededGenerator(99)
    let alphabet = Array("\"\",,\n\r;abcdefgh12".utf8)
    var bytes: [UInt8] = []
    let count = Effort.rounds(10_000_000)
    bytes.reserveCapacity(count)
    while bytes.count < count {
      var word = random.next()
      for _ in 0..<8 {
        let byte = UInt8(truncatingIfNeeded: word)
        bytes.append(isText ? alphabet[Int(byte) % alphabet.count] : byte)
        word >>= 8
      }
    }
    let format = DelimitedFormat(hasHeader: false)
    var splitter = try RecordSplitter(bytes: bytes, format: format, fieldCount: 2)
    var end: Int64 = 0
    var refused = 0
    var records = 0
    let tokeniser = Tokeniser(format)
    while let chunk = try splitter.next() {
      #expect(chunk.offset >= end)
      end = chunk.offset + Int64(chunk.bytes.count)
      let tokens = tokeniser.tokenise(chunk)
      records += tokens.count
      refused += tokens.refused.count
    }
    #expect(end == Int64(bytes.count))
    #expect(min(records, refused) > bytes.count / 10_000)
  }
}
