import TestSupport
import Testing

@testable import Vocabulary

@Suite struct CodeBucketsTests {
  @Test(arguments: [2, 14, 15, 40]) func `a bucket is where its entries are`(most: UInt32) {
    var random = Splitter(UInt64(most))
    let counts = (0..<8_000).map { _ in UInt32.random(in: 0...most, using: &random) }
    var words: [UInt64] = []
    var total = 0
    for first in stride(from: 0, to: counts.count, by: 8) {
      words.append(CodeBuckets.word(counts[first..<first + 8], first: total))
      total += counts[first..<first + 8].reduce(0) { $0 + Int($1) }
    }
    words.append(UInt64(total) << 32)
    var begin = 0
    for (bucket, count) in counts.enumerated() {
      let range = CodeBuckets.range(bucket, words[bucket / 8], words.span)
      let found = Int(range & 0xFFFF_FFFF)..<Int(range >> 32)
      let own = begin..<begin + Int(count)
      let first = bucket / 8 * 8
      if counts[first..<first + 8].allSatisfy({ $0 < 15 }) {
        #expect(found == own)
      } else {
        #expect(found.lowerBound <= own.lowerBound && found.upperBound >= own.upperBound)
      }
      begin = own.upperBound
    }
  }
}
