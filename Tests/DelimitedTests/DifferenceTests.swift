import Delimited
import TestSupport
import Testing

/// The structural reading gives what libcsv gives, on everything that it accepts.
@Suite struct DifferenceTests {
  private func format(_ random: inout SeededGenerator) -> DelimitedFormat {
    DelimitedFormat(
      delimiter: [44, 44, 59, 9].randomElement(using: &random) ?? 44,
      quote: [34, 34, 34, 39].randomElement(using: &random) ?? 34,
      encoding: DelimitedFormat.Encoding.allCases.randomElement(using: &random) ?? .utf8,
      hasHeader: Bool.random(using: &random),
      maximumRecordBytes: [30, 500, 1 << 20].randomElement(using: &random) ?? 500)
  }

  /// A file in which most records are whole and some bytes are wrong.
  private func file(_ format: DelimitedFormat, _ random: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes = random.dirtyBytes(Int.random(in: 0...60, using: &random))
    case 1:
      bytes = random.file(records: Int.random(in: 0..<8, using: &random), fields: 2, faults: 4)
    default:
      bytes = random.file(records: Int.random(in: 0..<8, using: &random), fields: 3, faults: 0)
    }
    let quote = format.quote ?? 34
    bytes = bytes.map { $0 == 44 ? format.delimiter : $0 == 34 ? quote : $0 }
    guard format.encoding.isUTF16 else { return bytes }
    let isBigEndian = format.encoding == .utf16BigEndian
    var units = Array(String(decoding: bytes, as: UTF8.self).utf16)
    if !units.isEmpty, Int.random(in: 0..<10, using: &random) == 0 {
      units[Int.random(in: units.indices, using: &random)] = 0xD83D
    }
    let mark: [UInt16] = format.encoding == .utf16 ? [0xFEFF] : []
    return (mark + units).flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBigEndian ? pair : pair.reversed()
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `twenty thousand small files are cut as libcsv cuts them`(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    var agreed = 0
    var damaged = 0
    let rounds = Effort.rounds(5000)
    for round in 0..<rounds {
      let format = format(&random)
      let bytes = file(format, &random)
      let blockSize = [1, 3, 16, 64, 65, 200, 1 << 16].randomElement(using: &random) ?? 1
      let fieldCount = format.hasHeader ? nil : Int.random(in: 1...3, using: &random)
      do {
        let difference = try Difference(
          bytes, format, fieldCount: fieldCount, blockSize: blockSize)
        #expect(difference.complaint == nil, "seed \(seed), round \(round)")
        agreed += difference.agreed
      } catch is DelimitedError {
        // A header that cannot be read.
        damaged += 1
      }
    }
    // Nothing was compared in vain.
    #expect(agreed > rounds)
    #expect(damaged < rounds / 5)
  }

  @Test(arguments: [
    ("a,b\r\n\"c\r\nd\",e\r\n", 2), ("a\rb,\"c\"\"d\"\n\n\n\"\",\"\"", 2), ("\"a\"\r", 1),
    ("\n\r\na\r\n", 1), ("a,b,c\nd\n\"e\",f\n", 1),
  ])
  func `known texts are compared record by record`(text: String, agreed: Int) throws {
    let difference = try Difference(
      Array(text.utf8), DelimitedFormat(hasHeader: false),
      fieldCount: text.hasPrefix("a,") || text.hasPrefix("a\rb,") ? 2 : 1, blockSize: 5)
    #expect(difference.complaint == nil)
    #expect(difference.agreed == agreed)
  }
}
