import Columnar

#if _endian(big)
  #error("the index is mapped as it stands, and it is little-endian")
#endif

/// Writes the parts of an index one after the other, to a file or into memory.
struct IndexWriter {
  var header = IndexHeader()
  /// The bytes, when the index is made in memory.
  private(set) var bytes: [UInt8] = []
  private let file: AtomicFile?
  private var position = IndexHeader.byteCount

  /// Writes into memory.
  init() {
    file = nil
    bytes = [UInt8](repeating: 0, count: IndexHeader.byteCount)
  }

  /// Writes to a file that appears when it is finished.
  init(path: String) throws(FileError) { file = try AtomicFile(path: path) }

  /// Appends a part; parts begin at multiples of 64 bytes.
  mutating func add<Value: FixedWidthInteger & BitwiseCopyable>(
    _ section: IndexSection, _ values: [Value]
  ) throws(FileError) {
    let raw = values.span.raw
    let aligned = (position + 63) & ~63
    header.parts[section.rawValue] = IndexHeader.Part(
      offset: aligned, byteCount: raw.byteCount, hash: ContentHash.hash(raw))
    if let file {
      try file.write(raw, at: aligned)
    } else {
      bytes.append(contentsOf: repeatElement(0, count: aligned - position))
      bytes.append(raw: raw)
    }
    position = aligned + raw.byteCount
  }

  /// Writes the header, and makes the file appear.
  mutating func finish() throws(FileError) {
    // One byte more than the last part, so that a cut at the end of it is seen in the file too.
    header.fileByteCount = position + 1
    let head = header.bytes
    if let file {
      try file.write([UInt8](repeating: 0, count: 1).span.raw, at: position)
      try file.write(head.span.raw, at: 0)
      try file.publish()
    } else {
      bytes.append(0)
      bytes.replaceSubrange(0..<head.count, with: head)
    }
  }
}
