import Delimited
import Foundation
import TestSupport
import Testing

@Suite struct FileLinesTests {
  /// The encoding, and a text as a file in it.
  static let files: [(encoding: DelimitedFormat.Encoding, bytes: [UInt8], offset: Int64)] = {
    let text = "Ċ ਊ;1\né;\"a\nb\"\nœuvre;3\n"
    let units = Array(text.utf16)
    let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let latin: [UInt8] = Array("AA;1\n".utf8) + [0xE9] + Array(";\"a\nb\"\n".utf8)
    return [
      (.utf8, Array(text.utf8), 18), (.utf16LittleEndian, little, 28),
      (.utf16BigEndian, big, 28), (.windows1252, latin + [0x9C] + Array("uvre;3\n".utf8), 13),
      (.iso885915, latin + [0xBD] + Array("uvre;3\n".utf8), 13),
    ]
  }()

  @Test(arguments: files.indices)
  func `a record is found again by its place`(index: Int) throws {
    let (encoding, bytes, offset) = FileLinesTests.files[index]
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("data.csv").path
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let format = DelimitedFormat(delimiter: 59, encoding: encoding, hasHeader: false)
      let reading = try readAll(bytes, format, fieldCount: 2, blockSize: 5).reading
      #expect(reading.records.last?.offset == offset)
      #expect(reading.records.last?.fields == ["œuvre", "3"])
      #expect(
        try FileLines.first(ofRecordAt: offset, path: path, encoding: encoding) == "œuvre;3")
      let offsets = reading.records.map(\.offset) + [Int64(bytes.count)]
      let lines = try FileLines.numbers(of: offsets, path: path, encoding: encoding)
      #expect(offsets.map { lines[$0] } == [1, 2, 4, 5])
      for (line, offset) in [(1, offsets[0]), (2, offsets[1]), (4, offsets[2])] {
        #expect(try FileLines.offset(ofLine: line, path: path, encoding: encoding) == offset)
      }
      #expect(try FileLines.offset(ofLine: 5, path: path, encoding: encoding) == nil)
      #expect(
        try FileLines.first(
          ofRecordAt: Int64(bytes.count), path: path, encoding: encoding) == nil)
    }
  }
}
