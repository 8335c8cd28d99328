import Columnar

extension IndexHeader {
  /// Whether every part has the content that was written and the size that the format asks for.
  ///
  /// - Complexity: O(*n*) in the bytes of the file.
  func hasWholeParts(in file: MappedFile) -> Bool {
    for part in parts {
      let bytes = file.values(UInt8.self, at: part.offset, count: part.byteCount)
      guard ContentHash.hash(bytes.raw) == part.hash else { return false }
    }
    func size(_ section: IndexSection) -> Int { parts[section.rawValue].byteCount }
    let count = conceptCount
    let bytes: [IndexSection] = [.flags, .standardLetters, .invalidLetters]
    let shorts: [IndexSection] = [.domains, .vocabularies, .classes]
    let words: [IndexSection] = [.conceptIDs, .validStarts, .validEnds]
    let starts: [IndexSection] = [.codeStarts, .nameStarts, .mapsToStarts, .standardStarts]
    return bytes.allSatisfy { size($0) == count } && shorts.allSatisfy { size($0) == count * 2 }
      && words.allSatisfy { size($0) == count * 4 }
      && starts.allSatisfy { size($0) == (count + 1) * 4 }
      && size(.codeBuckets) == ((1 << bucketBits) + 1) * 4
  }
}
