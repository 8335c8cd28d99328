import Delimited
import Testing

/// The law of records: those of a sequential reading, whatever the block size.
@Suite struct RecordLawTests {
  private static let blockSizes = [1, 2, 3, 5, 17, 63, 64, 65, 100, 127, 128, 129, 256, 1 << 16]

  private func compare(
    _ bytes: [UInt8], _ format: DelimitedFormat, fieldCount: Int? = nil,
    blockSizes: [Int] = RecordLawTests.blockSizes
  ) throws {
    let expected = ReferenceReader(format: format, bytes: bytes).read(fieldCount: fieldCount)
    var paths: Set<Bool> = []
    for blockSize in blockSizes {
      let found = try readAll(bytes, format, fieldCount: fieldCount, blockSize: blockSize)
      paths.insert(found.sawIrregular)
      guard found.reading != expected.reading || found.header != expected.header else { continue }
      Issue.record(
        "block size \(blockSize): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
      return
    }
    #expect(paths.count == 1, "the same path whatever the block size")
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `dirty bytes are read as the reference reads them`(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    for round in 0..<250 {
      let bytes = random.dirtyBytes(Int.random(in: 0...(round < 150 ? 40 : 400), using: &random))
      let format = DelimitedFormat(
        hasHeader: false, maximumRecordBytes: [5, 30, 100, 1000].randomElement(using: &random) ?? 1)
      try compare(bytes, format, fieldCount: Int.random(in: 1...4, using: &random))
    }
  }

  @Test(arguments: [UInt64(11), 12, 13, 14])
  func `damaged files are read as the reference reads them`(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    for round in 0..<60 {
      let bytes = random.file(
        records: Int.random(in: 0..<60, using: &random), fields: 1 + round % 5,
        faults: round % 4 == 0 ? 0 : round % 20)
      let format = DelimitedFormat(
        maximumRecordBytes: [40, 120, 4000].randomElement(using: &random) ?? 1)
      // A damaged header has a test of its own.
      guard bytes.first == UInt8(ascii: "C"), !bytes.prefix(20).contains(34) else { continue }
      try compare(bytes, format)
    }
  }

  @Test(arguments: [UInt64(21), 22])
  func `without quoting every line is a record`(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    for _ in 0..<200 {
      let bytes = random.dirtyBytes(Int.random(in: 0...300, using: &random))
      let format = DelimitedFormat(
        quote: nil, hasHeader: false,
        maximumRecordBytes: [3, 20, 1000].randomElement(using: &random) ?? 1)
      try compare(bytes, format, fieldCount: Int.random(in: 1...3, using: &random))
    }
  }

  @Test(arguments: [
    "\"b\"c,d\n", "\"b\"\rc,d\n", "b\"c,d\n", "\"b\"\"c\",d\n", "b\r\"c\",d\n", "\"b\"\r",
    "\"b\",\"\nc\"", "\"b\r\nc\",\"d\"\r\n", "\"b\nc\"\r\n", "\"b\",\"c\nd,e\n", "\"b\"\",d\n",
  ])
  func `a quote is judged alike at every place of a word`(tail: String) throws {
    let format = DelimitedFormat(hasHeader: false, maximumRecordBytes: 200)
    for padding in 0..<140 {
      let text = "1," + String(repeating: "x", count: padding) + "\n" + tail + "2,y\n3,\"z\"\n"
      try compare(Array(text.utf8), format, fieldCount: 2, blockSizes: [1, 64, 1000])
    }
  }

  @Test func `every short text of special bytes is read as the reference reads it`() throws {
    let alphabet = Array("\",\n\ra".utf8)
    let format = DelimitedFormat(hasHeader: false, maximumRecordBytes: 4)
    for length in 0...6 {
      var digits = [Int](repeating: 0, count: length)
      var isDone = false
      while !isDone {
        try compare(digits.map { alphabet[$0] }, format, fieldCount: 2, blockSizes: [1, 3, 100])
        isDone = true
        for place in digits.indices where isDone {
          digits[place] = (digits[place] + 1) % alphabet.count
          isDone = digits[place] == 0
        }
      }
    }
  }

  @Test(arguments: [UInt64(31), 32, 33, 34, 35])
  func `both tokenisers cut regular chunks into the same fields`(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let encodings: [UInt64: DelimitedFormat.Encoding] = [
      33: .windows1252, 34: .iso88591, 35: .iso885915,
    ]
    let format = DelimitedFormat(encoding: encodings[seed] ?? .utf8)
    let tokeniser = Tokeniser(format)
    var compared = 0
    for _ in 0..<40 {
      let bytes = random.file(records: 40, fields: 4, faults: 0)
      var splitter = try RecordSplitter(bytes: bytes, format: format, blockSize: 300)
      while let chunk = try splitter.next() {
        #expect(chunk.isRegular)
        let structural = tokeniser.tokenise(chunk)
        // The same records, cut by the reference and handed to libcsv.
        let records = structural.offsets.map { offset in
          let reference = ReferenceReader(format: format, bytes: chunk.bytes)
          let start = Int(offset - chunk.offset)
          return UInt32(start)..<UInt32(reference.end(ofRecordAt: start))
        }
        let sequential = tokeniser.tokenise(
          Chunk(
            bytes: chunk.bytes, offset: chunk.offset, fieldCount: chunk.fieldCount,
            isRegular: false, records: records))
        var left = Reading()
        left.add(structural)
        var right = Reading()
        right.add(sequential)
        #expect(left.records == right.records)
        compared += left.records.count
      }
    }
    #expect(compared == 1600)
  }
}

extension ReferenceReader {
  func end(ofRecordAt start: Int) -> Int { record(at: start).end }
}
