internal import CZlib

/// The checksum (CRC-32) of bytes that come in pieces (RFC 1952, 8).
@safe
struct ZipChecksum {
  private(set) var value: UInt32 = 0

  /// Adds bytes, at most 2^31.
  mutating func add(_ bytes: Span<UInt8>) {
    let before = UInt(value)
    value = unsafe bytes.withUnsafeBufferPointer { source in
      unsafe UInt32(truncatingIfNeeded: crc32(before, source.baseAddress, UInt32(source.count)))
    }
  }
}
