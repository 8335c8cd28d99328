/// Sorts by counting digits, eleven bits at a time.
enum RadixSort {
  /// Sorts keys; only the digits that differ are looked at.
  ///
  /// Bits below `first` are not looked at: keys that differ in them alone keep their order.
  ///
  /// - Complexity: O(*n*) for each eleven bits in use.
  static func sort(_ keys: inout [UInt64], from first: UInt64 = 0) {
    let used = bitsInUse(keys)
    var other = [UInt64](repeating: 0, count: keys.count)
    for shift in stride(from: first, to: 64, by: 11) where used >> shift & 0x7FF != 0 {
      var places = [Int](repeating: 0, count: 2_049)
      for key in keys { places[Int(key >> shift & 0x7FF) + 1] += 1 }
      for digit in 1..<2_049 { places[digit] += places[digit - 1] }
      var target = other.mutableSpan
      for key in keys {
        let digit = Int(key >> shift & 0x7FF)
        target[places[digit]] = key
        places[digit] += 1
      }
      swap(&keys, &other)
    }
  }

  /// The bits in which some keys differ.
  private static func bitsInUse(_ keys: [UInt64]) -> UInt64 {
    guard let first = keys.first else { return 0 }
    return keys.reduce(0) { $0 | ($1 ^ first) }
  }
}
