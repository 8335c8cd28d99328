#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A new file written from its start to its end (write(2)).
@safe
package struct FileWriter: ~Copyable {
  package let path: String
  private let descriptor: Int32

  /// Makes the file; one that is there already is an error.
  package init(path: String) throws(FileError) {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw FileWriter.failure(path) }
  }

  deinit { close(descriptor) }

  /// Writes bytes behind those written before.
  package mutating func write(_ bytes: Span<UInt8>) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.extracting(done..<bytes.count).withUnsafeBufferPointer { source in
        unsafe writeBytes(descriptor, source.baseAddress, source.count)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw FileWriter.failure(path) }
      done += written
    }
  }

  /// Waits until what was written is on the disk (fsync(2)).
  package mutating func synchronize() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw FileWriter.failure(path) }
  }

  private static func failure(_ path: String) -> FileError {
    let code = errno
    return FileError(
      path: path, reason: unsafe String(cString: strerror(code)),
      isDiskFull: code == ENOSPC || code == EDQUOT)
  }
}

/// write(2) under a name that a method called `write` does not hide.
private func writeBytes(_ descriptor: Int32, _ source: UnsafePointer<UInt8>?, _ count: Int) -> Int {
  unsafe write(descriptor, source, count)
}
