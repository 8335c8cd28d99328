import Testing

@testable import Vocabulary

/// What is proposed for files that are not UTF-8.
struct OtherEncodingTests {
  private static func hint(_ bytes: [UInt8]) -> String? {
    OtherEncoding.hint(Array("code,name\nA,".utf8) + bytes + Array(",1\n".utf8), path: "map.csv")
  }

  @Test func `windows-1252 is proposed where it fits`() {
    let command = "iconv -f WINDOWS-1252 -t UTF-8 map.csv > new.csv"
    #expect(Self.hint([0xE9])?.contains(command) == true)
    // “œdème” as that encoding has it, with its quotes.
    #expect(Self.hint([0x93, 0x9C, 0x64, 0xE8, 0x6D, 0x65, 0x94])?.contains(command) == true)
  }

  @Test(
    arguments: [
      // A byte without a character, one é in each encoding, a control character.
      [0xE9, 0x81], [0xE9, 0x2C, 0xC3, 0xA9], [0xE9, 0x00], [0xE9, 0x1B],
    ] as [[UInt8]])
  func `nothing is proposed for what it does not fit`(bytes: [UInt8]) {
    #expect(Self.hint(bytes) == nil)
  }

  @Test func `a file that begins as UTF-16 is told`() {
    for mark in [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] {
      #expect(OtherEncoding.hint(mark + [0x61, 0], path: "m")?.contains("-f UTF-16 ") == true)
    }
  }
}
