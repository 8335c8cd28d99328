import Delimited
import Foundation
import Testing

@Suite struct SingleByteEncodingTests {
  private func text(_ byte: UInt8, _ encoding: SingleByteEncoding) -> String? {
    var decoded: [UInt8] = []
    let source = [byte]
    let isComplete = encoding.decode(source.span, appendingTo: &decoded)
    if !isComplete { #expect(decoded == [byte]) }
    let text = String(validating: decoded, as: UTF8.self)
    #expect(isComplete == (text != nil))
    return text
  }

  @Test func `every byte has the character that Windows gives it, or none`() {
    for byte in UInt8.min...UInt8.max {
      let expected =
        [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte)
        ? nil : String(data: Data([byte]), encoding: .windowsCP1252)
      #expect(text(byte, .windows1252) == expected)
    }
  }

  @Test func `every byte is the character of its number in ISO-8859-1`() {
    for byte in UInt8.min...UInt8.max {
      #expect(text(byte, .iso88591) == String(Unicode.Scalar(byte)))
    }
  }

  @Test func `ISO-8859-15 has eight other characters`() {
    let others: [UInt8: String] = [
      0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]
    for byte in UInt8.min...UInt8.max {
      #expect(text(byte, .iso885915) == others[byte] ?? String(Unicode.Scalar(byte)))
    }
  }
}
