/// The best of many, in a total order: the higher score, then the lower number.
struct Ranking {
  struct Entry: Hashable {
    var score: Float
    var number: UInt32
  }

  private let limit: Int
  private var entries: [Entry] = []
  /// What an entry must beat once there are enough.
  private var threshold: Entry?

  init(limit: Int) { self.limit = max(1, limit) }

  /// Whether an entry could still be among the best.
  @inline(__always)
  func admits(_ entry: Entry) -> Bool {
    threshold.map { Ranking.precede(entry, $0) } ?? true
  }

  /// What the score of an entry must reach: 0 as long as there are not enough.
  var least: Float { threshold?.score ?? 0 }

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    if entries.count >= limit * 2 { cut() }
  }

  /// The best, best first.
  consuming func best() -> [Entry] {
    cut()
    return entries
  }

  private mutating func cut() {
    entries.sort(by: Ranking.precede)
    guard entries.count >= limit else { return }
    entries.removeSubrange(limit...)
    threshold = entries.last
  }

  @inline(__always)
  private static func precede(_ left: Entry, _ right: Entry) -> Bool {
    left.score != right.score ? left.score > right.score : left.number < right.number
  }
}
