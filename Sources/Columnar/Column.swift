/// A typed column of a batch.
///
/// The values of null rows exist and are unspecified (zero or empty by convention), so that kernels
/// may compute over all rows and combine validity apart.
package struct Column: Sendable {
  /// The storage of a column: one dense array for each physical form.
  package enum Values: Sendable {
    /// Booleans (0 or 1), integers, decimals, dates, timestamps.
    case lanes([Int64])
    case doubles([Double])
    case text(TextArray)
    case digests([Digest])
  }

  package let type: ColumnType
  package var values: Values
  /// Whether each row has a value; `nil` when all have.
  package var validity: [Bool]?

  /// Takes over values whose form must be the one of the type, and validity of the same count.
  package init(_ type: ColumnType, _ values: Values, validity: [Bool]? = nil) {
    switch (type, values) {
    case (.double, .doubles), (.text, .text), (.digest, .digests): break
    case (.double, _), (.text, _), (.digest, _): preconditionFailure("values of another form")
    case (_, .lanes): break
    default: preconditionFailure("values of another form")
    }
    self.type = type
    self.values = values
    self.validity = validity
    precondition(validity == nil || validity?.count == count, "validity of another count")
  }

  /// The number of rows.
  package var count: Int {
    switch values {
    case .lanes(let lanes): lanes.count
    case .doubles(let doubles): doubles.count
    case .text(let texts): texts.count
    case .digests(let digests): digests.count
    }
  }

  /// Whether a row has a value.
  @inlinable
  package func isValid(_ row: Int) -> Bool { validity.map { $0[row] } ?? true }

  /// The number of rows without a value.
  package var nullCount: Int { validity?.count { !$0 } ?? 0 }

  /// The lanes of a column of type boolean, integer, decimal, date or timestamp.
  package var lanes: [Int64] {
    guard case .lanes(let lanes) = values else { preconditionFailure("\(type) has no lanes") }
    return lanes
  }

  /// The values of a column of type double.
  package var doubles: [Double] {
    guard case .doubles(let doubles) = values else { preconditionFailure("\(type) is no double") }
    return doubles
  }

  /// The texts of a column of type text.
  package var texts: TextArray {
    guard case .text(let texts) = values else { preconditionFailure("\(type) is no text") }
    return texts
  }

  /// The digests of a column of keys.
  package var digests: [Digest] {
    guard case .digests(let digests) = values else { preconditionFailure("\(type) is no key") }
    return digests
  }
}

extension Column {
  /// A column in which no row has a value.
  package static func nulls(_ type: ColumnType, count: Int) -> Column {
    var builder = ColumnBuilder(type, capacity: count)
    for _ in 0..<count { builder.appendNull() }
    return builder.finish()
  }

  /// A column of integers that all rows share.
  package static func constant(_ value: Int64, type: ColumnType = .integer, count: Int) -> Column {
    Column(type, .lanes([Int64](repeating: value, count: count)))
  }
}
