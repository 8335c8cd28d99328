import Columnar
import Crypto
import Foundation
import TestSupport
import Testing

@testable import Privacy

struct MessageCodeTests {
  /// The library's own HMAC says the same, for secrets and messages of all lengths around a block.
  @Test(arguments: [0, 1, 16, 63, 64, 65, 127, 128, 129, 1000])
  func `says what swift-crypto's HMAC says`(length: Int) {
    var random = SeededGenerator(seed: UInt64(length))
    func bytes(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in .random(in: 0...255, using: &random) }
    }
    let secret = bytes(length)
    for count in [0, 1, 31, 32, 55, 56, 63, 64, 65, 200] {
      let message = bytes(count)
      var code = MessageCode(secret: secret)
      code.update(Array(message.prefix(7)))
      code.update(message.dropFirst(7))
      let expected = HMAC<SHA256>.authenticationCode(
        for: message, using: SymmetricKey(data: secret))
      #expect(code.finalize() == Columnar.Digest(bytes: Array(expected)))
    }
  }

  /// RFC 4231, test case 2.
  @Test func `says what the RFC says`() {
    var code = MessageCode(secret: Array("Jefe".utf8))
    code.update(Array("what do ya want for nothing?".utf8))
    #expect(
      code.finalize().bytes.map { String(format: "%02x", $0) }.joined()
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }
}
