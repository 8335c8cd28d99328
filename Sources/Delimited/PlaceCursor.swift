/// Tells the bytes of a file at which bytes of a chunk stand, which differ where the file's text was
/// turned into UTF-8 while it was read; asked in ascending order.
struct PlaceCursor {
  private let isTranscoded: Bool
  private var position = 0
  private var place: Int64

  /// Begins at the first byte of a chunk, whose place in the file is given.
  init(at place: Int64, isTranscoded: Bool) {
    self.place = place
    self.isTranscoded = isTranscoded
  }

  /// The place of a byte that is not before the one asked for last.
  mutating func place(of next: Int, in bytes: [UInt8]) -> Int64 {
    if isTranscoded {
      place += Int64(UTF16Transcoder.width(bytes.span.extracting(position..<next)))
    } else {
      place += Int64(next - position)
    }
    position = next
    return place
  }
}
