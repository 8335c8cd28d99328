internal import Glibc

/// Many short texts in one run of UTF-8 bytes, with the position at which each one ends.
///
/// A text of row `i` is `bytes[start(i)..<ends[i]]`. `String` appears only at the edges, through
/// the subscript.
public struct TextArray: Sendable, Equatable {
  @usableFromInline package internal(set) var bytes: [UInt8]
  @usableFromInline package internal(set) var ends: [UInt32]

  /// No texts.
  public init() {
    bytes = []
    ends = []
  }

  /// Some texts.
  public init(_ texts: some Sequence<String>) {
    self.init()
    for text in texts { append(text) }
  }

  /// Takes over bytes and ends made elsewhere; the ends must ascend and stay within the bytes.
  public init(bytes: [UInt8], ends: [UInt32]) {
    var previous: UInt32 = 0
    for end in ends {
      precondition(end >= previous, "text ends must ascend")
      previous = end
    }
    precondition(Int(previous) <= bytes.count, "text ends beyond its bytes")
    self.bytes = bytes
    self.ends = ends
  }

  /// Makes room for texts to come.
  public mutating func reserveCapacity(count: Int, bytes byteCount: Int) {
    ends.reserveCapacity(count)
    bytes.reserveCapacity(byteCount)
  }

  /// The number of texts.
  @inlinable public var count: Int { ends.count }

  /// The position in `bytes` of the first byte of a row's text.
  @inlinable
  public func start(_ row: Int) -> Int { row == 0 ? 0 : Int(ends[row - 1]) }

  /// The positions in `bytes` of a row's text.
  @inlinable
  public func range(_ row: Int) -> Range<Int> { start(row)..<Int(ends[row]) }

  /// The bytes of a row's text, borrowed.
  @inlinable
  @_lifetime(borrow self)
  public func span(_ row: Int) -> Span<UInt8> { bytes.span.extracting(range(row)) }

  /// A row's text as a `String`: for edges only, never per row in a kernel.
  public subscript(row: Int) -> String { String(decoding: bytes[range(row)], as: UTF8.self) }

  /// Appends a text.
  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    close()
  }

  /// Appends a text of UTF-8.
  public mutating func append(_ text: Span<UInt8>) {
    appendBytes(text)
    close()
  }

  /// Appends bytes to the text under construction; `close()` ends it.
  @inlinable
  package mutating func appendBytes(_ text: Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends one byte to the text under construction; `close()` ends it.
  @inlinable
  package mutating func appendByte(_ byte: UInt8) { bytes.append(byte) }

  /// Ends the text under construction.
  ///
  /// A column holds fewer than 2^32 bytes; batches are far smaller.
  @inlinable
  package mutating func close() { ends.append(UInt32(bytes.count)) }

  /// Appends the rows of another array at the positions given.
  public mutating func append(_ other: TextArray, rows: Span<Int32>) {
    ends.reserveCapacity(ends.count + rows.count)
    for index in rows.indices {
      let range = other.range(Int(rows[index]))
      bytes.append(contentsOf: other.bytes[range])
      close()
    }
  }

  /// Appends all rows of another array.
  public mutating func append(_ other: TextArray) {
    let base = UInt32(bytes.count)
    bytes.append(contentsOf: other.bytes[0..<(other.ends.last.map(Int.init) ?? 0)])
    ends.reserveCapacity(ends.count + other.count)
    for end in other.ends { ends.append(base + end) }
  }

  /// Whether two texts have the same bytes.
  public func equal(_ row: Int, _ other: TextArray, _ otherRow: Int) -> Bool {
    KeyIndex.equal(span(row), other.span(otherRow))
  }

  /// Orders two texts by their bytes: negative, zero or positive.
  public func order(_ row: Int, _ other: TextArray, _ otherRow: Int) -> Int {
    let left = span(row)
    let right = other.span(otherRow)
    let shared = min(left.count, right.count)
    let sign = unsafe left.withUnsafeBytes { first in
      unsafe right.withUnsafeBytes { second in
        guard shared > 0, let first = first.baseAddress, let second = second.baseAddress else {
          return 0
        }
        return unsafe Int(memcmp(first, second, shared))
      }
    }
    return sign != 0 ? sign : left.count - right.count
  }
}
