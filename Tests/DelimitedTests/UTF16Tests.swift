import Delimited
import Testing

@Suite struct UTF16Tests {
  private static let marks: [Bool: [UInt8]] = [false: [0xFF, 0xFE], true: [0xFE, 0xFF]]

  private func encoded(_ text: String, isBigEndian: Bool = false, isMarked: Bool = true) -> [UInt8]
  {
    let units = text.utf16.flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBigEndian ? pair : pair.reversed()
    }
    return (isMarked ? UTF16Tests.marks[isBigEndian] ?? [] : []) + units
  }

  @Test(arguments: [UInt64(1), 2, 3, 4], [false, true])
  func `any block size reads what the reference reads, at the same bytes`(
    seed: UInt64, isBigEndian: Bool
  ) throws {
    var random = SeededGenerator(seed + (isBigEndian ? 100 : 0))
    var refusals: Set<RefusedRecord.Reason> = []
    var records = 0
    for round in 0..<150 {
      let count = Int.random(in: 0...(round < 100 ? 40 : 300), using: &random)
      let isMarked = Bool.random(using: &random)
      let bytes =
        (isMarked ? UTF16Tests.marks[isBigEndian] ?? [] : [])
        + random.utf16File(count, isBigEndian: isBigEndian, isBroken: round % 3 == 0)
      let order: DelimitedFormat.Encoding = isBigEndian ? .utf16BigEndian : .utf16LittleEndian
      let format = DelimitedFormat(
        quote: round % 5 == 0 ? nil : 34, encoding: isMarked && round % 2 == 0 ? .utf16 : order,
        hasHeader: false, maximumRecordBytes: [20, 200, 2000].randomElement(using: &random) ?? 1)
      // A file that begins with the mark of the other order is refused.
      if bytes.starts(with: UTF16Tests.marks[!isBigEndian] ?? []) { continue }
      let fieldCount = Int.random(in: 1...3, using: &random)
      let expected = UTF16Reference(bytes, isBigEndian: isBigEndian)
        .read(format, fieldCount: fieldCount).reading
      refusals.formUnion(expected.refused.map(\.reason))
      records += expected.records.count
      for blockSize in [1, 2, 3, 5, 17, 64, 129, 1 << 16] {
        let found = try readAll(bytes, format, fieldCount: fieldCount, blockSize: blockSize)
        #expect(found.reading == expected, "seed \(seed), round \(round), block \(blockSize)")
      }
    }
    #expect(refusals.isSuperset(of: [.badEncoding, .ragged, .unclosedQuote]))
    #expect(records > 100)
  }

  @Test(arguments: [false, true])
  func `the byte order mark decides the order`(isBigEndian: Bool) throws {
    let bytes = encoded("É;B\r\n\"ĊਊĀ\n😀\";2\r\nx;\r\n", isBigEndian: isBigEndian)
    let format = DelimitedFormat(delimiter: 59, encoding: .utf16)
    let found = try readAll(bytes, format, blockSize: 7)
    #expect(found.header == ["É", "B"])
    #expect(found.reading.records.map(\.fields) == [["ĊਊĀ\n😀", "2"], ["x", ""]])
    // Bytes of the file: the mark, five units, and a record of two lines with a pair.
    #expect(found.reading.records.map(\.offset) == [12, 36])
    var splitter = try RecordSplitter(bytes: bytes, format: format)
    #expect(splitter.encoding == (isBigEndian ? .utf16BigEndian : .utf16LittleEndian))
    let chunk = try #require(try splitter.next())
    #expect(chunk.sourceByteCount == bytes.count)
  }

  @Test func `a file without a mark, or with the other one, is an error that says what to do`() {
    let bare = #expect(throws: DelimitedError.self) {
      _ = try RecordSplitter(
        bytes: encoded("A", isMarked: false), format: DelimitedFormat(encoding: .utf16))
    }
    #expect(bare?.code == .byteOrderUnclear)
    #expect(bare?.reason.contains("utf-16le or utf-16be") == true)
    let turned = #expect(throws: DelimitedError.self) {
      _ = try RecordSplitter(
        bytes: encoded("A", isBigEndian: true),
        format: DelimitedFormat(encoding: .utf16LittleEndian))
    }
    #expect(turned?.code == .byteOrderUnclear)
    #expect(turned?.reason.contains("utf-16be") == true)
  }

  @Test(arguments: [false, true])
  func `half a character refuses its record and no other`(hasStrayQuote: Bool) throws {
    let first = hasStrayQuote ? "a\"b,c" : "a,c"
    var bytes = encoded("\(first)\nd,e\n", isMarked: false)
    let start = Int64(bytes.count)
    bytes += [0x66, 0, 0x3D, 0xD8] + encoded(",g\nh,i\nj,k", isMarked: false) + [0x6C]
    let format = DelimitedFormat(encoding: .utf16LittleEndian, hasHeader: false)
    for blockSize in [1, 4, 1000] {
      let found = try readAll(bytes, format, fieldCount: 2, blockSize: blockSize).reading
      #expect(found.records.map(\.fields).dropFirst() == [["d", "e"], ["h", "i"]])
      #expect(
        found.refused == [
          RefusedRecord(offset: start, length: 8, reason: .badEncoding),
          RefusedRecord(offset: Int64(bytes.count) - 7, length: 7, reason: .badEncoding),
        ])
      #expect(found.strayQuotes == (hasStrayQuote ? 1 : 0))
    }
  }

  @Test func `a last byte alone is a record that is refused`() throws {
    let bytes = encoded("a\nb\n", isMarked: false) + [0x0A]
    let format = DelimitedFormat(encoding: .utf16LittleEndian, hasHeader: false)
    let found = try readAll(bytes, format, fieldCount: 1, blockSize: 3).reading
    #expect(found.records.map(\.fields) == [["a"], ["b"]])
    #expect(found.refused == [RefusedRecord(offset: 8, length: 1, reason: .badEncoding)])
  }

  @Test(arguments: [[], [0xFF, 0xFE]] as [[UInt8]])
  func `nothing but a mark is an empty file`(bytes: [UInt8]) throws {
    var splitter = try RecordSplitter(bytes: bytes, format: DelimitedFormat(encoding: .utf16))
    #expect(splitter.isEmpty == true)
    #expect(splitter.header == [])
    #expect(try splitter.next() == nil)
  }
}
