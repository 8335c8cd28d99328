package import Columnar

/// The files of a zip archive, as its directory lists them.
///
/// Archives above 4 GiB (Zip64) are read; encrypted ones and those of several disks are refused.
///
/// Source: APPNOTE.TXT, the .ZIP file format specification, 4.3.
package struct ZipArchive: Sendable {
  /// A file of the archive.
  package struct Entry: Sendable {
    /// The path within the archive.
    package let name: String
    /// The number of bytes when decompressed.
    package let size: Int
    let packedSize: Int
    let method: UInt16
    let checksum: UInt32
    /// Where the entry's own header stands.
    let offset: Int
  }

  /// The archive's file.
  package let path: String
  /// The entries in the order of the directory, folders left out.
  package let entries: [Entry]

  /// Reads the directory of an archive.
  ///
  /// - Throws: a `FileError` when the file cannot be read or is no whole archive.
  package init(path: String) throws(FileError) {
    self.path = path
    var file = try ZipFile(path: path)
    entries = try file.directory()
  }
}

/// The records of an archive as they stand in its file.
struct ZipFile: ~Copyable {
  private var reader: FileReader

  init(path: String) throws(FileError) { reader = try FileReader(path: path) }

  private func refused(_ reason: String) -> FileError {
    FileError(path: reader.path, reason: reason)
  }

  private mutating func bytes(at offset: Int, count: Int) throws(FileError) -> ZipRecord {
    guard offset >= 0, count >= 0, offset <= reader.size, count <= reader.size - offset else {
      throw refused("the archive is cut short or damaged")
    }
    try reader.seek(to: Int64(offset))
    var bytes: [UInt8] = []
    guard try reader.read(count, appendingTo: &bytes) == count else {
      throw refused("the archive is cut short")
    }
    return ZipRecord(bytes: bytes)
  }

  /// The entries that the directory at the end of the file lists.
  mutating func directory() throws(FileError) -> [ZipArchive.Entry] {
    // The end record has 22 bytes and a comment of at most 65,535.
    let tail = min(reader.size, 22 + 65_535)
    let end = try bytes(at: reader.size - tail, count: tail)
    guard
      let place = stride(from: tail - 22, through: 0, by: -1).first(where: {
        end.half($0) == 0x0605_4B50 && $0 + 22 + end.short($0 + 20) == tail
      })
    else { throw refused("this is no zip archive, or it is cut short") }
    var count = end.short(place + 10)
    var size = end.half(place + 12)
    var start = end.half(place + 16)
    var disks = end.short(place + 4)
    if place >= 20, end.half(place - 20) == 0x0706_4B50 {
      let more = try bytes(at: end.word(place - 20 + 8), count: 56)
      guard more.half(0) == 0x0606_4B50 else { throw refused("the archive is damaged") }
      disks = more.half(16)
      count = more.word(32)
      size = more.word(40)
      start = more.word(48)
    }
    guard disks == 0 else { throw refused("the archive is spread over several files") }
    let list = try bytes(at: start, count: size)
    var entries: [ZipArchive.Entry] = []
    var position = 0
    for _ in 0..<count {
      guard position + 46 <= size, list.half(position) == 0x0201_4B50 else {
        throw refused("the directory of the archive is damaged")
      }
      let length = list.short(position + 28)
      let extra = list.short(position + 30)
      let next = position + 46 + length + extra + list.short(position + 32)
      guard next <= size else { throw refused("the directory of the archive is damaged") }
      if let entry = try entry(list, at: position, nameLength: length, extraLength: extra) {
        entries.append(entry)
      }
      position = next
    }
    return entries
  }

  private func entry(
    _ list: ZipRecord, at position: Int, nameLength: Int, extraLength: Int
  ) throws(FileError) -> ZipArchive.Entry? {
    let name = list.text(position + 46, nameLength)
    guard !name.hasSuffix("/") else { return nil }
    guard list.short(position + 8) & 1 == 0 else { throw refused("\(name) is encrypted") }
    var packedSize = list.half(position + 20)
    var size = list.half(position + 24)
    var offset = list.half(position + 42)
    // Sizes that do not fit stand in an extra field, in this order.
    var field = position + 46 + nameLength
    let end = field + extraLength
    while field + 4 <= end {
      let length = list.short(field + 2)
      if list.short(field) == 1 {
        var place = field + 4
        func large(_ value: Int) -> Int {
          guard value == 0xFFFF_FFFF, place + 8 <= min(end, field + 4 + length) else {
            return value
          }
          defer { place += 8 }
          return list.word(place)
        }
        size = large(size)
        packedSize = large(packedSize)
        offset = large(offset)
      }
      field += 4 + length
    }
    return ZipArchive.Entry(
      name: name, size: size, packedSize: packedSize, method: UInt16(list.short(position + 10)),
      checksum: UInt32(list.half(position + 16)), offset: offset)
  }

  /// Goes to the first byte of an entry's content.
  mutating func seek(to entry: ZipArchive.Entry) throws(FileError) {
    let head = try bytes(at: entry.offset, count: 30)
    guard head.half(0) == 0x0403_4B50 else {
      throw refused("\(entry.name) is not where it should be")
    }
    let start = entry.offset + 30 + head.short(26) + head.short(28)
    guard start <= reader.size, entry.packedSize <= reader.size - start else {
      throw refused("\(entry.name) is cut short")
    }
    try reader.seek(to: Int64(start))
  }

  mutating func read(_ count: Int, appendingTo buffer: inout [UInt8]) throws(FileError) -> Int {
    try reader.read(count, appendingTo: &buffer)
  }
}

/// Numbers of a zip archive, little-endian; one outside its bytes is 0.
struct ZipRecord {
  let bytes: [UInt8]

  private func number(_ place: Int, _ count: Int) -> Int {
    guard place >= 0, place + count <= bytes.count else { return 0 }
    let value = (0..<count).reduce(UInt64(0)) { $0 | UInt64(bytes[place + $1]) << UInt64($1 * 8) }
    return Int(clamping: value)
  }

  func short(_ place: Int) -> Int { number(place, 2) }
  func half(_ place: Int) -> Int { number(place, 4) }
  func word(_ place: Int) -> Int { number(place, 8) }

  func text(_ place: Int, _ count: Int) -> String {
    String(decoding: bytes[place..<place + count], as: UTF8.self)
  }
}
