/// The documents of one term, one after the other in ascending order: each is written as its distance
/// to the one before, seven bits a byte, the lowest first.
struct Postings: ~Escapable {
  private let bytes: Span<UInt8>
  private var place: Int
  private let end: Int
  private var document = 0

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  /// The next document.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func next() -> Int? {
    guard place < end else { return nil }
    var byte = bytes[place]
    place += 1
    var difference = Int(byte & 0x7F)
    var shift = 7
    while byte >= 0x80, place < end {
      byte = bytes[place]
      place += 1
      difference |= Int(byte & 0x7F) << shift
      shift += 7
    }
    document += difference
    return document
  }
}
