import CFuzzer
import Foundation

/// Feeds made-up bytes to one reader: `Fuzz csv -max_total_time=60 corpus`.
///
/// The first argument names the reader, the others are libFuzzer's.
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
    default: nil
    }

  static func main() {
    guard reader != nil else {
      print("name a reader: csv, csv-differential, expressions, yaml, mappings or athena")
      exit(64)
    }
    // The name of the reader is not for libFuzzer.
    var count = CommandLine.argc - 1
    let kept = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: Int(count) + 1)
    unsafe kept[0] = CommandLine.unsafeArgv[0]
    for index in 1...Int(count) { unsafe kept[index] = CommandLine.unsafeArgv[index + 1] }
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe kept
    exit(unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.feed($0, $1) })
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
