/// Lines of a file by the bytes at which records of it begin, as `Tokens.offsets` gives them: bytes
/// of the file, or of its text where it is compressed.
package enum FileLines {
  /// Counts the line feeds before each offset; lines are numbered from 1.
  ///
  /// - Parameters:
  ///   - offsets: ascending.
  ///   - path: the file.
  ///   - encoding: how it is written, with the order of bytes (see `RecordSplitter.encoding`).
  /// - Returns: the line of each offset.
  /// - Throws: a `DelimitedError` when the file cannot be read.
  /// - Complexity: one sequential reading up to the last offset, in blocks of 1 MiB.
  package static func numbers(
    of offsets: [Int64], path: String, encoding: DelimitedFormat.Encoding
  ) throws(DelimitedError) -> [Int64: Int64] {
    var source = try ByteSource(path: path)
    var lines: [Int64: Int64] = [:]
    var line: Int64 = 1
    var start: Int64 = 0
    var next = 0
    var mayGoOn = true
    var block: [UInt8] = []
    while next < offsets.count, mayGoOn {
      block.removeAll(keepingCapacity: true)
      // An even number of bytes, so that no unit of UTF-16 is torn apart.
      mayGoOn = try source.readText(1 << 20, appendingTo: &block)
      var position = 0
      while position < block.count, next < offsets.count {
        let stop = min(Int(offsets[next] - start), block.count)
        line += lineFeeds(block.span.extracting(position..<stop), encoding)
        position = stop
        if start + Int64(position) == offsets[next] {
          lines[offsets[next]] = line
          next += 1
        }
      }
      start += Int64(block.count)
    }
    // An offset at the very end of the file stands on the line after the last.
    while next < offsets.count {
      lines[offsets[next]] = line
      next += 1
    }
    return lines
  }

  /// The byte at which a line, from 1, begins, behind a byte order mark; `nil` when the text ends
  /// before.
  package static func offset(
    ofLine line: Int, path: String, encoding: DelimitedFormat.Encoding
  ) throws(DelimitedError) -> Int64? {
    var source = try ByteSource(path: path)
    let unit = encoding.isUTF16 ? 2 : 1
    var current = 1
    var start: Int64 = 0
    var found: Int64?
    var mayGoOn = true
    var block: [UInt8] = []
    while mayGoOn {
      block.removeAll(keepingCapacity: true)
      mayGoOn = try source.readText(1 << 20, appendingTo: &block)
      if line == 1, start == 0 { found = Int64(markLength(block, encoding)) }
      var position = 0
      while found == nil, position + unit <= block.count {
        current += Int(lineFeeds(block.span.extracting(position..<position + unit), encoding))
        position += unit
        if current == line { found = start + Int64(position) }
      }
      start += Int64(block.count)
      if let found, found < start { return found }
    }
    return nil
  }

  private static func markLength(_ bytes: [UInt8], _ encoding: DelimitedFormat.Encoding) -> Int {
    if encoding == .utf8 { return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
    guard encoding.isUTF16 else { return 0 }
    return bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) ? 2 : 0
  }

  /// The text of a record up to the end of its first line, 64 KiB at most.
  ///
  /// - Returns: the line; `nil` when the file ends before.
  package static func first(
    ofRecordAt offset: Int64, path: String, encoding: DelimitedFormat.Encoding
  ) throws(DelimitedError) -> String? {
    var source = try ByteSource(path: path)
    try source.skip(to: offset)
    var bytes: [UInt8] = []
    _ = try source.readText(64 << 10, appendingTo: &bytes)
    if bytes.isEmpty { return nil }
    if encoding.isUTF16 {
      var transcoder = UTF16Transcoder(isBigEndian: encoding == .utf16BigEndian)
      var text: [UInt8] = []
      transcoder.transcode(bytes.span, appendingTo: &text)
      transcoder.finish(appendingTo: &text)
      bytes = text
    }
    let line = Array(bytes.prefix { $0 != 10 && $0 != 13 })
    guard let characters = encoding.characters else { return String(decoding: line, as: UTF8.self) }
    var decoded: [UInt8] = []
    _ = characters.decode(line.span, appendingTo: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func lineFeeds(
    _ bytes: Span<UInt8>, _ encoding: DelimitedFormat.Encoding
  ) -> Int64 {
    var count: Int64 = 0
    guard encoding.isUTF16 else {
      for index in bytes.indices where bytes[index] == 10 { count += 1 }
      return count
    }
    let low = encoding == .utf16BigEndian ? 1 : 0
    var position = 0
    while position + 1 < bytes.count {
      if bytes[position + low] == 10, bytes[position + 1 - low] == 0 { count += 1 }
      position += 2
    }
    return count
  }
}
