import Columnar
import Testing

@Suite struct DecimalTests {
  @Test func `digits are the number that they spell, wherever they stand`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let digits = Int.random(in: 1...8, using: &random)
      let text = (0..<digits).map { _ in "0123456789".randomElement()! }
      let before = Int.random(in: 0...9, using: &random)
      let after = Int.random(in: 0...9, using: &random)
      let bytes = Array(
        (String(repeating: "x", count: before) + String(text) + String(repeating: "9", count: after))
          .utf8)
      #expect(
        ByteWords.decimal(bytes.span, before..<before + digits) == UInt32(String(text)),
        "\(String(text)) at \(before)")
    }
  }

  @Test func `anything else is no number`() {
    for other in UInt8.min...UInt8.max where !(48...57).contains(other) {
      for place in 0..<6 {
        for padding in [0, 8] {
          var bytes = Array("123456".utf8) + [UInt8](repeating: 48, count: padding)
          bytes[place] = other
          #expect(ByteWords.decimal(bytes.span, 0..<6) == nil, "\(other) at \(place)")
        }
      }
    }
    let bytes = Array("1234567890".utf8)
    #expect(ByteWords.decimal(bytes.span, 0..<9) == nil)
    #expect(ByteWords.decimal(bytes.span, 3..<3) == nil)
  }
}
