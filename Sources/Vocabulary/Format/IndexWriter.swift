import Columnar

#if _endian(big)
  #error("the index is mapped as it stands, and it is little-endian")
#endif

/// Writes the parts of an index one after the other, to a file or into memory; parts that nobody adds
/// are empty.
struct IndexWriter {
  var header = IndexHeader()
  /// The bytes, when the index is made in memory.
  private(set) var bytes: [UInt8] = []
  private let file: AtomicFile?
  private var position = IndexHeader.byteCount
  /// The part that is being written, the bytes of it that wait, and the parts so far.
  private var part: (section: IndexSection, part: IndexHeader.Part)?
  private var waiting: [UInt8] = []
  private var added: Set<Int> = []

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
    try begin(section)
    try append(values)
  }

  /// Begins a part, to which `append` adds until the next begins.
  mutating func begin(_ section: IndexSection) throws(FileError) {
    try endPart()
    let aligned = (position + 63) & ~63
    if file == nil { bytes.append(contentsOf: repeatElement(0, count: aligned - position)) }
    position = aligned
    part = (section, IndexHeader.Part(offset: aligned))
    added.insert(section.rawValue)
  }

  /// Appends values to the part that was begun last.
  ///
  /// The hash of a part is that of pieces of one size, whatever the values come in.
  mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(
    _ values: [Value]
  ) throws(FileError) {
    let raw = values.span.raw
    var start = 0
    while start < raw.byteCount {
      let room = IndexHeader.pieceByteCount - waiting.count
      let end = min(raw.byteCount, start + room)
      let piece = raw.extracting(start..<end)
      if waiting.isEmpty && piece.byteCount == IndexHeader.pieceByteCount {
        try write(piece)
      } else {
        waiting.append(raw: piece)
        if waiting.count == IndexHeader.pieceByteCount { try writeWaiting() }
      }
      start = end
    }
  }

  private mutating func writeWaiting() throws(FileError) {
    let piece = waiting
    waiting = []
    try write(piece.span.raw)
  }

  private mutating func write(_ piece: RawSpan) throws(FileError) {
    if let file {
      try file.write(piece, at: position)
    } else {
      bytes.append(raw: piece)
    }
    position += piece.byteCount
    let before = part?.part.hash ?? 0
    part?.part.hash = ContentHash.hash(piece, seed: before)
  }

  private mutating func endPart() throws(FileError) {
    if !waiting.isEmpty { try writeWaiting() }
    guard var ended = part else { return }
    ended.part.byteCount = position - ended.part.offset
    header.parts[ended.section.rawValue] = ended.part
    part = nil
  }

  /// Opens what is written so far; of the parts that nobody has added only `last` can follow.
  ///
  /// - Complexity: O(1) for a file, whose bytes are mapped; an index in memory is copied.
  mutating func opened(before last: IndexSection) throws -> VocabularyIndex {
    for section in IndexSection.allCases where section != last {
      if !added.contains(section.rawValue) { try begin(section) }
    }
    try endPart()
    let aligned = (position + 63) & ~63
    var draft = header
    draft.parts[last.rawValue] = IndexHeader.Part(offset: aligned)
    draft.fileByteCount = aligned + 1
    guard let file else {
      var copy = bytes + [UInt8](repeating: 0, count: draft.fileByteCount - bytes.count)
      copy.replaceSubrange(0..<IndexHeader.byteCount, with: draft.bytes)
      return try VocabularyIndex(bytes: copy)
    }
    // Nobody sees this header: the file has its name only when it is finished.
    try file.write([UInt8](repeating: 0, count: 1).span.raw, at: aligned)
    try file.write(draft.bytes.span.raw, at: 0)
    return try VocabularyIndex(MappedFile(path: file.draftPath), path: file.path, isChecked: false)
  }

  /// Writes the header, and makes the file appear.
  mutating func finish() throws(FileError) {
    for section in IndexSection.allCases where !added.contains(section.rawValue) {
      try begin(section)
    }
    try endPart()
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
