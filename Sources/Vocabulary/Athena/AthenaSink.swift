/// What becomes of the rows of one kind of vocabulary file.
///
/// Several workers take blocks of a file, each into a sink of its own, and whichever is free takes the
/// next: what is made of all sinks must not depend on which of them had a row.
protocol AthenaSink: Sendable {
  /// The names of the columns that are read, in lower case; `take` knows them by their number.
  var columns: [String] { get }

  /// Says which block the rows that follow are of.
  mutating func begin(block: Int)

  /// Takes the rows of one block whose field ranges lie in `bytes`; `places` are those of the columns.
  mutating func take(
    _ rows: borrowing AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault)
}

extension AthenaSink {
  mutating func begin(block: Int) {}
}
