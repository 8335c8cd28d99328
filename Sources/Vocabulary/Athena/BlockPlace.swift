/// A line of a file, while it is not known how many lines the blocks before have.
struct BlockPlace: Hashable, Comparable, Sendable {
  var block: Int
  /// Counted from 0 within the block.
  var line: Int

  static func < (left: BlockPlace, right: BlockPlace) -> Bool {
    (left.block, left.line) < (right.block, right.line)
  }

  /// The line of the file, given the one with which each block begins.
  func line(_ firstLines: [Int]) -> Int? {
    block < firstLines.count ? firstLines[block] + line : nil
  }
}
