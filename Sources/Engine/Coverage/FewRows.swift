/// The rows of codes of fewer than eleven persons in one line of coverage, as they are told.
///
/// How many codes they are is told exactly, the rows beyond one for each code in whole tens: with *k*
/// codes there are from `least` to `least + 9` rows, `least` being *k* and some tens. Of ten sums that
/// are possible each leaves every single code more than one number of rows, so none is determined.
///
/// The lines share no rows, and all that is told of several (totals, shares, the codes that
/// `UnmappedReport` does not tell) is made of what is told of each: taken together they say no more.
struct FewRows: Hashable {
  private var records = 0
  /// The number of codes; rows without a code, or whose codes nobody counts apart, are as one.
  private(set) var count = 0

  /// Adds rows.
  ///
  /// - Parameters:
  ///   - records: how many.
  ///   - isCounted: whether they are of a code whose number is told.
  mutating func add(_ records: Int, isCounted: Bool) {
    guard records > 0 else { return }
    self.records += records
    count = isCounted ? count + 1 : max(1, count)
  }

  /// The fewest rows that there may be, as far as it is told.
  var least: Int { count + (records - count) / 10 * 10 }

  /// The middle of the numbers that there may be.
  var estimate: Int { count == 0 ? 0 : least + 4 }

  /// A number in tens, which shows that it is none that was counted.
  static func rounded(_ records: Int) -> Int { (records + 5) / 10 * 10 }
}

extension CodeCount {
  /// Whether the rows may be told exactly.
  package var isTold: Bool { min(persons, records) >= CodeCounts.leastPersons }
}

extension CodeCounts {
  /// A code of fewer persons is not told.
  package static let leastPersons = 11
}
