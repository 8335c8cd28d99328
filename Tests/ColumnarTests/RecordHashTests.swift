import Columnar
import Testing

@Suite struct RecordHashTests {
  /// The hash of one record whose cells are given.
  private func hash(_ cells: [String], columns: [Int]? = nil) -> RecordHash {
    let texts = TextArray(cells)
    let starts = cells.indices.map { UInt32(texts.start($0)) }
    let hashes = RecordHash.hashes(
      of: texts.bytes.span, from: starts.span, to: texts.ends.span, stride: cells.count,
      columns: columns ?? Array(cells.indices))
    return hashes[0]
  }

  @Test func `the hash is the one that states were written with`() {
    #expect(
      hash(["a", "", "0123456", "0123456789", String(repeating: "xyz", count: 20)])
        == RecordHash(high: 9_327_585_864_257_928_527, low: 8_356_535_232_190_966_779))
  }

  @Test func `cells of all lengths, and cells cut elsewhere, have hashes of their own`() {
    var seen: Set<RecordHash> = []
    let text = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
    for length in 0...text.utf8.count {
      seen.insert(hash([String(text.prefix(length)), String(text.dropFirst(length))]))
      seen.insert(hash([String(text.prefix(length))]))
    }
    #expect(seen.count == 2 * (text.utf8.count + 1))
  }

  @Test func `every byte of a cell counts`() {
    for length in 1...40 {
      let plain = [UInt8](repeating: 97, count: length)
      var seen: Set<RecordHash> = [hash([String(decoding: plain, as: UTF8.self)])]
      for place in 0..<length {
        var changed = plain
        changed[place] = 98
        seen.insert(hash([String(decoding: changed, as: UTF8.self)]))
      }
      #expect(seen.count == length + 1)
    }
  }

  @Test func `the order of the columns is the caller's, and a missing one is not an empty one`() {
    #expect(hash(["a", "b"], columns: [1, 0]) == hash(["b", "a"]))
    #expect(hash(["a", "b"], columns: [0, -1]) != hash(["a", ""]))
    #expect(hash(["a", "b"]) != hash(["b", "a"]))
  }

  @Test func `a surroundings' bytes do not matter`() {
    let bytes = Array("--abc--abc".utf8)
    let hashes = RecordHash.hashes(
      of: bytes.span, from: [UInt32(2), 7].span, to: [UInt32(5), 10].span, stride: 1,
      columns: [0])
    #expect(hashes[0] == hashes[1])
    #expect(hashes[0] == hash(["abc"]))
  }
}
