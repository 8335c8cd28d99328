import Columnar

/// Whether every relationship stands beside its reverse, as Athena writes them: of a file that was cut
/// at the end of a line some do not.
///
/// A row adds the hash of its pair to a sum, its reverse takes it away, so that what is left counts the
/// rows that are alone; there are many sums, so that few rows fall into one.
struct ReversePairs: Sendable {
  /// How the rows of one relationship are counted.
  struct Direction: Hashable, Sendable {
    /// What the relationship and its reverse have in common.
    var seed: UInt64
    /// Whether the row is the reverse.
    var isReverse: Bool
    /// Whether the relationship is its own reverse: then the ids say which row is which.
    var isOwn: Bool
  }

  /// The directions of the relationships that have a listed reverse, by their names.
  static func directions(_ tables: VocabularyTables) -> [String: Direction] {
    let reverses = Dictionary(
      tables.relationships.map { ($0[0], $0[4]) }, uniquingKeysWith: { first, _ in first })
    var directions: [String: Direction] = [:]
    for (name, reverse) in reverses where reverses[reverse] == name {
      let first = min(name, reverse)
      let bytes = Array(first.utf8)
      directions[name] = Direction(
        seed: ByteWords.hash(bytes.span, seed: 0), isReverse: name != first,
        isOwn: name == reverse)
    }
    return directions
  }

  private static let sumCount = 1 << 16
  private var sums = [UInt64](repeating: 0, count: ReversePairs.sumCount)

  /// Counts a row.
  @inline(__always)
  mutating func add(_ source: UInt32, _ target: UInt32, _ direction: Direction) {
    let isReverse = direction.isOwn ? source > target : direction.isReverse
    // A row of a concept to itself is its own reverse.
    if direction.isOwn && source == target { return }
    let pair =
      isReverse
      ? UInt64(target) << 32 | UInt64(source) : UInt64(source) << 32 | UInt64(target)
    let hash = KeyIndex.mix(pair ^ direction.seed)
    let sum = Int(hash & UInt64(ReversePairs.sumCount - 1))
    sums[sum] = isReverse ? sums[sum] &- hash : sums[sum] &+ hash
  }

  /// About how many rows of all parts have no reverse; 0 exactly when none has.
  static func alone(_ parts: [ReversePairs]) -> Int {
    var sums = [UInt64](repeating: 0, count: sumCount)
    for part in parts {
      for place in sums.indices { sums[place] &+= part.sums[place] }
    }
    let empty = sums.count { $0 == 0 }
    if empty == sumCount { return 0 }
    // As many sums stay empty as chance has it when so many rows fall among them.
    let share = max(Double(empty), 0.5) / Double(sumCount)
    return max(1, Int((-Double(sumCount) * logarithm(share)).rounded()))
  }
}
