extension Digest {
  /// The digest that stands for this one followed by another; the order matters.
  package func joined(_ other: Digest) -> Digest {
    Digest(
      KeyIndex.mix(word0 ^ KeyIndex.mix(other.word0)),
      KeyIndex.mix(word1 ^ KeyIndex.mix(other.word1 &+ 1)),
      KeyIndex.mix(word2 ^ KeyIndex.mix(other.word2 &+ 2)),
      KeyIndex.mix(word3 ^ KeyIndex.mix(other.word3 &+ 3)))
  }

  /// The digest that stands for this one followed by a number.
  package func joined(_ number: Int64) -> Digest {
    let word = UInt64(bitPattern: number)
    return joined(Digest(word, word, word, word))
  }

  /// Joins the digests of parts, row by row and in the order of the parts.
  ///
  /// - Parameters:
  ///   - parts: the digests of each part; all of one count, and never none.
  ///   - seed: what every row begins with.
  /// - Returns: a digest for each row.
  /// - Complexity: O(*n*) in the digests, a few nanoseconds each.
  package static func joined(_ parts: [[Digest]], from seed: Digest) -> [Digest] {
    var joined = [Digest](repeating: seed, count: parts[0].count)
    for part in parts {
      for row in joined.indices { joined[row] = joined[row].joined(part[row]) }
    }
    return joined
  }

  /// The digests of numbers, each joined to a seed.
  package static func digests(_ numbers: [Int64], from seed: Digest) -> [Digest] {
    numbers.map { seed.joined($0) }
  }
}
