/// Edges between concepts by their positions: the targets of one source stand together, ascending,
/// each once.
struct Adjacency: Sendable {
  /// `count + 1` starts in `targets`.
  private(set) var starts: [UInt32]
  private(set) var targets: [UInt32]

  /// Takes edges with the source in the high half and the target in the low half, sorted; repeated
  /// ones count once.
  init(sorted edges: [UInt64], count: Int) {
    starts = [UInt32](repeating: 0, count: count + 1)
    targets = []
    targets.reserveCapacity(edges.count)
    var previous: UInt64?
    for edge in edges where edge != previous {
      starts[Int(edge >> 32) + 1] += 1
      targets.append(UInt32(truncatingIfNeeded: edge))
      previous = edge
    }
    for source in 0..<count { starts[source + 1] += starts[source] }
  }

  func range(_ source: Int) -> Range<Int> { Int(starts[source])..<Int(starts[source + 1]) }
}

/// Edges that few concepts have: only their sources are listed.
struct SparseAdjacency: Sendable {
  /// Ascending, each once.
  private(set) var sources: [UInt32] = []
  private(set) var starts: [UInt32] = [0]
  private(set) var targets: [UInt32] = []

  /// Takes edges with the source in the high half and the target in the low half, sorted; repeated
  /// ones count once.
  init(sorted edges: [UInt64]) {
    var previous: UInt64?
    for edge in edges where edge != previous {
      let source = UInt32(truncatingIfNeeded: edge >> 32)
      if sources.last != source {
        sources.append(source)
        starts.append(UInt32(targets.count))
      }
      targets.append(UInt32(truncatingIfNeeded: edge))
      starts[starts.count - 1] = UInt32(targets.count)
      previous = edge
    }
  }

  func range(_ source: Int) -> Range<Int> {
    SparseAdjacency.range(source, sources.span, starts.span)
  }

  /// The positions in the targets of one source.
  ///
  /// - Complexity: O(log *m*) in the number of sources.
  static func range(
    _ source: Int, _ sources: Span<UInt32>, _ starts: Span<UInt32>
  ) -> Range<Int> {
    var low = 0
    var high = sources.count
    while low < high {
      let middle = (low + high) / 2
      if Int(sources[middle]) < source { low = middle + 1 } else { high = middle }
    }
    guard low < sources.count, Int(sources[low]) == source else { return 0..<0 }
    return Int(starts[low])..<Int(starts[low + 1])
  }
}
