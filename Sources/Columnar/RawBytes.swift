extension [UInt8] {
  /// Appends raw bytes, such as those of an array of numbers.
  package mutating func append(raw: RawSpan) {
    unsafe raw.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }
}

extension Span where Element: FixedWidthInteger & BitwiseCopyable {
  /// The bytes of integers, which have no padding, in the machine's byte order.
  @inlinable
  package var raw: RawSpan {
    @_lifetime(copy self) get { unsafe bytes }
  }
}
