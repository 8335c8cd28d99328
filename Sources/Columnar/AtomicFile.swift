#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file written beside its place and moved there in one step, so that a reader sees the old one or
/// the new one and never a part.
///
/// Without `publish()` nothing remains of it: until then the file has no name at all where the file
/// system can do that (O_TMPFILE, open(2)), so that a process that is killed leaves none either.
@safe
package final class AtomicFile {
  package let path: String
  private let temporary: String
  private let descriptor: Int32
  /// Whether the file stands under its temporary name.
  private var isNamed: Bool

  /// Begins a file beside the one that it shall replace.
  package init(path: String) throws(FileError) {
    temporary = "\(path).\(getpid()).new"
    self.path = path
    if let nameless = AtomicFile.nameless(in: AtomicFile.folder(path)) {
      descriptor = nameless
      isNamed = false
    } else {
      descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      isNamed = true
      if descriptor < 0 { throw AtomicFile.failure(path) }
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if descriptor >= 0 && isNamed { unsafe unlink(temporary) }
  }

  /// Where this process can read what is written so far (proc(5)).
  package var draftPath: String { isNamed ? temporary : "/proc/self/fd/\(descriptor)" }

  /// A file without a name that can be given one; `nil` where there is no such thing.
  private static func nameless(in folder: String) -> Int32? {
    #if canImport(Glibc)
      // O_TMPFILE of fcntl.h, which is a macro that Swift does not see: __O_TMPFILE | O_DIRECTORY.
      let descriptor = unsafe open(folder, 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { return nil }
      if unsafe access("/proc/self/fd/\(descriptor)", F_OK) == 0 { return descriptor }
      close(descriptor)
    #endif
    return nil
  }

  private static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  }

  /// Gives the file its temporary name; one that a process of the same number left there goes.
  private func giveName() -> Bool {
    if isNamed { return true }
    unsafe unlink(temporary)
    isNamed =
      unsafe linkat(
        AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0
    return isNamed
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
    guard fsync(descriptor) == 0, giveName(), unsafe rename(temporary, path) == 0 else {
      throw AtomicFile.failure(path)
    }
    isNamed = false
    let folder = AtomicFile.folder(path)
    let handle = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw AtomicFile.failure(folder) }
    fsync(handle)
    close(handle)
  }

  private static func failure(_ path: String) -> FileError {
    FileError(path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
