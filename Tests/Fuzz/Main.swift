import CFuzzer
import Foundation

/// Feeds made-up bytes to one reader: `Fuzz csv -max_total_time=60 corpus`.
///
/// The first argument names the reader, the others are libFuzzer's.
@main
enum Fuzz {
  static func main() {
    let words = CommandLine.arguments
    let name = words.count > 1 ? words[1] : ""
    guard let entry = unsafe entry(name) else {
      print("name a reader: csv, expressions, yaml, mappings or athena")
      exit(64)
    }
    // The name of the reader is not for libFuzzer.
    var count = CommandLine.argc - 1
    let kept = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: words.count)
    unsafe kept[0] = CommandLine.unsafeArgv[0]
    for index in 2..<words.count { unsafe kept[index - 1] = CommandLine.unsafeArgv[index] }
    unsafe kept[words.count - 1] = nil
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe kept
    exit(unsafe LLVMFuzzerRunDriver(&count, &arguments, entry))
  }

  private static func entry(
    _ name: String
  ) -> (@convention(c) (UnsafePointer<UInt8>?, Int) -> CInt)? {
    switch name {
    case "csv": { unsafe Fuzz.feed($0, $1, DelimitedFuzzer.run) }
    case "expressions": { unsafe Fuzz.feed($0, $1, ExpressionFuzzer.run) }
    case "yaml": { unsafe Fuzz.feed($0, $1, ProjectFuzzer.run) }
    case "mappings": { unsafe Fuzz.feed($0, $1, MappingFuzzer.run) }
    case "athena": { unsafe Fuzz.feed($0, $1, AthenaFuzzer.run) }
    default: nil
    }
  }

  private static func feed(
    _ bytes: UnsafePointer<UInt8>?, _ count: Int, _ reader: ([UInt8]) -> Void
  ) -> CInt {
    reader(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  }
}
