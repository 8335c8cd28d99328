internal import Foundation

/// The lines at which byte offsets of a file stand.
package enum LineNumbers {
  /// Counts the line feeds before each offset; lines are numbered from 1.
  ///
  /// - Parameters:
  ///   - offsets: ascending.
  ///   - path: the file.
  /// - Returns: the line of each offset.
  /// - Throws: the error of the system when the file cannot be read.
  /// - Complexity: one sequential reading up to the last offset, in blocks of 1 MiB.
  package static func find(_ offsets: [Int64], path: String) throws -> [Int64: Int64] {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    var lines: [Int64: Int64] = [:]
    var line: Int64 = 1
    var start: Int64 = 0
    var next = 0
    while next < offsets.count, let block = try file.read(upToCount: 1 << 20), !block.isEmpty {
      let bytes = [UInt8](block)
      var position = 0
      while position < bytes.count, next < offsets.count {
        let stop = min(Int(offsets[next] - start), bytes.count)
        line += Int64(bytes[position..<stop].count { $0 == 10 })
        position = stop
        if start + Int64(position) == offsets[next] {
          lines[offsets[next]] = line
          next += 1
        }
      }
      start += Int64(bytes.count)
    }
    // An offset at the very end of the file stands on the line after the last.
    while next < offsets.count {
      lines[offsets[next]] = line
      next += 1
    }
    return lines
  }

  /// The byte at which a line, from 1, begins, behind a byte order mark of UTF-8; `nil` when the
  /// file ends before.
  package static func offset(ofLine line: Int, path: String) throws -> Int64? {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    var current = 1
    var offset = 0
    while current < line, let end = data[offset...].firstIndex(of: 10) {
      current += 1
      offset = end + 1
    }
    guard current == line, offset < data.count else { return nil }
    return offset == 0 && data.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : Int64(offset)
  }
}
