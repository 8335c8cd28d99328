import Delimited
import Foundation
import Gzip
import TestSupport
import Testing

@Suite struct GzipFileTests {
  private func member(_ bytes: [UInt8]) -> [UInt8] {
    var deflater = Deflater()
    var output: [UInt8] = []
    deflater.deflate(bytes.span, isLast: true, appendingTo: &output)
    return output
  }

  private func read(_ url: URL, _ format: DelimitedFormat, blockSize: Int = 1 << 16) throws
    -> Reading
  {
    var splitter = try RecordSplitter(path: url.path, format: format, blockSize: blockSize)
    let tokeniser = Tokeniser(format)
    var reading = Reading()
    while let chunk = try splitter.next() { reading.add(tokeniser.tokenise(chunk)) }
    return reading
  }

  @Test(arguments: [UInt64(1), 2])
  func `a compressed file is read as its text is, in any blocks and members`(seed: UInt64) throws {
    try withTemporaryFolder { folder in
      var random = SeededGenerator(seed)
      let text = random.file(records: 3000, fields: 3, faults: seed == 1 ? 0 : 2)
      let format = DelimitedFormat()
      let expected = try readAll(text, format, blockSize: 1 << 16).reading
      #expect(expected.records.count > 100)
      let cut = text.count / 3
      let files = [
        "one.csv.gz": member(text),
        "two.csv": member(Array(text[..<cut])) + member(Array(text[cut...])),
        "empty-members.csv": member([]) + member(text) + member([]),
        "padded.csv": member(text) + [0, 0, 0, 0, 0],
      ]
      for (name, bytes) in files {
        let url = folder.appendingPathComponent(name)
        try Data(bytes).write(to: url)
        for blockSize in [7, 1000, 1 << 20] {
          #expect(try read(url, format, blockSize: blockSize) == expected, "\(name), \(blockSize)")
        }
      }
    }
  }

  @Test func `compressed UTF-16 is read, and places are bytes of the text`() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("data.csv")
      let text = "A;B\n😀;é\nx;\"y\nz\"\n"
      let units = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      try Data(member([0xFF, 0xFE] + units)).write(to: url)
      let format = DelimitedFormat(delimiter: 59, encoding: .utf16)
      let reading = try read(url, format, blockSize: 3)
      #expect(reading.records.map(\.fields) == [["😀", "é"], ["x", "y\nz"]])
      #expect(reading.records.map(\.offset) == [10, 20])
      let lines = try FileLines.numbers(
        of: [10, 20], path: url.path, encoding: .utf16LittleEndian)
      #expect(lines == [10: 2, 20: 3])
      #expect(
        try FileLines.first(ofRecordAt: 20, path: url.path, encoding: .utf16LittleEndian)
          == "x;\"y")
    }
  }

  @Test func `a file that is cut off or damaged is an error that names it and no value`() throws {
    try withTemporaryFolder { folder in
      let text =
        Array("A,B\n".utf8) + Array(repeating: Array("SECRET,1\n".utf8), count: 5000).joined()
      let packed = member(text)
      var wrongSum = packed
      wrongSum[packed.count - 6] ^= 1
      let damages = [
        Array(packed.dropLast(1)), Array(packed.dropLast(9)),
        Array(packed.prefix(packed.count / 2)),
        Array(packed.prefix(5)), wrongSum, packed + [1, 2, 3], packed + packed.prefix(20),
        packed + [0, 0, 0x1F],
      ]
      for (number, bytes) in damages.enumerated() {
        let url = folder.appendingPathComponent("damaged-\(number).csv.gz")
        try Data(bytes).write(to: url)
        let error = #expect(throws: DelimitedError.self) { try read(url, DelimitedFormat()) }
        #expect(error?.code == .fileDamaged)
        #expect(error?.description.contains("damaged-\(number).csv.gz") == true)
        #expect(error?.description.contains("SECRET") == false)
      }
      let plain = folder.appendingPathComponent("plain.csv.gz")
      try Data(text).write(to: plain)
      let error = #expect(throws: DelimitedError.self) { try read(plain, DelimitedFormat()) }
      #expect(error?.code == .fileDamaged)
    }
  }

  @Test func `a bomb is decompressed no further than a block and a record`() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("bomb.csv")
      var bytes = member(Array("A\n1\n".utf8))
      let zeros = member([UInt8](repeating: 48, count: 8 << 20))
      for _ in 0..<8 { bytes += zeros }
      try Data(bytes + member(Array("\n2\n".utf8))).write(to: url)
      let format = DelimitedFormat(maximumRecordBytes: 1000)
      var splitter = try RecordSplitter(path: url.path, format: format, blockSize: 4096)
      var largest = 0
      var source = 0
      var reading = Reading()
      while let chunk = try splitter.next() {
        largest = max(largest, chunk.bytes.count)
        source += chunk.sourceByteCount
        reading.add(Tokeniser(format).tokenise(chunk))
      }
      #expect(largest <= 3 * 4096)
      #expect(source <= bytes.count + 100)
      #expect(reading.records.map(\.fields) == [["1"], ["2"]])
      #expect(reading.refused.map(\.reason) == [.tooLong])
      #expect(reading.refused.map(\.length) == [8 * 8 << 20])
    }
  }

  @Test func `an empty text is an empty file`() throws {
    try withTemporaryFolder { folder in
      for (name, bytes) in [("packed.csv.gz", member([])), ("plain.csv.gz", [])] {
        let url = folder.appendingPathComponent(name)
        try Data(bytes).write(to: url)
        let splitter = try RecordSplitter(path: url.path, format: DelimitedFormat())
        #expect(splitter.isEmpty == true)
      }
    }
  }
}
