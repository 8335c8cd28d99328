import Delimited

/// Reads bytes as a delimited file: whatever the block size, the records are those of the reference
/// reader, and where the structural tokeniser applies, libcsv cuts the same fields.
enum DelimitedFuzzer {
  private static let blockSizes = [1, 7, 64 << 10]

  static func run(_ input: [UInt8]) {
    guard input.count >= 2 else { return }
    let (switches, size) = (input[0], input[1])
    let bytes = Array(input[2...])
    let format = DelimitedFormat(
      delimiter: switches & 1 == 0 ? UInt8(ascii: ",") : UInt8(ascii: ";"),
      quote: switches & 6 == 6 ? nil : UInt8(ascii: "\""),
      encoding: switches & 8 == 0 ? .utf8 : .windows1252,
      hasHeader: switches & 16 != 0,
      maximumRecordBytes: size >= 128 ? 1 << 20 : Int(size) + 1)
    let fieldCount = format.hasHeader ? nil : Int(switches >> 5) + 1

    let readings = blockSizes.map { Outcome(bytes, format, fieldCount, blockSize: $0) }
    for reading in readings {
      precondition(reading == readings[0], "the block size changes what is read")
    }
    compareTokenisers(bytes, format, fieldCount)
    // The reference has no rule for a header that is damaged.
    guard !format.hasHeader else { return }
    let expected = ReferenceReader(format: format, bytes: bytes).read(fieldCount: fieldCount)
    precondition(readings[0].reading == expected.reading, "not what a sequential reading gives")
  }

  private struct Outcome: Equatable {
    var header: [String]?
    var reading = Reading()
    var sawIrregular = false
    var error: String?

    init(_ bytes: [UInt8], _ format: DelimitedFormat, _ fieldCount: Int?, blockSize: Int) {
      do {
        (header, reading, sawIrregular) = try readAll(
          bytes, format, fieldCount: fieldCount, blockSize: blockSize)
      } catch {
        self.error = "\(error)"
      }
    }
  }

  private static func compareTokenisers(
    _ bytes: [UInt8], _ format: DelimitedFormat, _ fieldCount: Int?
  ) {
    let tokeniser = Tokeniser(format)
    guard format.quote != nil,
      var splitter = try? RecordSplitter(bytes: bytes, format: format, fieldCount: fieldCount)
    else { return }
    while let chunk = try? splitter.next() {
      guard chunk.isRegular else { continue }
      let structural = tokeniser.tokenise(chunk)
      let reference = ReferenceReader(format: format, bytes: chunk.bytes)
      let records = structural.offsets.map { offset in
        let start = Int(offset - chunk.offset)
        return UInt32(start)..<UInt32(reference.record(at: start).end)
      }
      let sequential = tokeniser.tokenise(
        Chunk(
          bytes: chunk.bytes, offset: chunk.offset, fieldCount: chunk.fieldCount,
          isRegular: false, records: records))
      var (left, right) = (Reading(), Reading())
      left.add(structural)
      right.add(sequential)
      precondition(left.records == right.records, "the two tokenisers cut different fields")
    }
  }
}
