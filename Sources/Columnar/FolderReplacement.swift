#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Puts a finished folder in the place of an older one, so that a crash leaves the one or the other.
///
/// On Linux the two change names in one step (renameat2(2), RENAME_EXCHANGE). Some file systems, NFS
/// among them, cannot do that: there the older folder first becomes `<path>.old`, and for the moment
/// between two renames there is none; `recover` puts it back when the process died in that moment.
public enum FolderReplacement {
  /// Puts `newPath` in the place of `path`, where nothing need be, after its files were made durable.
  ///
  /// The older folder gives its permissions to the newer. Both must be in the same file system.
  ///
  /// - Parameters:
  ///   - path: the place.
  ///   - newPath: the finished folder.
  ///   - exchanges: whether to try the one step; for tests of the other way.
  /// - Returns: where the older folder is now, `nil` when there was none.
  /// - Throws: what the system says; `path` is then as it was.
  package static func replace(
    _ path: String, with newPath: String, exchanges: Bool
  ) throws(FileError) -> String? {
    var status = stat()
    let isReplacing = unsafe stat(path, &status) == 0
    if isReplacing { try check(unsafe chmod(newPath, status.st_mode & 0o7777), newPath) }
    try synchronize(newPath)
    var older: String?
    var isExchanged = false
    if isReplacing, exchanges { isExchanged = try exchange(newPath, path) }
    if !isReplacing {
      try check(unsafe rename(newPath, path), newPath)
    } else if isExchanged {
      older = newPath
    } else {
      let old = oldPath(path)
      try check(unsafe rename(path, old), path)
      if unsafe rename(newPath, path) != 0 {
        let failure = error(newPath)
        unsafe rename(old, path)
        throw failure
      }
      older = old
    }
    try synchronize(parent(of: path))
    return older
  }

  /// Puts `newPath` in the place of `path`, where nothing need be, after its files were made durable.
  ///
  /// - Parameters:
  ///   - path: the place.
  ///   - newPath: the finished folder, in the same file system.
  /// - Returns: where the older folder is now, `nil` when there was none.
  /// - Throws: what the system says; `path` is then as it was.
  public static func replace(
    _ path: String, with newPath: String
  ) throws(FileError) -> String? {
    try replace(path, with: newPath, exchanges: true)
  }

  /// Puts back the older folder when a process died between two renames.
  ///
  /// - Returns: the folder that was replaced and is still there under its other name, if any.
  public static func recover(_ path: String) throws(FileError) -> String? {
    var status = stat()
    let old = oldPath(path)
    guard unsafe stat(old, &status) == 0 else { return nil }
    if unsafe stat(path, &status) == 0 { return old }
    try check(unsafe rename(old, path), old)
    try synchronize(parent(of: path))
    return nil
  }

  private static func oldPath(_ path: String) -> String { path + ".old" }

  private typealias Exchange =
    @convention(c) (
      Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
    ) -> Int32

  /// Lets two folders change names in one step; `false` when the system cannot.
  private static func exchange(_ left: String, _ right: String) throws(FileError) -> Bool {
    // Looked up by its name: the headers hide it from Swift, and not every C library has it.
    guard let symbol = unsafe dlsym(nil, "renameat2") else { return false }
    let renameat2 = unsafe unsafeBitCast(symbol, to: Exchange.self)
    let flag: UInt32 = 2  // RENAME_EXCHANGE
    if unsafe renameat2(AT_FDCWD, left, AT_FDCWD, right, flag) == 0 { return true }
    guard [EINVAL, ENOSYS, EOPNOTSUPP].contains(errno) else { throw error(left) }
    return false
  }

  /// Waits until the names in a folder are on the disk.
  private static func synchronize(_ path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    try check(descriptor, path)
    defer { close(descriptor) }
    try check(fsync(descriptor), path)
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func check(_ result: Int32, _ path: String) throws(FileError) {
    if result < 0 { throw error(path) }
  }

  private static func error(_ path: String) -> FileError {
    FileError(path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
