import Columnar

extension Chunk {
  /// The number of records of a regular chunk, by its line ends outside of quotes; `nil` for another
  /// chunk.
  ///
  /// A blank line counts as a record: it is for files in which there is none.
  ///
  /// - Parameter quote: the quote; `nil` where a quote is data.
  /// - Returns: the number, or `nil`.
  /// - Complexity: O(*n*) in the bytes, several gigabytes a second.
  package func recordCount(quote: UInt8?) -> Int? {
    guard isRegular else { return nil }
    var masks: [UInt64] = []
    ByteMasks.find(10, quote ?? 10, 10, in: bytes.span, into: &masks)
    var count = 0
    var inside: UInt64 = 0
    for word in 0..<masks.count / 3 {
      let within = quote == nil ? 0 : ByteMasks.prefixXor(masks[word * 3 + 1]) ^ inside
      count += (masks[word * 3] & ~within).nonzeroBitCount
      // The last bit says whether the word ends inside a quoted field.
      inside = within >> 63 == 1 ? .max : 0
    }
    return bytes.last.map { $0 == 10 ? count : count + 1 } ?? 0
  }
}
