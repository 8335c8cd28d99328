#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A stream on which a command tells what it has to tell (stdout(3)).
package enum StandardStream: Int32, Sendable {
  case output = 1
  case errors = 2

  private var name: String { self == .output ? "standard output" : "standard error" }

  /// Writes bytes, all of them (write(2)).
  ///
  /// - Parameter bytes: the bytes.
  /// - Returns: whether there is a reader; `false` where the other end of a pipe was closed.
  /// - Throws: a `FileError` where the bytes cannot be written.
  package func write(_ bytes: RawSpan) throws(FileError) -> Bool {
    var done = 0
    while done < bytes.byteCount {
      let got = unsafe bytes.withUnsafeBytes { source in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: source[done...])
        return unsafe writeBytes(rawValue, rest.baseAddress, rest.count)
      }
      if got < 0 && errno == EINTR { continue }
      if got < 0 && errno == EPIPE { return false }
      guard got > 0 else {
        throw FileError(
          path: name, reason: unsafe String(cString: strerror(errno)), isDiskFull: errno == ENOSPC)
      }
      done += got
    }
    return true
  }

  /// Puts something in the place of streams with which the process was not started, so that no file
  /// that is opened later takes their number, and what is printed is not written into it.
  ///
  /// Writing to the output fails then, as it should; what goes to the errors is lost.
  package static func occupyClosed() {
    for (number, flags) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_WRONLY)]
    where fcntl(number, F_GETFD) < 0 {
      // The lowest free number is given: all below are taken.
      _ = unsafe open("/dev/null", flags)
    }
  }
}

/// write(2) under a name that a method called `write` does not hide.
private func writeBytes(_ stream: Int32, _ source: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(stream, source, count)
}
