package import Columnar

/// Turns the keys of one namespace into digests: HMAC-SHA-256 under the project's secret of the
/// namespace, a zero byte and the value (RFC 2104, FIPS 180-4).
///
/// The namespace keeps a stay number and a patient number of equal digits apart.
package struct KeyHasher: Sendable {
  private let start: MessageCode
  /// What joining begins with: nobody without the secret can compute it.
  private let seed: Digest

  package init(key: SecretKey, namespace: String) {
    var code = key.code
    code.update(Array(namespace.utf8))
    code.update([0])
    start = code
    seed = code.finalize()
  }

  /// The digest of one value.
  package func digest(_ value: some Sequence<UInt8>) -> Digest {
    var code = start
    code.update(Array(value))
    return code.finalize()
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
        code.update(texts.bytes[texts.range(row)])
        computed.append(code.finalize())
      }
      digests.append(computed[number])
      previous = row
    }
    return digests
  }

  /// The digests of numbers that name nobody, such as the ranks of rows: mixed with what only the
  /// secret gives.
  package func digests(_ numbers: [Int64]) -> [Digest] { Digest.digests(numbers, from: seed) }

  /// Joins the digests of a key's parts, row by row and in the order of the parts.
  ///
  /// The parts are digests under the secret already, 256 bits each, so that mixing their words keeps
  /// keys apart as well as another HMAC would, in a hundredth of its time.
  ///
  /// - Parameter parts: the digests of each part; all of one count, and never none.
  /// - Returns: a digest for each row.
  package func joined(_ parts: [[Digest]]) -> [Digest] { Digest.joined(parts, from: seed) }
}
