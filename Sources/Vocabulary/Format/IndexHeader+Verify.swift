import Columnar

extension IndexHeader {
  /// Whether every part has the content that was written.
  ///
  /// - Complexity: O(*n*) in the bytes of the file.
  func hasWholeParts(in file: MappedFile) -> Bool {
    var end = IndexHeader.byteCount
    for part in parts.sorted(by: { ($0.offset, $0.byteCount) < ($1.offset, $1.byteCount) }) {
      let bytes = file.values(UInt8.self, at: part.offset, count: part.byteCount)
      guard part.offset >= end, isZero(file, end..<part.offset),
        IndexHeader.hash(bytes) == part.hash
      else { return false }
      end = part.offset + part.byteCount
    }
    return end + 1 == file.count && isZero(file, end..<end + 1)
  }

  /// The hash of a part: that of its pieces of 1 MiB, each chained to the one before.
  static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + IndexHeader.pieceByteCount)
      hash = ContentHash.hash(bytes.extracting(start..<end).raw, seed: hash)
      start = end
    }
    return hash
  }

  static let pieceByteCount = 1 << 20

  /// Whether the parts have the sizes that belong together and lie apart from each other.
  ///
  /// - Complexity: O(1).
  func hasFittingParts(fileByteCount: Int) -> Bool {
    var end = IndexHeader.byteCount
    for part in parts.sorted(by: { ($0.offset, $0.byteCount) < ($1.offset, $1.byteCount) }) {
      guard part.offset >= end else { return false }
      end = part.offset + part.byteCount
    }
    guard end + 1 == fileByteCount else { return false }
    func size(_ section: IndexSection) -> Int { parts[section.rawValue].byteCount }
    let count = conceptCount
    let bytes: [IndexSection] = [.flags, .standardLetters, .invalidLetters]
    let shorts: [IndexSection] = [.domains, .vocabularies, .classes]
    let words: [IndexSection] = [.conceptIDs, .validStarts, .validEnds]
    let starts: [IndexSection] = [.codeStarts, .nameStarts, .mapsToStarts, .standardStarts]
    return bytes.allSatisfy { size($0) == count } && shorts.allSatisfy { size($0) == count * 2 }
      && words.allSatisfy { size($0) == count * 4 }
      && starts.allSatisfy { size($0) == (count + 1) * 4 }
      && size(.strengthIDs) / (ConceptStrength.idCount * 4) * (ConceptStrength.valueCount * 8)
        == size(.strengthValues)
      && size(.strengthIDs) / (ConceptStrength.idCount * 4) * 16 == size(.strengthDetails)
      && size(.codeBuckets) == ((1 << (bucketBits - CodeBuckets.bits)) + 1) * 8
      && hasFittingLists(size)
  }

  /// Whether the lists beside the mapping are as long as each other, or not there at all.
  private func hasFittingLists(_ size: (IndexSection) -> Int) -> Bool {
    func starts(_ section: IndexSection, _ part: IndexContents) -> Bool {
      size(section) == (contents.contains(part) ? (conceptCount + 1) * 4 : 0)
    }
    let kinds = size(.kindReasons)
    let terms = size(.textTermDocuments)
    let ends = contents.contains(.text) ? terms + 4 : 0
    guard size(.textTermStarts) == ends, size(.textPostingStarts) == ends,
      size(.textDocumentLengths)
        == (contents.contains(.text) ? conceptCount + size(.textSynonymConcepts) / 4 : 0),
      contents.contains(.text) || size(.suggestionModel) == 0
    else { return false }
    return starts(.edgeStarts, .relationships) && starts(.ancestorStarts, .ancestors)
      && starts(.synonymStarts, .synonyms) && size(.edgeKinds) == size(.edgeTargets)
      && size(.ancestorTargets) == size(.ancestorLevels) * 2
      && size(.kindRelationships) == kinds * 2
      && size(.kindStarts) == kinds * 4 && size(.kindEnds) == kinds * 4
      && (contents.contains(.synonyms)
        ? size(.synonymTextStarts) == size(.synonymLanguages) + 4 : size(.synonymTextStarts) == 0)
  }

  /// Whether the bytes between two parts are as they were written.
  private func isZero(_ file: MappedFile, _ range: Range<Int>) -> Bool {
    let bytes = file.values(UInt8.self, at: range.lowerBound, count: range.count)
    return bytes.indices.allSatisfy { bytes[$0] == 0 }
  }
}
