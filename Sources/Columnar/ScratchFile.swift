internal import Glibc
internal import Synchronization

/// A file for what does not fit into memory: appended to and read back by any thread, readable by
/// its owner alone, and gone from the folder as soon as it is made, so that no crash leaves it.
package final class ScratchFile: Sendable {
  /// The open file, for a program that is to write into it.
  package let descriptor: Int32
  private let end = Guarded<Int>(0)

  /// The files made so far by the process: each has a name of its own while it has one.
  private static let made = Atomic<Int>(0)

  /// Makes a file in a folder that exists.
  package init(folder: String) throws(FileError) {
    let number = ScratchFile.made.add(1, ordering: .relaxed).newValue
    let path = "\(folder)/spill.\(getpid()).\(number)"
    // What a process of the same number may have left behind, killed at this very place, goes first.
    unsafe unlink(path)
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw FileError(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    unsafe unlink(path)
  }

  deinit { close(descriptor) }

  /// A path under which this process may open the file once more (proc(5)).
  package var path: String { "/proc/self/fd/\(descriptor)" }

  /// The size of the file, whoever wrote it.
  package func writtenBytes() throws(FileError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw FileError(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    return Int(status.st_size)
  }

  /// The bytes appended so far.
  package var count: Int { end.withLock { $0 } }

  /// Appends bytes and returns the offset at which they begin.
  package func append(_ bytes: [UInt8]) throws(FileError) -> Int {
    let start = end.withLock { end in
      defer { end += bytes.count }
      return end
    }
    var done = 0
    while done < bytes.count {
      let part = bytes.span.extracting(done..<bytes.count)
      let written = unsafe part.withUnsafeBufferPointer { buffer in
        unsafe pwrite(descriptor, buffer.baseAddress, buffer.count, off_t(start + done))
      }
      guard written > 0 else {
        if written < 0, errno == EINTR { continue }
        throw FileError(path: path, reason: unsafe String(cString: strerror(errno)))
      }
      done += written
    }
    return start
  }

  /// Reads bytes that were appended before.
  package func read(_ range: Range<Int>) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var done = 0
    while done < range.count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
        return unsafe pread(
          descriptor, rest.baseAddress, rest.count, off_t(range.lowerBound + done))
      }
      guard got > 0 else {
        if got < 0, errno == EINTR { continue }
        let reason = got == 0 ? "ends too early" : unsafe String(cString: strerror(errno))
        throw FileError(path: path, reason: reason)
      }
      done += got
    }
    return bytes
  }
}
