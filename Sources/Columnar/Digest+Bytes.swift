package import FoundationEssentials

extension Digest {
  /// Reads the 32 bytes of a code that a cryptographic library made, the most significant first.
  ///
  /// Another length is a programmer error. One call for the whole of the bytes: a sequence of them
  /// would be asked for each.
  package init(copying code: some ContiguousBytes) {
    self = unsafe code.withUnsafeBytes { bytes in
      precondition(bytes.count == 32, "a digest has 32 bytes")
      func word(_ index: Int) -> UInt64 {
        unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return Digest(word(0), word(1), word(2), word(3))
    }
  }
}

extension [UInt8] {
  /// The bytes of a code that a cryptographic library made.
  package init(copying code: some ContiguousBytes) {
    self = unsafe code.withUnsafeBytes { unsafe Array($0) }
  }
}
