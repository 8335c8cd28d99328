import Columnar

/// The bytes of a file, or of memory, from the first to the last.
struct ByteSource: ~Copyable {
  private var file: FileReader?
  private let memory: [UInt8]
  private var position = 0
  let path: String

  init(path: String) throws(DelimitedError) {
    do throws(FileError) {
      file = try FileReader(path: path)
    } catch {
      throw DelimitedError(.fileUnreadable, path: path, reason: error.reason)
    }
    memory = []
    self.path = path
  }

  init(bytes: [UInt8]) {
    file = nil
    memory = bytes
    path = "memory"
  }

  /// Appends the next `count` bytes, or as many as are left; says whether there may be more.
  mutating func read(_ count: Int, appendingTo buffer: inout [UInt8]) throws(DelimitedError)
    -> Bool
  {
    if file == nil {
      let end = min(memory.count, position + count)
      buffer.append(contentsOf: memory[position..<end])
      position = end
      return position < memory.count
    }
    do throws(FileError) {
      return try file?.read(count, appendingTo: &buffer) == count
    } catch {
      throw DelimitedError(.fileUnreadable, path: path, reason: error.reason)
    }
  }
}
