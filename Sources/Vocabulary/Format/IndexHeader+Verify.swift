import Columnar

extension IndexHeader {
  /// Whether every part has the content that was written and the size that the format asks for.
  ///
  /// - Complexity: O(*n*) in the bytes of the file.
  func hasWholeParts(in file: MappedFile) -> Bool {
    var end = IndexHeader.byteCount
    for part in parts.sorted(by: { ($0.offset, $0.byteCount) < ($1.offset, $1.byteCount) }) {
      let bytes = file.values(UInt8.self, at: part.offset, count: part.byteCount)
      guard part.offset >= end, isZero(file, end..<part.offset),
        ContentHash.hash(bytes.raw) == part.hash
      else { return false }
      end = part.offset + part.byteCount
    }
    guard end + 1 == file.count, isZero(file, end..<end + 1) else { return false }
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
      && size(.codeBuckets) == ((1 << bucketBits) + 1) * 4
  }

  /// Whether the bytes between two parts are as they were written.
  private func isZero(_ file: MappedFile, _ range: Range<Int>) -> Bool {
    let bytes = file.values(UInt8.self, at: range.lowerBound, count: range.count)
    return bytes.indices.allSatisfy { bytes[$0] == 0 }
  }
}
