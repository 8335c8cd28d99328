import Columnar
import Testing

@Suite struct ByteMasksTests {
  @Test(arguments: [0, 1, 15, 16, 63, 64, 65, 127, 128, 129, 1000])
  func `finds each byte at its place and nothing beyond the end`(count: Int) {
    // Zero is looked for too, since the last word is padded with it.
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 7 % 5) }
    var three: [UInt64] = [7, 7, 7, 7]
    var four = [UInt64](repeating: 7, count: 200)
    ByteMasks.find(0, 1, 2, in: bytes.span, into: &three)
    ByteMasks.find(0, 1, 2, 3, in: bytes.span, into: &four)
    let words = (count + 63) / 64
    #expect(three.count == 3 * words)
    #expect(four.count == 4 * words)
    for needle in 0..<4 {
      for position in 0..<words * 64 {
        let expected = position < count && Int(bytes[position]) == needle
        let bit = UInt64(position % 64)
        if needle < 3 {
          #expect((three[3 * (position / 64) + needle] >> bit & 1 == 1) == expected)
        }
        #expect((four[4 * (position / 64) + needle] >> bit & 1 == 1) == expected)
      }
    }
  }

  @Test func `the prefix parity counts the bits up to and including each`() {
    for word: UInt64 in [0, 1, 1 << 63, .max, 0x8040_2010_0804_0201, 0x0123_4567_89AB_CDEF] {
      let parity = ByteMasks.prefixXor(word)
      for bit in UInt64(0)..<64 {
        let below = bit == 63 ? word : word & (1 << (bit + 1) - 1)
        #expect(parity >> bit & 1 == UInt64(below.nonzeroBitCount & 1))
      }
    }
  }

  @Test func `a range is known to hold a byte beyond ASCII or none`() {
    var bytes = [UInt8](repeating: 97, count: 260)
    for place in [0, 63, 64, 130, 191, 259] { bytes[place] = 200 }
    var masks: [UInt64] = []
    ByteMasks.findBeyondASCII(in: bytes.span, into: &masks)
    for start in 0...260 {
      for end in start...260 {
        let expected = bytes[start..<end].contains { $0 >= 0x80 }
        if ByteMasks.isAnySet(masks, from: start, to: end) != expected {
          Issue.record("\(start)..<\(end)")
        }
      }
    }
  }

  private func isASCII(_ bytes: [UInt8]) -> Bool { ByteMasks.isASCII(bytes.span) }

  @Test func `one byte beyond ASCII is found wherever it stands`() {
    for count in [1, 63, 64, 65, 130] {
      var bytes = [UInt8](repeating: 0x7F, count: count)
      #expect(isASCII(bytes))
      for place in bytes.indices {
        bytes[place] = 0x80
        #expect(!isASCII(bytes))
        bytes[place] = 0x7F
      }
    }
    #expect(isASCII([]))
  }

  private func isUTF8(_ bytes: [UInt8]) -> Bool { ByteMasks.isUTF8(bytes.span) }

  @Test func `all leads with all seconds are UTF-8 where the standard library says so`() {
    for lead in UInt8(0x80)...0xFF {
      for second in stride(from: 0, through: 255, by: 1) {
        for rest: [UInt8] in [
          [], [0x80], [0x80, 0xBF], [0xC0], [0x80, 0x7F], [0x80, 0x80, 0x80],
        ] {
          let bytes = [lead, UInt8(second)] + rest
          if isUTF8(bytes) != (String(validating: bytes, as: UTF8.self) != nil) {
            Issue.record("\(bytes)")
          }
        }
      }
    }
  }

  @Test func `a sequence is judged alike at every place of a word`() {
    for text in ["é", "€", "😀"] {
      for padding in 0..<70 {
        let start = [UInt8](repeating: 97, count: padding)
        let whole = start + Array(text.utf8)
        #expect(isUTF8(whole))
        #expect(isUTF8(whole + Array("éa".utf8)))
        #expect(!isUTF8(Array(whole.dropLast())))
        #expect(!isUTF8(whole.dropLast() + [97]))
        #expect(!isUTF8(whole + [0x80]))
      }
    }
  }
}
