#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A lock on a file that one holder at a time has, and that ends with its holder however that ends:
/// a process that is killed leaves no lock behind (flock(2)).
package final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, making the file when it is not there; `nil` when somebody else has it.
  package init?(path: String) throws(FileError) {
    let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard let locked = try FileLock.lock(opened, path) else { return nil }
    descriptor = locked
  }

  /// Takes the lock of a folder that is there, which goes with it when it gets another name; `nil`
  /// when somebody else has it.
  package init?(folder path: String) throws(FileError) {
    let opened = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard let locked = try FileLock.lock(opened, path) else { return nil }
    descriptor = locked
  }

  /// The descriptor, locked; `nil`, and closed, when somebody else has the lock.
  private static func lock(_ descriptor: Int32, _ path: String) throws(FileError) -> Int32? {
    guard descriptor >= 0 else {
      throw FileError(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    let failure = errno
    close(descriptor)
    if failure == EWOULDBLOCK { return nil }
    throw FileError(path: path, reason: unsafe String(cString: strerror(failure)))
  }

  deinit { close(descriptor) }
}
