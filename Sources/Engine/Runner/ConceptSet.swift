import Columnar

/// Concept ids, from 0 to 2^31 − 1, that rows on their way to the target name.
package struct ConceptSet: Sendable {
  /// For each 4,096 ids 0, or one more than the number of their page.
  private var pages = [UInt32](repeating: 0, count: 1 << 19)
  /// 64 words a page, a bit for each id.
  private var words: [UInt64] = []
  /// The number of ids.
  package private(set) var count = 0

  package init() {}

  /// Adds an id; one outside the range is no concept's.
  ///
  /// - Complexity: O(1).
  package mutating func insert(_ id: Int64) {
    guard id >= 0, id < 1 << 31 else { return }
    let page = Int(id >> 12)
    if pages[page] == 0 {
      words.append(contentsOf: repeatElement(0, count: 64))
      pages[page] = UInt32(words.count / 64)
    }
    let word = (Int(pages[page]) - 1) * 64 + Int(id >> 6 & 63)
    let bit: UInt64 = 1 << UInt64(id & 63)
    if words[word] & bit == 0 {
      words[word] |= bit
      count += 1
    }
  }

  /// Whether an id was added.
  ///
  /// - Complexity: O(1).
  package func contains(_ id: Int64) -> Bool {
    guard id >= 0, id < 1 << 31 else { return false }
    let page = Int(pages[Int(id >> 12)])
    guard page > 0 else { return false }
    return words[(page - 1) * 64 + Int(id >> 6 & 63)] & 1 << UInt64(id & 63) != 0
  }

  /// The ids in ascending order.
  package var ids: [Int64] {
    var ids: [Int64] = []
    ids.reserveCapacity(count)
    for (page, number) in pages.enumerated() where number > 0 {
      for index in 0..<64 {
        var open = words[(Int(number) - 1) * 64 + index]
        while open != 0 {
          ids.append(Int64(page << 12 | index << 6 | open.trailingZeroBitCount))
          open &= open - 1
        }
      }
    }
    return ids
  }

  /// Adds all that the columns of concepts of some rows name.
  mutating func insert(_ rows: FinishedRows) {
    for field in rows.batch.schema.fields where field.name.hasSuffix("_concept_id") {
      guard let column = rows.batch[field.name], column.type == .integer else { continue }
      var last: Int64 = -1
      for (row, id) in column.lanes.enumerated() where id != last {
        if column.isValid(row) { insert(id) }
        last = id
      }
    }
  }
}
