import Delimited

/// Feeds bytes, in a format and in blocks that the first bytes choose, to the structural reading and
/// to libcsv by itself, and stops when they disagree on anything that the structural reading accepts.
enum DifferentialFuzzer {
  private static let delimiters: [UInt8] = [44, 59, 9, 124]

  static func run(_ input: [UInt8]) {
    guard input.count >= 3 else { return }
    let (switches, size, block) = (input[0], input[1], input[2])
    let encodings = DelimitedFormat.Encoding.allCases
    let format = DelimitedFormat(
      delimiter: delimiters[Int(switches & 3)], quote: switches & 4 == 0 ? 34 : 39,
      encoding: encodings[Int(switches >> 3 & 7) % encodings.count],
      hasHeader: switches & 64 != 0,
      maximumRecordBytes: size >= 128 ? 1 << 20 : Int(size) + 1)
    // Every third block is larger than what libFuzzer feeds.
    let blockSize = block % 3 == 0 ? 64 << 10 : Int(block) + 1
    let difference = try? Difference(
      Array(input[3...]), format,
      fieldCount: format.hasHeader ? nil : Int(switches >> 7) + 1 + Int(size & 3),
      blockSize: blockSize)
    if let complaint = difference?.complaint { preconditionFailure(complaint) }
  }
}
