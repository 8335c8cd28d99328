import Columnar

/// The first 2,048 bytes of an index file: what it is, what it was made from, where its parts are.
struct IndexHeader: Hashable, Sendable {
  /// A part's place in the file, its size in bytes and the hash of its content.
  struct Part: Hashable, Sendable {
    var offset = 0
    var byteCount = 0
    var hash: UInt64 = 0
  }

  static let magic: [UInt8] = [0x89, 0x45, 0x43, 0x4C, 0x56, 0x4F, 0x43, 0x0A]
  static let version: UInt64 = 5
  static let byteCount = 2_048
  private static let wordCount = byteCount / 8
  private static let firstPart = 16

  var fileByteCount = 0
  /// What the index was made from; zero when it was made from memory.
  var fingerprint: UInt64 = 0
  var conceptCount = 0
  /// Applied to every hash of a code; all ones except in tests of collisions.
  var hashMask: UInt64 = .max
  /// The number of bits of a hash that choose a bucket.
  var bucketBits = 0
  /// Valid edges of which an end is no concept of CONCEPT.csv.
  var danglingEdges = 0
  /// Rows of the whole lists of relationships and ancestors of which an end is no concept.
  var danglingRows = 0
  var contents: IndexContents = []
  var parts = [Part](repeating: Part(), count: IndexSection.allCases.count)

  /// A hash of all that the index says, whatever files it came from.
  var contentHash: UInt64 {
    parts.reduce(KeyIndex.mix(UInt64(conceptCount))) { KeyIndex.mix($0 ^ $1.hash) }
  }

  /// The header as it stands in the file.
  var bytes: [UInt8] {
    var words = [UInt64](repeating: 0, count: IndexHeader.wordCount)
    words[0] = IndexHeader.magic.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    words[1] = IndexHeader.version
    words[2] = UInt64(fileByteCount)
    words[3] = fingerprint
    words[4] = UInt64(conceptCount)
    words[5] = hashMask
    words[6] = UInt64(bucketBits)
    words[7] = UInt64(danglingEdges)
    words[8] = UInt64(parts.count)
    words[9] = contents.rawValue
    words[10] = UInt64(danglingRows)
    for (index, part) in parts.enumerated() {
      let place = IndexHeader.firstPart + index * 3
      words[place] = UInt64(part.offset)
      words[place + 1] = UInt64(part.byteCount)
      words[place + 2] = part.hash
    }
    words[IndexHeader.wordCount - 1] = IndexHeader.checksum(words)
    return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  }

  init() {}

  /// Reads the header of an open file and refuses what is foreign, newer, cut short or damaged.
  init(_ file: MappedFile, path: String?) throws(VocabularyError) {
    func refused(_ code: String, _ message: String) -> VocabularyError {
      VocabularyError(code, message, path: path)
    }
    let foreign = refused("not-an-index", "this is not a vocabulary index")
    guard file.count >= IndexHeader.byteCount else { throw foreign }
    let span = file.values(UInt64.self, at: 0, count: IndexHeader.wordCount)
    let words = span.indices.map { UInt64(littleEndian: span[$0]) }
    guard words[0] == IndexHeader.magic.reversed().reduce(0, { $0 << 8 | UInt64($1) }) else {
      throw foreign
    }
    guard words[1] == IndexHeader.version else {
      throw refused(
        "other-format",
        "the vocabulary index has format \(words[1]), this program reads \(IndexHeader.version); "
          + "make it again with ecluse vocabulary build")
    }
    let again = "make it again with ecluse vocabulary build"
    let damaged = refused("damaged-index", "the vocabulary index is damaged; \(again)")
    guard words[IndexHeader.wordCount - 1] == IndexHeader.checksum(words) else { throw damaged }
    guard words[2] == UInt64(file.count) else {
      throw refused("damaged-index", "the vocabulary index was cut short; \(again)")
    }
    guard words[8] == UInt64(parts.count) else { throw damaged }
    fileByteCount = file.count
    fingerprint = words[3]
    guard words[4] < UInt64(Int32.max), words[6] <= 32,
      words[6] >= UInt64(CodeBuckets.bits)
    else { throw damaged }
    conceptCount = Int(words[4])
    hashMask = words[5]
    bucketBits = Int(words[6])
    danglingEdges = Int(truncatingIfNeeded: words[7])
    contents = IndexContents(rawValue: words[9])
    danglingRows = Int(truncatingIfNeeded: words[10])
    for index in parts.indices {
      let place = IndexHeader.firstPart + index * 3
      guard words[place] % 64 == 0, words[place] <= UInt64(file.count),
        words[place + 1] <= UInt64(file.count) - words[place]
      else { throw damaged }
      parts[index] = Part(
        offset: Int(words[place]), byteCount: Int(words[place + 1]), hash: words[place + 2])
    }
  }

  private static func checksum(_ words: [UInt64]) -> UInt64 {
    words.dropLast().reduce(0x6563_6C75_7365) { KeyIndex.mix($0 ^ $1) }
  }
}
