internal import Columnar

/// Rows in the order of their buckets.
enum BucketOrder {
  /// The rows in the order of their buckets (stable), and the number of rows of each bucket that
  /// has any.
  static func of(
    _ people: [Digest]
  ) -> (order: [Int32], sizes: [(bucket: Int, count: Int)]) {
    people.count < Buckets.count / 4 ? sorted(people) : counted(people)
  }

  /// Few rows: sorted by bucket and place.
  private static func sorted(
    _ people: [Digest]
  ) -> (order: [Int32], sizes: [(bucket: Int, count: Int)]) {
    let keys = people.indices.map { Buckets.of(people[$0]) << 32 | $0 }.sorted()
    var order: [Int32] = []
    order.reserveCapacity(keys.count)
    var sizes: [(bucket: Int, count: Int)] = []
    for key in keys {
      order.append(Int32(truncatingIfNeeded: key))
      if let last = sizes.last, last.bucket == key >> 32 {
        sizes[sizes.count - 1].count += 1
      } else {
        sizes.append((key >> 32, 1))
      }
    }
    return (order, sizes)
  }

  /// Many rows: counted by bucket.
  private static func counted(
    _ people: [Digest]
  ) -> (order: [Int32], sizes: [(bucket: Int, count: Int)]) {
    var starts = [Int32](repeating: 0, count: Buckets.count + 1)
    for digest in people { starts[Buckets.of(digest) + 1] += 1 }
    let sizes = (0..<Buckets.count).filter { starts[$0 + 1] > 0 }
      .map { (bucket: $0, count: Int(starts[$0 + 1])) }
    for bucket in 0..<Buckets.count { starts[bucket + 1] += starts[bucket] }
    var order = [Int32](repeating: 0, count: people.count)
    for row in people.indices {
      let bucket = Buckets.of(people[row])
      order[Int(starts[bucket])] = Int32(row)
      starts[bucket] += 1
    }
    return (order, sizes)
  }

  /// The rows of some buckets among rows that are in order; O(log n).
  static func rows(of buckets: Range<Int>, in people: [Digest]) -> Range<Int32> {
    first(from: buckets.lowerBound, in: people)..<first(from: buckets.upperBound, in: people)
  }

  /// The first row of a bucket or a later one.
  static func first(from bucket: Int, in people: [Digest]) -> Int32 {
    var low = 0
    var high = people.count
    while low < high {
      let middle = (low + high) / 2
      if Buckets.of(people[middle]) < bucket { low = middle + 1 } else { high = middle }
    }
    return Int32(low)
  }
}
