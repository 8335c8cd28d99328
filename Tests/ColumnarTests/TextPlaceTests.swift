import Testing

@testable import Columnar

@Suite struct TextPlaceTests {
  @Test(arguments: [1, 3])
  func `texts of several arrays come to the rows that they are given`(workers: Int) {
    var random = SystemRandomNumberGenerator()
    // More rows than one thread takes at once.
    let count = 150_000
    let texts = (0..<count).map { String(repeating: "\($0)", count: $0 % 4) }
    let rows = (0..<count).map { UInt32($0) }.shuffled(using: &random)
    let first = count / 3
    let placed = TextArray(
      placing: [TextArray(texts[..<first]), TextArray(), TextArray(texts[first...])],
      at: [Array(rows[..<first]), [], Array(rows[first...])], workers: workers)
    #expect(placed.count == count)
    #expect(texts.indices.allSatisfy { placed[Int(rows[$0])] == texts[$0] })
    #expect(TextArray(placing: [], at: [], workers: workers).count == 0)
  }

  @Test func `two texts at one row are a programmer's error`() async {
    await #expect(processExitsWith: .failure) {
      _ = TextArray(placing: [TextArray(["a", "b"])], at: [[1, 1]], workers: 1)
    }
  }

  @Test func `a word of bytes has zeros behind its last`() {
    let bytes = Array("0123456789".utf8)
    for start in 0..<10 {
      for count in -1...(10 - start) {
        let expected = (0..<8).reduce(UInt64(0)) { word, index in
          index < count ? word | UInt64(bytes[start + index]) << UInt64(index * 8) : word
        }
        #expect(ByteWords.padded(bytes.span, start, count: count) == expected)
      }
    }
  }

  @Test(arguments: [1, 2, 5])
  func `every number is called once`(workers: Int) {
    let calls = Guarded([Int](repeating: 0, count: 1_000))
    concurrently(1_000, workers: workers) { number in calls.withLock { $0[number] += 1 } }
    #expect(calls.withLock { $0 }.allSatisfy { $0 == 1 })
    concurrently(0, workers: workers) { _ in Issue.record("there is nothing to do") }
  }
}
