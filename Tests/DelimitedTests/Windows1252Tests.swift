import Delimited
import Foundation
import Testing

@Suite struct Windows1252Tests {
  @Test func `every byte has the character that Windows gives it, or none`() {
    for byte in UInt8.min...UInt8.max {
      var decoded: [UInt8] = []
      let source = [byte]
      let isComplete = Windows1252.decode(source.span, appendingTo: &decoded)
      if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) {
        #expect(!isComplete)
        #expect(decoded == [byte])
        #expect(String(validating: decoded, as: UTF8.self) == nil)
      } else {
        #expect(isComplete)
        #expect(
          String(validating: decoded, as: UTF8.self)
            == String(data: Data(source), encoding: .windowsCP1252))
      }
    }
  }
}
