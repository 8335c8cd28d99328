#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What a command is given to read (stdin(3)).
package enum StandardInput {
  /// The path by which people ask for it.
  package static let path = "-"

  /// All of it, read when it is first asked for and kept, so that it can be read again.
  package static let bytes: Result<[UInt8], FileError> = readAll()

  private static func readAll() -> Result<[UInt8], FileError> {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = unsafe block.withUnsafeMutableBytes { target in
        unsafe readBytes(target.baseAddress, target.count)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else {
        return .failure(
          FileError(path: "standard input", reason: unsafe String(cString: strerror(errno))))
      }
      if got == 0 { return .success(bytes) }
      bytes += block[..<got]
    }
  }
}

/// read(2) from the stream.
private func readBytes(_ target: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(0, target, count)
}
