import Gzip

/// Makes zip archives for tests: APPNOTE.TXT, 4.3, without folders, dates or comments.
enum ZipMaker {
  /// The bytes of an archive of files, stored (method 0) or deflated (8).
  static func archive(_ files: [(name: String, bytes: [UInt8])], method: UInt8) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for file in files {
      var deflater = Deflater()
      var member: [UInt8] = []
      deflater.deflate(file.bytes.span, isLast: true, appendingTo: &member)
      // Gzip has ten bytes before the deflated ones, then the checksum and the size.
      let checksum = Array(member[(member.count - 8)..<(member.count - 4)])
      let packed = method == 0 ? file.bytes : Array(member[10..<(member.count - 8)])
      let common =
        number(20, 2) + number(0, 2) + number(Int(method), 2) + number(0, 4) + checksum
        + number(packed.count, 4) + number(file.bytes.count, 4) + number(file.name.utf8.count, 2)
        + number(0, 2)
      directory +=
        number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2)
        + number(0, 4) + number(bytes.count, 4) + Array(file.name.utf8)
      bytes += number(0x0403_4B50, 4) + common + Array(file.name.utf8) + packed
    }
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(files.count, 2) + number(files.count, 2)
      + number(directory.count, 4) + number(bytes.count, 4) + number(0, 2)
    return bytes + directory + end
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
