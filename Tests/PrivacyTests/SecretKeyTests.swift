import Columnar
import Foundation
import TestSupport
import Testing

@testable import Privacy

@Suite struct SecretKeyTests {
  @Test func `refuses fewer than 16 bytes`() throws {
    #expect(throws: SecretKeyError.self) {
      try SecretKey(bytes: [UInt8](repeating: 7, count: 15))
    }
    _ = try SecretKey(bytes: [UInt8](repeating: 7, count: 16))
  }

  @Test(
    arguments: [
      "0123456789abcdef-a demonstration",
      "0123456789abcdef-a demonstration\n",
      "  0123456789abcdef-a demonstration\t\r\n\r\n",
      "# a demo key, never for patients\n\n   # really\n0123456789abcdef-a demonstration\n",
    ])
  func `reads a file without its comments, blank lines and surrounding blanks`(
    text: String
  ) throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("demo.key")
      try text.write(to: file, atomically: true, encoding: .utf8)
      let key = try SecretKey(file: file.path)
      #expect(try key.fingerprint == SecretKey(bytes: demonstration).fingerprint)
    }
  }

  @Test func `refuses a file that is not there, is no text or holds too little`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("demo.key")
      #expect(throws: SecretKeyError.self) { try SecretKey(file: file.path) }
      try Data([0xFF, 0xFE, 0x80]).write(to: file)
      #expect(throws: SecretKeyError.self) { try SecretKey(file: file.path) }
      try "# 0123456789abcdef only in a comment\nshort\n".write(
        to: file, atomically: true, encoding: .utf8)
      #expect(throws: SecretKeyError.self) { try SecretKey(file: file.path) }
    }
  }

  @Test func `the fingerprint depends on the key and is none of its characters`() throws {
    let key = try SecretKey(bytes: demonstration)
    // HMAC-SHA-256 of `ecluse key fingerprint`, from Python.
    #expect(key.fingerprint == "xzyfzcZCQcXoCFME")
    let other = try SecretKey(bytes: Array("0123456789abcdef-A demonstration".utf8))
    #expect(other.fingerprint != key.fingerprint)
  }

  /// Something that holds a key and a hasher, as plans of rules do.
  private struct Holder {
    var key: SecretKey
    var hasher: KeyHasher
  }

  @Test func `shows nothing of itself, to a description, to a dump or to a mirror`() throws {
    let key = try SecretKey(bytes: demonstration)
    let hasher = KeyHasher(key: key, namespace: "an-unusual-namespace")
    let shown = [
      String(describing: key), String(reflecting: key), "\(key)",
      String(describing: hasher), String(reflecting: hasher),
      dumped(key), dumped(hasher),
      dumped(Holder(key: key, hasher: hasher)),
      String(reflecting: Holder(key: key, hasher: hasher)),
      String(reflecting: [Optional(key)]),
    ]
    let secrets = ["0123456789abcdef", "demonstration", "48, 49, 50", "0x30", "SymmetricKey"]
    for text in shown {
      for secret in secrets { #expect(!text.contains(secret)) }
    }
    #expect(Mirror(reflecting: key).children.isEmpty)
    #expect(Mirror(reflecting: hasher).children.isEmpty)
  }

  @Test func `an error names the file and the reason, not what the file holds`() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("demo.key")
      try "s3cret".write(to: file, atomically: true, encoding: .utf8)
      let error = #expect(throws: SecretKeyError.self) { try SecretKey(file: file.path) }
      let text = String(reflecting: try #require(error))
      #expect(text.contains("shorter than 16 bytes"))
      #expect(!text.contains("s3cret"))
    }
  }

  private func dumped(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }
}
