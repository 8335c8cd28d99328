/// What the encoding of a file may be that is not UTF-8.
enum OtherEncoding {
  /// The bytes that windows-1252 leaves open.
  ///
  /// Source: https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT
  private static let unassigned: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]

  /// How to bring a file to UTF-8; `nil` where its bytes do not tell what it is.
  ///
  /// - Complexity: O(*n*) in the bytes.
  static func hint(_ bytes: [UInt8], path: String) -> String? {
    func command(_ name: String) -> String {
      "the file seems to be \(name): iconv -f \(name) -t UTF-8 \(path) > new.csv"
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return command("UTF-16")
    }
    return isWindows1252(bytes) ? command("WINDOWS-1252") : nil
  }

  /// Whether a file may be text in windows-1252: no byte that has no character there, no control
  /// character, and nothing that is UTF-8 after all.
  private static func isWindows1252(_ bytes: [UInt8]) -> Bool {
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte < 0x20, byte != 9, byte != 10, byte != 13 { return false }
      if unassigned.contains(byte) { return false }
      if byte >= 0xC2, place + 1 < bytes.count, bytes[place + 1] & 0xC0 == 0x80 {
        let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        let character = bytes[place..<min(bytes.count, place + length)]
        if String(validating: character, as: UTF8.self) != nil { return false }
      }
      place += 1
    }
    return true
  }
}
