import Columnar

/// The way from a concept id to its position among the ascending ids.
///
/// Ids are grouped by 4,096 into pages. `pages[id >> 12]` is 0 where no id of the page exists, else
/// one more than the page's number; a page has 64 words with a bit for each id and, for each word,
/// the number of ids before it.
struct ConceptIDs: Sendable {
  private(set) var pages: [UInt32] = []
  private(set) var words: [UInt64] = []
  private(set) var ranks: [UInt32] = []

  /// Takes ids that ascend, each once, below 2^31.
  init(ascending ids: [UInt32]) {
    guard let last = ids.last else { return }
    pages = [UInt32](repeating: 0, count: Int(last >> 12) + 1)
    for (position, id) in ids.enumerated() {
      let page = Int(id >> 12)
      if pages[page] == 0 {
        words.append(contentsOf: repeatElement(0, count: 64))
        pages[page] = UInt32(words.count / 64)
      }
      let word = (Int(pages[page]) - 1) * 64 + Int(id >> 6 & 63)
      // Ranks are filled up to this word with the number of ids before it.
      while ranks.count <= word { ranks.append(UInt32(position)) }
      words[word] |= 1 << UInt64(id & 63)
    }
    while ranks.count < words.count { ranks.append(UInt32(ids.count)) }
  }

  /// The position of an id, or −1.
  ///
  /// - Complexity: O(1).
  @inline(__always)
  static func position(
    of id: Int64, _ pages: Span<UInt32>, _ words: Span<UInt64>, _ ranks: Span<UInt32>
  ) -> Int {
    guard id >= 0, id >> 12 < Int64(pages.count) else { return -1 }
    let page = Int(pages[Int(id >> 12)])
    guard page > 0 else { return -1 }
    let index = (page - 1) * 64 + Int(id >> 6 & 63)
    let bit: UInt64 = 1 << UInt64(id & 63)
    let word = words[index]
    guard word & bit != 0 else { return -1 }
    return Int(ranks[index]) + (word & (bit - 1)).nonzeroBitCount
  }
}
