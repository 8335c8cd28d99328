#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Puts a finished file in the place of an older one, so that a crash leaves the one or the other.
package enum FileReplacement {
  /// Moves a file over another in one step, after its content and before its name are made durable.
  ///
  /// The older file, when there is one, gives its permissions to the newer; those who have it open
  /// go on reading it. Both must be in the same file system. See rename(2) and fsync(2).
  package static func replace(_ path: String, with newPath: String) throws(FileError) {
    var status = stat()
    if unsafe stat(path, &status) == 0 {
      let mode = status.st_mode & 0o7777
      try check(unsafe chmod(newPath, mode), newPath)
    }
    try synchronize(newPath, O_RDONLY)
    try check(unsafe rename(newPath, path), newPath)
    try synchronize(folder(of: path), O_RDONLY | O_DIRECTORY)
  }

  /// Waits until a file or folder is on the disk.
  private static func synchronize(_ path: String, _ flags: Int32) throws(FileError) {
    let descriptor = unsafe open(path, flags | O_CLOEXEC)
    try check(descriptor, path)
    defer { close(descriptor) }
    try check(fsync(descriptor), path)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func check(_ result: Int32, _ path: String) throws(FileError) {
    guard result < 0 else { return }
    throw FileError(path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
