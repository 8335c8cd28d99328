import Columnar
import Testing

@Suite struct ByteWordsTests {
  private func hash(_ bytes: [UInt8], seed: UInt64) -> UInt64 {
    ByteWords.hash(bytes.span, seed: seed)
  }

  private func stands(_ key: [UInt8], _ bytes: [UInt8], _ start: Int) -> Bool {
    ByteWords.stands(key.span, in: bytes.span, at: start)
  }

  @Test func `the hash of a key depends on every byte, their number and the seed`() {
    var seen: Set<UInt64> = []
    var count = 0
    for length in 0...40 {
      let zeros = [UInt8](repeating: 0, count: length)
      seen.insert(hash(zeros, seed: 1))
      seen.insert(hash(zeros, seed: 2))
      count += 2
      for place in 0..<length {
        for bit in 0..<8 as Range<UInt8> {
          var key = zeros
          key[place] = 1 << bit
          seen.insert(hash(key, seed: 1))
          count += 1
        }
      }
    }
    #expect(seen.count == count)
    // The values belong to file formats.
    let text = Array("J45.9 asthma".utf8)
    let expected: [UInt64] = [
      8_190_325_620_656_942_540, 5_191_593_272_960_717_403, 14_288_516_163_605_317_173,
      2_831_639_709_931_370_868, 11_932_765_780_568_005_763,
    ]
    #expect([0, 2, 5, 8, 12].map { hash(Array(text[0..<$0]), seed: 7) } == expected)
  }

  @Test func `a run of bytes stands where all its bytes do`() {
    let bytes = (0..<64).map { UInt8($0) }
    for length in 0...40 {
      for start in 0...(64 - length) {
        let key = Array(bytes[start..<start + length])
        #expect(stands(key, bytes, start))
        for place in [0, length / 2, length - 1] where length > 0 {
          var other = key
          other[place] ^= 0x80
          #expect(!stands(other, bytes, start))
        }
      }
    }
    #expect(!stands(bytes, bytes, 1))
    #expect(!stands(bytes, bytes, -1))
    #expect(!stands([], bytes, 65))
  }
}
