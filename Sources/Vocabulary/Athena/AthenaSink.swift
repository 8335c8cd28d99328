/// What becomes of the rows of one kind of vocabulary file.
///
/// Blocks of a file are taken apart, maybe at the same time, and then joined in the order of the
/// file.
protocol AthenaSink: Sendable {
  /// The names of the columns that are read, in lower case; `take` knows them by their number.
  static var columns: [String] { get }

  /// Takes the rows of one block whose field ranges lie in `bytes`; `places` are those of the columns.
  mutating func take(
    _ rows: AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault)

  /// Appends what another block gave; its lines count from `line` on.
  mutating func append(_ other: Self, after line: Int) throws(AthenaFault)
}
