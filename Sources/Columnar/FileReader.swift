#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file read from its start to its end in blocks (read(2)).
@safe
package struct FileReader: ~Copyable {
  package let path: String
  /// The number of bytes when the file was opened.
  package let size: Int
  private let descriptor: Int32

  package init(path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0 else {
      let reason = unsafe String(cString: strerror(errno))
      if descriptor >= 0 { close(descriptor) }
      throw FileError(path: path, reason: reason)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileError(path: path, reason: "not a file")
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Goes on at a byte of the file, which may lie beyond its end (lseek(2)).
  package mutating func seek(to offset: Int64) throws(FileError) {
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
      throw FileError(path: path, reason: unsafe String(cString: strerror(errno)))
    }
  }

  /// Fills a buffer from a position on with the next bytes; the number of bytes read is smaller than
  /// the room only at the end of the file.
  package mutating func read(into buffer: inout [UInt8], from start: Int) throws(FileError) -> Int {
    precondition(start >= 0 && start <= buffer.count, "outside the buffer")
    var filled = start
    while filled < buffer.count {
      let room = buffer.count - filled
      let got = unsafe buffer.withUnsafeMutableBytes { target in
        let free = unsafe UnsafeMutableRawBufferPointer(rebasing: target[filled...])
        return unsafe readBytes(descriptor, free.baseAddress, room)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else {
        throw FileError(path: path, reason: unsafe String(cString: strerror(errno)))
      }
      if got == 0 { break }
      filled += got
    }
    return filled - start
  }

  /// Appends the next bytes of the file, as many as asked for unless the file ends before.
  ///
  /// - Returns: the number of bytes appended; smaller than `count` only at the end of the file.
  package mutating func read(_ count: Int, appendingTo buffer: inout [UInt8]) throws(FileError)
    -> Int
  {
    let before = buffer.count
    let descriptor = descriptor
    var failure: Int32 = 0
    buffer.append(addingCapacity: count) { output in
      unsafe output.withUnsafeMutableBufferPointer { target, initialized in
        while initialized < count {
          guard let start = target.baseAddress else { return }
          let got = unsafe readBytes(descriptor, start + initialized, count - initialized)
          if got == 0 { return }
          if got < 0 {
            if errno == EINTR { continue }
            failure = errno
            return
          }
          initialized += got
        }
      }
    }
    guard failure == 0 else {
      throw FileError(path: path, reason: unsafe String(cString: strerror(failure)))
    }
    return buffer.count - before
  }
}

extension FileReader {
  /// Appends the next bytes to a buffer; fewer than wanted are read only at the end of the file.
  package mutating func read(
    appendingTo buffer: inout [UInt8], atMost count: Int
  ) throws(FileError) -> Int {
    precondition(count >= 0, "a negative count")
    var failure: FileError?
    let file = descriptor
    let block = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      while filled < count {
        let free = unsafe UnsafeMutableRawPointer(target.baseAddress.map { unsafe $0 + filled })
        let got = unsafe readBytes(file, free, count - filled)
        if got < 0 && errno == EINTR { continue }
        if got < 0 {
          failure = FileError(path: path, reason: unsafe String(cString: strerror(errno)))
        }
        guard got > 0 else { return }
        filled += got
      }
    }
    if let failure { throw failure }
    if buffer.isEmpty { buffer = block } else { buffer += block }
    return block.count
  }
}

/// read(2) under a name that a method called `read` does not hide.
private func readBytes(
  _ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
  unsafe read(descriptor, target, count)
}
