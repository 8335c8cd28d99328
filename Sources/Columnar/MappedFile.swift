#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An error of which everything may be shown: nothing in it can be a value of a row.
package protocol ValueFreeError: Error {}

/// A file that could not be opened or read, with the reason of the operating system.
public struct FileError: ValueFreeError, CustomStringConvertible, Sendable {
  /// The file.
  public let path: String
  /// What the operating system says.
  public let reason: String
  /// Whether there is no room left on the disk, or none for this user.
  public let isDiskFull: Bool

  package init(path: String, reason: String, isDiskFull: Bool = false) {
    self.path = path
    self.reason = reason
    self.isDiskFull = isDiskFull
  }

  /// The path and the reason.
  public var description: String { "\(path): \(reason)" }
}

/// A file mapped read-only into memory.
///
/// The mapping is immutable and lives as long as the object; every access is checked against the
/// size the file had when it was opened (mmap(2)).
@safe
package final class MappedFile: Sendable {
  // The mapping is read-only and outlives every borrow, so sharing its address is safe.
  @usableFromInline nonisolated(unsafe) let base: UnsafeRawPointer
  package let count: Int

  package init(path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileError(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_size > 0 else {
      throw FileError(path: path, reason: "empty or not a file")
    }
    let size = Int(status.st_size)
    let mapped = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw FileError(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    unsafe base = UnsafeRawPointer(mapped)
    count = size
  }

  /// The bytes of an array as if they were those of a file: a private, page-aligned copy.
  ///
  /// It throws when there are no bytes or no memory for them.
  package init(copying bytes: [UInt8]) throws(FileError) {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    let mapped =
      unsafe bytes.isEmpty
      ? MAP_FAILED : mmap(nil, bytes.count, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw FileError(path: "(memory)", reason: "empty, or no memory left")
    }
    unsafe bytes.withUnsafeBytes {
      unsafe UnsafeMutableRawBufferPointer(start: mapped, count: bytes.count).copyMemory(from: $0)
    }
    unsafe base = UnsafeRawPointer(mapped)
    count = bytes.count
  }

  deinit { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }

  /// The bytes of the file, borrowed.
  package var bytes: RawSpan {
    @_lifetime(borrow self) get {
      let span = unsafe RawSpan(_unsafeStart: base, byteCount: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Some values in the machine's byte order, borrowed: for loops over a whole part of a file.
  ///
  /// The offset must be a multiple of the value's alignment, and the values must lie inside the
  /// file: both are the caller's to check before, and programmer errors here.
  @inlinable
  @_lifetime(borrow self)
  package func values<Value: BitwiseCopyable>(
    _ type: Value.Type, at offset: Int, count values: Int
  ) -> Span<Value> {
    precondition(offset >= 0 && values >= 0 && offset <= count, "outside the file")
    precondition(values <= (count - offset) / MemoryLayout<Value>.stride, "outside the file")
    precondition(offset % MemoryLayout<Value>.alignment == 0, "a value that is not aligned")
    let start = unsafe (base + offset).assumingMemoryBound(to: Value.self)
    let span = unsafe Span<Value>(_unsafeStart: start, count: values)
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// Reads a value at a byte offset, aligned or not; an offset outside the file is a programmer error.
  @inline(__always)
  package func load<Value: BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value {
    precondition(offset >= 0 && offset + MemoryLayout<Value>.size <= count, "outside the file")
    return unsafe base.loadUnaligned(fromByteOffset: offset, as: type)
  }

  package func load(_ type: UInt32.Type, at offset: Int) -> UInt32 {
    precondition(offset >= 0 && offset + 4 <= count, "outside the file")
    return unsafe base.loadUnaligned(fromByteOffset: offset, as: type)
  }

  /// Whether the bytes at an offset are those given.
  package func equals(_ other: Span<UInt8>, at offset: Int) -> Bool {
    precondition(offset >= 0 && offset + other.count <= count, "outside the file")
    return unsafe other.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return true }
      return unsafe memcmp(base + offset, start, buffer.count) == 0
    }
  }
}
