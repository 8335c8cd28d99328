package import Columnar

/// A file of a zip archive read from its start to its end, its checksum compared there.
package struct ZipEntryReader: ~Copyable {
  private let entry: ZipArchive.Entry
  private let path: String
  private var file: ZipFile
  private var inflater: Inflater
  /// Compressed bytes that were not taken yet, from `place` on.
  private var packed: [UInt8] = []
  private var place = 0
  private var packedLeft: Int
  private var left: Int
  private var checksum = ZipChecksum()

  /// Opens an entry of an archive.
  package init(_ entry: ZipArchive.Entry, of archive: ZipArchive) throws(FileError) {
    guard entry.method == 0 || entry.method == 8 else {
      throw FileError(
        path: "\(archive.path)/\(entry.name)",
        reason: "the archive compresses by method \(entry.method); make one with deflate")
    }
    var file = try ZipFile(path: archive.path)
    try file.seek(to: entry)
    self.file = file
    inflater = Inflater(raw: true)
    self.entry = entry
    path = "\(archive.path)/\(entry.name)"
    packedLeft = entry.packedSize
    left = entry.size
  }

  /// Appends the next bytes of the file, as many as asked for unless it ends before.
  ///
  /// - Returns: the number of bytes appended; smaller than `count` only at the end of the file.
  /// - Throws: a `FileError` when the archive ends early, or the bytes are not those that were packed.
  package mutating func read(
    _ count: Int, appendingTo buffer: inout [UInt8]
  ) throws(FileError) -> Int {
    let before = buffer.count
    let wanted = min(count, left)
    while buffer.count - before < wanted {
      if place == packed.count { try fill() }
      let start = buffer.count
      let room = wanted - (buffer.count - before)
      if entry.method == 0 {
        let end = min(packed.count, place + room)
        buffer += packed[place..<end]
        place = end
      } else {
        do throws(GzipError) {
          let input = packed
          let step = try inflater.inflate(
            input.span.extracting(place..<packed.count), atMost: room, appendingTo: &buffer)
          place += step.read
          guard !step.isEnd || buffer.count - before == wanted && left == wanted else {
            throw GzipError(reason: "the content ends early")
          }
        } catch {
          throw FileError(path: path, reason: error.reason)
        }
      }
      checksum.add(buffer.span.extracting(start..<buffer.count))
    }
    left -= wanted
    if left == 0, checksum.value != entry.checksum {
      throw FileError(path: path, reason: "the checksum of the archive is another: it is damaged")
    }
    return wanted
  }

  private mutating func fill() throws(FileError) {
    packed.removeAll(keepingCapacity: true)
    place = 0
    let got = try file.read(min(packedLeft, 1 << 18), appendingTo: &packed)
    packedLeft -= got
    guard got > 0 else { throw FileError(path: path, reason: "the archive is cut short") }
  }
}
