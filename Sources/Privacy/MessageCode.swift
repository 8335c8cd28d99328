internal import Columnar
internal import FoundationEssentials
internal import struct Crypto.SHA256

/// HMAC-SHA-256 under a secret (RFC 2104, FIPS 180-4), of many short messages.
///
/// It is built on swift-crypto's SHA-256 and says what its `HMAC` says. That type passes each message
/// through `DataProtocol`, which nothing specialises across modules: several times the cost of
/// hashing, for every key of every row.
struct MessageCode: Sendable {
  /// What has been hashed of the message so far, behind the inner padded secret.
  private var inner: SHA256
  /// The state behind the outer padded secret.
  private let outer: SHA256

  private static let blockBytes = 64

  init(secret: [UInt8]) {
    var block = secret
    if block.count > MessageCode.blockBytes {
      var hash = SHA256()
      hash.update(data: block)
      block = [UInt8](copying: hash.finalize())
    }
    block += [UInt8](repeating: 0, count: MessageCode.blockBytes - block.count)
    inner = SHA256()
    inner.update(data: block.map { $0 ^ 0x36 })
    var outer = SHA256()
    outer.update(data: block.map { $0 ^ 0x5C })
    self.outer = outer
  }

  /// Takes more of the message.
  mutating func update(_ bytes: [UInt8]) { inner.update(data: bytes) }

  /// Takes a part of some bytes as more of the message.
  mutating func update(_ bytes: ArraySlice<UInt8>) { inner.update(data: bytes) }

  /// The code of the message.
  func finalize() -> Digest {
    var code = outer
    code.update(data: [UInt8](copying: inner.finalize()))
    return Digest(copying: code.finalize())
  }
}
