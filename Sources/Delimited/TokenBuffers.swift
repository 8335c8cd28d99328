/// Memory that goes from one chunk's tokens to the next, so that pages are not asked for anew.
package struct TokenBuffers: Sendable {
  var masks: [UInt64] = []
  var starts: [UInt32] = []
  var ends: [UInt32] = []
  var bytes: [UInt8] = []

  package init() {}

  /// Takes back the memory of tokens that are no longer needed.
  package mutating func reclaim(_ tokens: consuming Tokens) {
    starts = tokens.starts
    ends = tokens.ends
    if tokens.ownsBytes { bytes = tokens.bytes }
  }

  /// An array of `count` elements of any value, out of a buffer that is left empty.
  static func take(_ buffer: inout [UInt32], count: Int) -> [UInt32] {
    var taken: [UInt32] = []
    swap(&taken, &buffer)
    if taken.count > count {
      taken.removeLast(taken.count - count)
    } else {
      taken.append(contentsOf: repeatElement(0, count: count - taken.count))
    }
    return taken
  }
}
