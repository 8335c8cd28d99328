internal import Columnar
internal import Foundation

/// The secret under which a project turns keys of its sources into digests.
///
/// Whoever holds the secret and a source identifier can compute its pseudonym, so the file lies
/// outside the data and is readable by its owner alone. The value never appears in a description.
package struct SecretKey: Sendable {
  /// What every code under the secret begins with.
  let code: MessageCode

  /// A secret made of bytes, at least 16 of them.
  package init(bytes: [UInt8]) throws(SecretKeyError) {
    guard bytes.count >= 16 else { throw SecretKeyError(reason: "shorter than 16 bytes") }
    code = MessageCode(secret: bytes)
  }

  /// Reads a secret from a file: its text without surrounding blanks, comment lines (`#`) left out.
  package init(file path: String) throws(SecretKeyError) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw SecretKeyError(reason: "the file \(path) cannot be read as text")
    }
    let lines = text.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    try self.init(bytes: Array(lines.joined(separator: "\n").utf8))
  }

  /// A short name of the secret that does not reveal it: it binds a ledger to its key.
  package var fingerprint: String {
    var code = code
    code.update(Array("ecluse key fingerprint".utf8))
    return String(code.finalize().base64URL.prefix(16))
  }
}

/// A secret that cannot be used, with the reason; never the secret itself.
package struct SecretKeyError: Error, CustomStringConvertible, Sendable {
  package let reason: String

  package var description: String { "unusable secret key: \(reason)" }
}
