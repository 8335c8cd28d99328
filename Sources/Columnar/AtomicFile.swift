#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file written beside its place and moved there in one step, so that a reader sees the old one or
/// the new one and never a part.
///
/// Without `publish()` nothing remains of it.
@safe
package final class AtomicFile {
  package let path: String
  private let temporary: String
  private let descriptor: Int32
  private var published = false

  /// Begins a file beside the one that it shall replace.
  package init(path: String) throws(FileError) {
    temporary = "\(path).\(getpid()).new"
    self.path = path
    descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw AtomicFile.failure(path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if descriptor >= 0 && !published { unsafe unlink(temporary) }
  }

  /// Writes bytes at an offset (pwrite(2)).
  package func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    var done = 0
    while done < bytes.byteCount {
      let got = unsafe bytes.withUnsafeBytes { source in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: source[done...])
        return unsafe pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      }
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { throw AtomicFile.failure(path) }
      done += got
    }
  }

  /// Syncs the file, moves it to its place and syncs the folder.
  package func publish() throws(FileError) {
    guard fsync(descriptor) == 0, unsafe rename(temporary, path) == 0 else {
      throw AtomicFile.failure(path)
    }
    published = true
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let handle = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw AtomicFile.failure(folder) }
    fsync(handle)
    close(handle)
  }

  private static func failure(_ path: String) -> FileError {
    FileError(path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
