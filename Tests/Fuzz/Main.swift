import CFuzzer
import Foundation

/// Feeds made-up bytes to one reader: `Fuzz csv -max_total_time=60 corpus`.
///
/// The first argument names the reader, the others are libFuzzer's. `Fuzz csv random 10000000` feeds
/// so many bytes from a fixed seed instead.
@main
enum Fuzz {
  private static let reader: (@Sendable ([UInt8]) -> Void)? =
    switch CommandLine.arguments.dropFirst().first {
    case "csv": DelimitedFuzzer.run
    case "csv-differential": DifferentialFuzzer.run
    case "expressions": ExpressionFuzzer.run
    case "yaml": ProjectFuzzer.run
    case "mappings": MappingFuzzer.run
    case "athena": AthenaFuzzer.run
    case "zip": ZipFuzzer.run
    default: nil
    }

  static func main() {
    guard reader != nil else {
      print("name a reader: csv, csv-differential, expressions, yaml, mappings, athena or zip")
      exit(64)
    }
    if CommandLine.arguments.count == 4, CommandLine.arguments[2] == "random",
      let bytes = Int(CommandLine.arguments[3])
    {
      return feedRandom(bytes)
    }
    // The name of the reader is not for libFuzzer.
    var count = CommandLine.argc - 1
    let kept = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: Int(count) + 1)
    unsafe kept[0] = CommandLine.unsafeArgv[0]
    for index in 1...Int(count) { unsafe kept[index] = CommandLine.unsafeArgv[index + 1] }
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe kept
    exit(unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.feed($0, $1) })
  }

  /// Feeds bytes that nobody chose, in inputs of up to 8,000 bytes.
  ///
  /// They are of all values, or, every second time, of those that mean something to a reader. An
  /// input that takes longer than 20 s ends the program.
  private static func feedRandom(_ total: Int) {
    let telling = Array("\"\"';,:|-{}[]()#&*!%<>=+/\\~ \t\n\r\nabcIPP0123456789.éÿ".utf8)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func random(_ limit: Int) -> Int {
      // Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators (2014), SplitMix64.
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((word ^ (word >> 31)) % UInt64(limit))
    }
    var left = total
    var inputs = 0
    while left > 0 {
      let count = min(left, 1 + random(8_000))
      let isTelling = inputs % 2 == 1
      let input = (0..<count).map { _ in
        isTelling ? telling[random(telling.count)] : UInt8(random(256))
      }
      alarm(20)
      reader?(input)
      left -= count
      inputs += 1
    }
    print("\(total) random bytes in \(inputs) inputs, no crash")
  }

  fileprivate static func feed(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    reader?(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  }
}

/// What libFuzzer's own `main` would call; its archive names it, though ours runs.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  unsafe Fuzz.feed(bytes, count)
}
