import Columnar
import TestSupport
import Testing

@testable import Privacy

/// The key of all vectors; the expected digests were computed with Python's `hmac` and `hashlib`
/// as HMAC-SHA-256 of the namespace, a zero byte and the value.
let demonstration = Array("0123456789abcdef-a demonstration".utf8)

func hasher(_ namespace: String) throws -> KeyHasher {
  KeyHasher(key: try SecretKey(bytes: demonstration), namespace: namespace)
}

@Suite struct KeyHasherTests {
  @Test(
    arguments: [
      ("hcl/NUM_SEJOUR", "00042", "-wgDnmQxIsr5E8L54_-fYVOlMlaCUQBxh1UtYpwHW_M"),
      ("hcl/NUM_SEJOUR", "42", "d-1RPQVL5xeL3mlRTxwAgia33peCQ8aHqhbIB1sI-a0"),
      ("ipp", "00042", "-kyt2yld2cb4oJI-Vw6-03OClQsXuxddhFgH-enW_j0"),
      ("hcl/NUM_SEJOUR", "", "pSoD8Dew_6FY_MvOBymOf75FiYDdoJgKQNCDRP77eTM"),
      ("ipp", "Élodie", "lGLqx-uIulc5UWh0SxksLTgoWYhdWBRTzoZ7PJkHuhY"),
    ])
  func `is the HMAC of namespace, zero byte and value`(
    namespace: String, value: String, expected: String
  ) throws {
    let digest = try hasher(namespace).digest(value.utf8)
    #expect(digest.base64URL == expected)
    #expect(digest.base64URL.utf8.count == 43)
  }

  @Test func `keeps namespaces apart, also where their names run into the value`() throws {
    #expect(try hasher("ab").digest("c".utf8) != hasher("a").digest("bc".utf8))
    #expect(try hasher("a").digest("1".utf8) != hasher("b").digest("1".utf8))
  }

  @Test func `keeps a leading zero and a trailing blank apart`() throws {
    let one = try hasher("stay")
    let spellings = ["42", "042", "0042", "42 ", " 42"]
    #expect(Set(spellings.map { one.digest($0.utf8) }).count == spellings.count)
  }

  @Test func `another key gives other digests`() throws {
    let other = try SecretKey(bytes: Array(demonstration.reversed()))
    let digest = KeyHasher(key: other, namespace: "ipp").digest("00042".utf8)
    #expect(try digest != hasher("ipp").digest("00042".utf8))
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func `digests a batch as it digests each value`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let one = try hasher("stay")
    let texts = (0..<200).map { _ -> String in
      // Few values, so that they repeat next to each other and far apart.
      String(repeating: "0", count: Int.random(in: 0..<4, using: &random))
        + String(Int.random(in: 0..<6, using: &random))
    }
    let validity = texts.map { _ in Bool.random(using: &random) }
    let expected = zip(texts, validity).map { text, isValid in
      isValid ? one.digest(text.utf8) : .zero
    }
    #expect(one.digests(TextArray(texts), validity: validity) == expected)
    #expect(one.digests(TextArray(texts), validity: nil) == texts.map { one.digest($0.utf8) })
  }

  @Test func `a null between two equal values is still null`() throws {
    let digests = try hasher("stay").digests(
      TextArray(["7", "7", "7"]), validity: [true, false, true])
    #expect(digests[1] == .zero)
    #expect(digests[0] == digests[2])
    #expect(digests[0] != .zero)
  }

  /// Ids are made of joined parts: they never change.
  ///
  /// The expected words were computed with Python: an HMAC for each part, then SplitMix64's finaliser.
  @Test func `joins the parts of a key in their order`() throws {
    let one = try hasher("n")
    let a = one.digest("a".utf8)
    let b = one.digest("b".utf8)
    #expect(
      one.joined([[a, b], [b, a]])[0]
        == Digest(
          0x0fda_7fae_c401_634b, 0x192b_20d4_b69d_7ad5, 0x96da_5519_deb9_4442, 0x6357_75fa_3bfa_1a79
        ))
    #expect(
      one.digests([7]) == [
        Digest(
          0x90fb_12e9_87b8_db90, 0x8e47_ba88_e1fb_b777, 0x8646_beda_7ddb_432c, 0x3d23_eb73_61c4_0665
        )
      ])
    #expect(one.joined([[a], [b]]) != one.joined([[b], [a]]))
    #expect(one.joined([[a], [b]]) != one.joined([[b]]))
    #expect(try hasher("m").joined([[a], [b]]) != one.joined([[a], [b]]))
    let other = KeyHasher(
      key: try SecretKey(bytes: Array(demonstration.reversed())), namespace: "n")
    #expect(other.joined([[a], [b]]) != one.joined([[a], [b]]))
    #expect(other.digests([7]) != one.digests([7]))
  }

  @Test func `keys that differ in one part never meet, not in a single word`() throws {
    let one = try hasher("n")
    let parts = one.digests(Array(0..<300))
    let pairs = parts.flatMap { first in parts.map { (first, $0) } }
    let joined = one.joined([pairs.map(\.0), pairs.map(\.1)])
    for word in 0..<4 { #expect(Set(joined.map { $0.word(word) }).count == pairs.count) }
  }
}
