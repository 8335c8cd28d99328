import Columnar
import Gzip

/// The bytes of one file of a download, from their start to their end.
struct AthenaBytes: ~Copyable {
  private var file: FileReader?
  private var entry: ZipEntryReader?
  private let size: Int
  private var position = 0

  /// Opens a file of a folder.
  init(path: String) throws(FileError) {
    let reader = try FileReader(path: path)
    size = reader.size
    file = consume reader
  }

  /// Opens a file of an archive.
  init(_ entry: ZipArchive.Entry, of archive: ZipArchive) throws {
    let reader = try ZipEntryReader(entry, of: archive)
    size = entry.size
    self.entry = consume reader
  }

  /// Whether all bytes were read.
  var isAtEnd: Bool { position == size }

  /// Appends the next bytes; fewer than asked for only at the end.
  mutating func read(_ count: Int, appendingTo buffer: inout [UInt8]) throws -> Int {
    let got =
      try file?.read(count, appendingTo: &buffer) ?? entry?.read(count, appendingTo: &buffer) ?? 0
    position += got
    return got
  }
}
