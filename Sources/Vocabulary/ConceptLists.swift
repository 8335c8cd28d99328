/// For each row of a batch, none, one or more concepts by their positions.
package struct ConceptLists: Sendable, Equatable {
  /// For each row the end of its concepts; they begin at the end of the row before.
  package var ends: [UInt32] = []
  /// Positions of concepts, in ascending order of their ids within a row.
  package var concepts: [Int32] = []

  package init() {}

  package init(ends: [UInt32], concepts: [Int32]) {
    self.ends = ends
    self.concepts = concepts
  }

  /// The number of rows.
  package var count: Int { ends.count }

  /// The places in `concepts` of a row.
  @inlinable
  package func range(_ row: Int) -> Range<Int> {
    (row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row])
  }
}
