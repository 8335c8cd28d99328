package import Columnar
internal import struct Crypto.HMAC
internal import struct Crypto.SHA256

/// Turns the keys of one namespace into digests: HMAC-SHA-256 under the project's secret of the
/// namespace, a zero byte and the value (RFC 2104, FIPS 180-4).
///
/// The namespace keeps a stay number and a patient number of equal digits apart.
package struct KeyHasher: Sendable {
  private let start: HMAC<SHA256>

  package init(key: SecretKey, namespace: String) {
    var code = HMAC<SHA256>(key: key.key)
    code.update(data: Array(namespace.utf8))
    code.update(data: [0])
    start = code
  }

  /// The digest of one value.
  package func digest(_ value: some Sequence<UInt8>) -> Digest {
    var code = start
    code.update(data: Array(value))
    return Digest(copying: code.finalize())
  }

  /// The digests of a column of texts; null rows get the zero digest.
  ///
  /// Each distinct text of the batch is digested once.
  ///
  /// - Complexity: O(bytes), with one HMAC for each distinct text.
  package func digests(_ texts: TextArray, validity: [Bool]?) -> [Digest] {
    var known = KeyIndex()
    var computed: [Digest] = []
    var previous = -1
    var digests: [Digest] = []
    digests.reserveCapacity(texts.count)
    for row in 0..<texts.count {
      if let validity, !validity[row] {
        digests.append(.zero)
        continue
      }
      // Rows of one stay or person tend to follow each other.
      if previous >= 0, texts.equal(row, texts, previous) {
        digests.append(digests[previous])
        continue
      }
      let number = known.insert(texts.span(row))
      if number == computed.count {
        var code = start
        code.update(data: texts.bytes[texts.range(row)])
        computed.append(Digest(copying: code.finalize()))
      }
      digests.append(computed[number])
      previous = row
    }
    return digests
  }

  /// Joins several digests into one, in their order: the key of a row with a composite key.
  package func combined(_ parts: [Digest]) -> Digest {
    digest(parts.flatMap(\.bytes))
  }
}
