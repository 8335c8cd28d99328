import Columnar

/// Lists of names as bytes: for each list its count, for each name its length and its UTF-8 bytes;
/// numbers are UInt32, little-endian.
enum NameBlock {
  static func bytes(_ lists: [[String]]) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ number: Int) {
      for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
    for list in lists {
      append(list.count)
      for name in list {
        append(name.utf8.count)
        bytes.append(contentsOf: name.utf8)
      }
    }
    return bytes
  }

  /// The lists, or `nil` when the bytes are not as many lists and nothing else.
  static func lists(_ bytes: Span<UInt8>, count: Int) -> [[String]]? {
    var position = 0
    var lists: [[String]] = []
    func number() -> Int? {
      guard position + 4 <= bytes.count else { return nil }
      defer { position += 4 }
      return (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << ($1 * 8) }
    }
    for _ in 0..<count {
      guard let names = number(), names <= bytes.count else { return nil }
      var list: [String] = []
      for _ in 0..<names {
        guard let length = number(), length <= bytes.count - position else { return nil }
        let text = [UInt8](capacity: length) { out in
          for index in position..<position + length { out.append(bytes[index]) }
        }
        list.append(String(decoding: text, as: UTF8.self))
        position += length
      }
      lists.append(list)
    }
    return position == bytes.count ? lists : nil
  }
}
