import Columnar

/// Many edges between concepts, gathered by their sources so that they can be sorted in parts.
///
/// An edge is one word: the source within its bucket on top, then `middle`, then `low`.
struct EdgeBuckets: Sendable {
  /// How wide a part of an edge is: as a position of a concept, or as so many bits.
  enum Width: Sendable {
    case target
    case bits(Int)
  }

  /// How an edge stands in its word.
  struct Layout: Hashable, Sendable {
    /// The bits of a position.
    let positionBits: Int
    let middleBits: Int
    let lowBits: Int
    /// The bits of a source that choose its bucket.
    let bucketBits: Int

    init(concepts: Int, middle: Width, low: Width) {
      let positions = max(1, UInt64.bitWidth - UInt64(max(1, concepts) - 1).leadingZeroBitCount)
      func bits(_ width: Width) -> Int {
        if case .bits(let count) = width { return count }
        return positions
      }
      positionBits = positions
      middleBits = bits(middle)
      lowBits = bits(low)
      let tooMany = positions + middleBits + lowBits - 64
      bucketBits = min(positions, max(6, tooMany))
    }

    var bucketCount: Int { 1 << bucketBits }

    @inline(__always)
    func source(_ edge: UInt64, bucket: Int) -> Int {
      bucket << (positionBits - bucketBits) + Int(edge >> UInt64(middleBits + lowBits))
    }

    @inline(__always)
    func middle(_ edge: UInt64) -> Int {
      Int(edge >> UInt64(lowBits) & ((1 << UInt64(middleBits)) - 1))
    }

    @inline(__always)
    func low(_ edge: UInt64) -> Int { Int(edge & ((1 << UInt64(lowBits)) - 1)) }
  }

  /// Edges wait here until a whole piece goes to its bucket.
  private static let pieceCount = 1_024

  let layout: Layout
  private var waiting: [UInt64]
  private var counts: [Int]
  private var pieces: [[[UInt64]]]

  init(concepts: Int, middle: Width, low: Width) {
    layout = Layout(concepts: concepts, middle: middle, low: low)
    waiting = [UInt64](repeating: 0, count: layout.bucketCount * EdgeBuckets.pieceCount)
    counts = [Int](repeating: 0, count: layout.bucketCount)
    pieces = [[[UInt64]]](repeating: [], count: layout.bucketCount)
  }

  /// Adds an edge from a position.
  @inline(__always)
  mutating func add(source: Int, middle: Int, low: Int) {
    let localBits = layout.positionBits - layout.bucketBits
    let bucket = source >> localBits
    let local = UInt64(source & ((1 << localBits) - 1))
    let place = counts[bucket]
    waiting[bucket * EdgeBuckets.pieceCount + place] =
      (local << UInt64(layout.middleBits) | UInt64(middle)) << UInt64(layout.lowBits) | UInt64(low)
    counts[bucket] = place + 1
    if place + 1 == EdgeBuckets.pieceCount { empty(bucket) }
  }

  private mutating func empty(_ bucket: Int) {
    let start = bucket * EdgeBuckets.pieceCount
    pieces[bucket].append(Array(waiting[start..<start + counts[bucket]]))
    counts[bucket] = 0
  }

  /// The edges of all buckets, each sorted and every edge once; what was gathered is given up on the
  /// way.
  ///
  /// `renumbered` says for each part what its middles become.
  static func sorted(
    _ parts: consuming [EdgeBuckets], renumbered: [[UInt32]]? = nil, workers: Int
  ) -> [[UInt64]] {
    guard let layout = parts.first?.layout else { return [] }
    for part in parts.indices {
      for bucket in 0..<layout.bucketCount { parts[part].empty(bucket) }
      parts[part].waiting = []
    }
    let gathered = Guarded(parts.map(\.pieces))
    parts = []
    let result = Guarded([[UInt64]](repeating: [], count: layout.bucketCount))
    let sort: @Sendable (Int) -> Void = { bucket in
      let taken = gathered.withLock { pieces in
        pieces.indices.map { part in
          let taken = pieces[part][bucket]
          pieces[part][bucket] = []
          return taken
        }
      }
      var edges: [UInt64] = []
      edges.reserveCapacity(taken.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } })
      for (part, pieces) in taken.enumerated() {
        for piece in pieces {
          if let numbers = renumbered?[part] {
            renumber(piece, numbers, layout, into: &edges)
          } else {
            edges += piece
          }
        }
      }
      RadixSort.sort(&edges)
      removeRepeated(&edges)
      result.withLock { [edges] in $0[bucket] = edges }
    }
    concurrently(layout.bucketCount, workers: workers, sort)
    return result.withLock { $0 }
  }

  private static func renumber(
    _ piece: [UInt64], _ numbers: [UInt32], _ layout: Layout, into edges: inout [UInt64]
  ) {
    let mask = ((UInt64(1) << UInt64(layout.middleBits)) - 1) << UInt64(layout.lowBits)
    for edge in piece {
      let middle = UInt64(numbers[layout.middle(edge)]) << UInt64(layout.lowBits)
      edges.append(edge & ~mask | middle)
    }
  }

  private static func removeRepeated(_ edges: inout [UInt64]) {
    var kept = 0
    for place in edges.indices where place == 0 || edges[place] != edges[place - 1] {
      if kept != place { edges[kept] = edges[place] }
      kept += 1
    }
    edges.removeLast(edges.count - kept)
  }
}
