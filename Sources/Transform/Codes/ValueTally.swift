internal import Columnar
internal import Engine

/// How often values come with codes, by unit and magnitude.
///
/// A value falls into the bucket of its sign, its power of two and the seven leading bits of its
/// fraction, so that what a bucket stands for is known to less than 1/128, whatever came before.
/// Where there are too many buckets, all of them lose a bit; sums of tallies end at one precision
/// whichever way they were added.
struct ValueTally {
  /// The most buckets.
  static let limit = 1 << 18
  /// The bits of a value below those that choose its bucket.
  private static let lowBits: UInt64 = 45
  /// More than any bucket's number.
  private static let offset: Int64 = 1 << 19

  private var pairs = NumberTable()
  private var records: [Int] = []
  private var persons: [Int] = []
  /// The last person seen with each pair.
  private var last: [UInt64] = []
  private var buckets = NumberTable()
  private var counts: [Int] = []
  /// How many bits buckets have lost.
  private var level: Int64 = 0

  /// The relative error of quantiles is below it.
  var precision: Double {
    (0..<min(7, level)).reduce(1.0 / 128) { error, _ in error * 2 }
  }

  /// Counts one value.
  ///
  /// - Parameters:
  ///   - value: the value; what is no number is not counted.
  ///   - code: the number of its code.
  ///   - unit: the number of its unit, below 2^16.
  ///   - stamp: says whose it is; the values of one person follow one another.
  mutating func count(_ value: Double, code: Int, unit: Int, stamp: UInt64) {
    guard value.isFinite else { return }
    let pair = self.pair(UInt64(code) << 16 | UInt64(unit))
    records[pair] += 1
    if last[pair] != stamp {
      last[pair] = stamp
      persons[pair] += 1
    }
    add(1, to: ValueTally.bucket(value) >> level, of: pair)
  }

  private mutating func pair(_ key: UInt64) -> Int {
    let pair = pairs.insert(key)
    if pair == records.count {
      records.append(0)
      persons.append(0)
      last.append(0)
    }
    return pair
  }

  private mutating func add(_ count: Int, to bucket: Int64, of pair: Int) {
    put(count, to: bucket, of: pair)
    while buckets.keys.count > ValueTally.limit, level < 20 { coarsen(to: level + 1) }
  }

  private mutating func put(_ count: Int, to bucket: Int64, of pair: Int) {
    let place = buckets.insert(UInt64(pair) << 20 | UInt64(bucket + ValueTally.offset))
    if place == counts.count { counts.append(0) }
    counts[place] += count
  }

  /// The bucket of a value: ascending with it, 0 for zero, −1 for the least below.
  private static func bucket(_ value: Double) -> Int64 {
    let magnitude = Int64(value.magnitude.bitPattern >> lowBits)
    // Shifting rounds down, and so away from zero below it: the complement is symmetric.
    return value < 0 ? ~magnitude : magnitude
  }

  /// The value nearest to zero that falls into a bucket.
  private func value(_ bucket: Int64) -> Double {
    let magnitude = (bucket < 0 ? ~bucket : bucket) << level
    let value = Double(bitPattern: UInt64(magnitude) << ValueTally.lowBits)
    return bucket < 0 ? -value : value
  }

  private mutating func coarsen(to other: Int64) {
    let before = (buckets, counts)
    let lost = other - level
    level = other
    buckets = NumberTable()
    counts = []
    for (key, count) in zip(before.0.keys, before.1) {
      let bucket = Int64(key & 0xF_FFFF) - ValueTally.offset
      put(count, to: bucket >> lost, of: Int(key >> 20))
    }
  }

  /// Adds another tally, of other persons.
  mutating func add(_ other: ValueTally) {
    var other = other
    if other.level > level { coarsen(to: other.level) }
    if level > other.level { other.coarsen(to: level) }
    var places: [Int] = []
    for (index, key) in other.pairs.keys.enumerated() {
      let pair = self.pair(key)
      records[pair] += other.records[index]
      persons[pair] += other.persons[index]
      places.append(pair)
    }
    for (key, count) in zip(other.buckets.keys, other.counts) {
      // Adding may have cost a bit since.
      let bucket = Int64(key & 0xF_FFFF) - ValueTally.offset
      add(count, to: bucket >> (level - other.level), of: places[Int(key >> 20)])
    }
  }

  /// The values of each code's number, by unit.
  ///
  /// - Parameter units: the texts of units, by their numbers; others are left out.
  /// - Returns: the values, units in the order of their bytes.
  func counts(units: [Int: String]) -> [Int: [ValueCount]] {
    var histograms = [[(bucket: Int64, count: Int)]](repeating: [], count: pairs.keys.count)
    for (key, count) in zip(buckets.keys, counts) {
      histograms[Int(key >> 20)].append((Int64(key & 0xF_FFFF) - ValueTally.offset, count))
    }
    var found: [Int: [ValueCount]] = [:]
    for (pair, key) in pairs.keys.enumerated() {
      guard let unit = units[Int(key & 0xFFFF)] else { continue }
      found[Int(key >> 16), default: []].append(
        ValueCount(
          unit: unit, records: records[pair], persons: persons[pair],
          quantiles: quantiles(histograms[pair].sorted { $0.bucket < $1.bucket })))
    }
    return found.mapValues { $0.sorted { $0.unit.comesBefore($1.unit) } }
  }

  /// The least bucket up to which a share of the values lies, for each share.
  private func quantiles(_ histogram: [(bucket: Int64, count: Int)]) -> [Double] {
    let total = histogram.reduce(0) { $0 + $1.count }
    return ValueCount.shares.map { share in
      var left = (total * share + 99) / 100
      for (bucket, count) in histogram {
        left -= count
        if left <= 0 { return value(bucket) }
      }
      return 0
    }
  }
}
