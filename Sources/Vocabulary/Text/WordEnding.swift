/// Cuts the endings that differ between singular and plural, and between French and English.
///
/// `fractures` and `fracture` become equal; so do `chronique` and `chronic`, `insuline` and
/// `insulin`, `néphropathie` and `nephropathy`, `arthrose` and `arthrosis`. Words of fewer than four
/// letters stay as they are. What is left need not be a word.
enum WordEnding {
  static func cut(_ bytes: inout [UInt8], from start: Int) {
    guard bytes.count - start >= 4 else { return }
    plural(&bytes, start)
    let count = bytes.count - start
    if count >= 5, bytes[bytes.count - 1] == 0x65 { bytes.removeLast() }
    if bytes[bytes.count - 1] == 0x79 {
      if bytes.count - start >= 4 { bytes[bytes.count - 1] = 0x69 }
    } else if tail(bytes) & 0xFF_FFFF == 0x69_7175 {
      // "iqu", with what was "e" gone.
      bytes.removeLast(2)
      bytes.append(0x63)
    }
  }

  /// The last four bytes, of which there are that many, as one number.
  @inline(__always)
  private static func tail(_ bytes: [UInt8]) -> UInt32 {
    var word: UInt32 = 0
    for index in max(0, bytes.count - 4)..<bytes.count { word = word << 8 | UInt32(bytes[index]) }
    return word
  }

  private static func plural(_ bytes: inout [UInt8], _ start: Int) {
    let last = bytes[bytes.count - 1]
    guard last == 0x73 || last == 0x78 else { return }
    let count = bytes.count - start
    let four = tail(bytes)
    let three = four & 0xFF_FFFF
    let two = three & 0xFFFF
    if last == 0x78 {
      if four == 0x6561_7578 {  // "eaux"
        bytes.removeLast()
      } else if count >= 5, three == 0x61_7578 {  // "aux"
        bytes.removeLast(2)
        bytes.append(0x6C)
      }
    } else if count >= 5, three == 0x69_6573 {  // "ies"
      bytes.removeLast(2)
    } else if count >= 6, three == 0x73_6973 || three == 0x74_6973 {  // "sis", "tis"
      bytes.removeLast(2)
    } else if two != 0x7373, two != 0x7573, two != 0x6973 {  // neither "ss" nor "us" nor "is"
      bytes.removeLast()
    }
  }
}

/// The French and English words that join others and say nothing of what a concept is.
///
/// What changes the meaning (`without`, `sans`, `no`, `not`) is none of them, nor is `a`, which is a
/// vitamin and a virus.
enum JoiningWords {
  /// Bytes as one number, ascending.
  private static let words: [UInt32] =
    [
      "of", "the", "and", "or", "in", "with", "for", "to", "by", "on", "an", "de", "des", "du",
      "la", "le", "les", "et", "ou", "en", "dans", "avec", "pour", "par", "sur", "un", "une", "au",
      "aux",
    ].map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } }.sorted()

  static func contains(_ bytes: [UInt8], from start: Int) -> Bool {
    guard (2...4).contains(bytes.count - start) else { return false }
    var word: UInt32 = 0
    for index in start..<bytes.count { word = word << 8 | UInt32(bytes[index]) }
    let words = words
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle] < word { low = middle + 1 } else { high = middle }
    }
    return low < words.count && words[low] == word
  }
}
