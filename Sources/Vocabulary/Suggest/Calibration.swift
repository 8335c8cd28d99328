/// Turns raw scores into shares of what is right, by what was seen of examples.
///
/// It is the ascending function nearest to the examples (isotonic regression by pooling adjacent
/// violators), with straight lines between the middles of its steps.
struct Calibration: Hashable, Sendable {
  struct Knot: Hashable, Sendable {
    var raw: Double
    var share: Double
  }

  /// Ascending in both; empty for scores that stay as they are.
  private(set) var knots: [Knot] = []

  /// Leaves scores as they are.
  init() {}

  /// Takes knots as they are.
  init(knots: [Knot]) { self.knots = knots }

  /// Fits to examples; none leaves scores as they are.
  init(_ examples: [(raw: Double, isRight: Bool)]) {
    struct Pool {
      var raw = 0.0
      var right = 0.0
      var count = 0.0
      var share: Double { right / count }
    }
    var pools: [Pool] = []
    let sorted = examples.sorted { $0.raw < $1.raw }
    var place = 0
    while place < sorted.count {
      // Equal scores are one pool, so that their order does not matter.
      var pool = Pool()
      let raw = sorted[place].raw
      while place < sorted.count, sorted[place].raw == raw {
        pool.raw += raw
        pool.right += sorted[place].isRight ? 1 : 0
        pool.count += 1
        place += 1
      }
      pools.append(pool)
      while pools.count > 1, pools[pools.count - 2].share >= pools[pools.count - 1].share {
        let last = pools.removeLast()
        pools[pools.count - 1].raw += last.raw
        pools[pools.count - 1].right += last.right
        pools[pools.count - 1].count += last.count
      }
    }
    // One wrong and one right example besides keep few from being certainty.
    let total = pools.reduce(0) { $0 + $1.right } / max(1, pools.reduce(0) { $0 + $1.count })
    var lowest = 0.0
    knots = pools.map { pool in
      lowest = max(lowest, (pool.right + 2 * total) / (pool.count + 2))
      return Knot(raw: pool.raw / pool.count, share: lowest)
    }
  }

  /// The share of what is right among candidates of a raw score.
  func share(_ raw: Double) -> Double {
    guard let first = knots.first, let last = knots.last else { return raw }
    if raw <= first.raw { return first.share }
    if raw >= last.raw { return last.share }
    let upper = knots.firstIndex { $0.raw >= raw } ?? knots.count - 1
    let (left, right) = (knots[upper - 1], knots[upper])
    return left.share + (right.share - left.share) * (raw - left.raw) / (right.raw - left.raw)
  }
}
