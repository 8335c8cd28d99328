import Columnar

/// The bytes of a file, or of memory, from the first to the last: those of gzip decompressed, those
/// of UTF-16 as UTF-8.
struct ByteSource: ~Copyable {
  private var file: FileReader?
  private let memory: [UInt8]
  private var members: GzipMembers?
  private var transcoder: UTF16Transcoder?
  /// Bytes before transcoding.
  private var raw: [UInt8] = []
  /// The bytes of the file that were read.
  private(set) var consumed = 0
  /// The bytes of a byte order mark that was passed over.
  private(set) var markLength = 0
  let path: String

  /// Opens a file; one that begins as gzip does is gzip, whatever its name.
  init(path: String) throws(DelimitedError) {
    let start = try ByteSource.start(of: path)
    let isCompressed = GzipMembers.areMembers(start)
    if path.hasSuffix(".gz"), !isCompressed, !start.isEmpty {
      throw DelimitedError(
        .fileDamaged, path: path, reason: "is called .gz and does not begin as gzip does")
    }
    do throws(FileError) {
      file = try FileReader(path: path)
    } catch {
      throw DelimitedError(.fileUnreadable, path: path, reason: error.reason)
    }
    memory = []
    members = isCompressed ? GzipMembers() : nil
    self.path = path
  }

  init(bytes: [UInt8]) {
    file = nil
    memory = bytes
    members = GzipMembers.areMembers(bytes) ? GzipMembers() : nil
    path = "memory"
  }

  private static func start(of path: String) throws(DelimitedError) -> [UInt8] {
    do throws(FileError) {
      var file = try FileReader(path: path)
      var start: [UInt8] = []
      _ = try file.read(2, appendingTo: &start)
      return start
    } catch {
      throw DelimitedError(.fileUnreadable, path: path, reason: error.reason)
    }
  }

  /// Looks at the byte order mark of a file in UTF-16 and passes over it; called before anything is
  /// read.
  ///
  /// - Returns: the encoding, with its order of bytes.
  mutating func begin(_ encoding: DelimitedFormat.Encoding) throws(DelimitedError)
    -> DelimitedFormat.Encoding
  {
    guard encoding.isUTF16 else { return encoding }
    var start: [UInt8] = []
    _ = try readText(2, appendingTo: &start)
    let marked: DelimitedFormat.Encoding? =
      switch start {
      case [0xFF, 0xFE]: .utf16LittleEndian
      case [0xFE, 0xFF]: .utf16BigEndian
      default: nil
      }
    if let marked, encoding != .utf16, encoding != marked {
      throw DelimitedError(
        .byteOrderUnclear, path: path,
        reason: "its byte order mark says \(marked.rawValue), the pipeline \(encoding.rawValue)")
    }
    guard let order = marked ?? (encoding == .utf16 && !start.isEmpty ? nil : encoding) else {
      throw DelimitedError(
        .byteOrderUnclear, path: path,
        reason: "has no byte order mark: say utf-16le or utf-16be instead of utf-16")
    }
    transcoder = UTF16Transcoder(isBigEndian: order == .utf16BigEndian)
    if marked == nil { raw = start } else { markLength = start.count }
    return order
  }

  /// Appends the next `count` bytes of the text, or as many as are left, in UTF-8 when it is in
  /// UTF-16; says whether there may be more.
  mutating func read(_ count: Int, appendingTo buffer: inout [UInt8]) throws(DelimitedError)
    -> Bool
  {
    guard transcoder != nil else { return try readText(count, appendingTo: &buffer) }
    var units: [UInt8] = []
    swap(&units, &raw)
    let mayGoOn = try readText(count, appendingTo: &units)
    transcoder?.transcode(units.span, appendingTo: &buffer)
    units.removeAll(keepingCapacity: true)
    swap(&units, &raw)
    if !mayGoOn { transcoder?.finish(appendingTo: &buffer) }
    return mayGoOn
  }

  /// Appends the next `count` bytes of the text as they are written, or as many as are left; says
  /// whether there may be more.
  mutating func readText(
    _ count: Int, appendingTo buffer: inout [UInt8]
  ) throws(DelimitedError) -> Bool {
    guard var members = members.take() else {
      let before = buffer.count
      try readStored(count, appendingTo: &buffer)
      return buffer.count - before == count
    }
    let mayGoOn = try members.read(
      count, appendingTo: &buffer,
      from: { (count, input) throws(DelimitedError) in
        try readStored(count, appendingTo: &input)
      }, path: path)
    self.members = consume members
    return mayGoOn
  }

  /// Passes over the text up to a byte.
  mutating func skip(to offset: Int64) throws(DelimitedError) {
    if members == nil, file != nil {
      do throws(FileError) {
        try file?.seek(to: offset)
      } catch {
        throw DelimitedError(.fileUnreadable, path: path, reason: error.reason)
      }
      return
    }
    var left = offset
    var block: [UInt8] = []
    var mayGoOn = true
    while left > 0, mayGoOn {
      block.removeAll(keepingCapacity: true)
      mayGoOn = try readText(Int(min(left, 1 << 20)), appendingTo: &block)
      left -= Int64(block.count)
    }
  }

  /// Appends the next bytes of the file; fewer than asked for only at its end.
  private mutating func readStored(
    _ count: Int, appendingTo buffer: inout [UInt8]
  ) throws(DelimitedError) {
    let before = buffer.count
    if file == nil {
      let end = min(memory.count, consumed + count)
      buffer.append(contentsOf: memory[consumed..<end])
    } else {
      do throws(FileError) {
        _ = try file?.read(count, appendingTo: &buffer)
      } catch {
        throw DelimitedError(.fileUnreadable, path: path, reason: error.reason)
      }
    }
    consumed += buffer.count - before
  }
}
