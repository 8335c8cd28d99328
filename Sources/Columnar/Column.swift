/// A typed column of a batch.
///
/// The values of null rows exist and are unspecified (zero or empty by convention), so that kernels
/// may compute over all rows and combine validity apart.
public struct Column: Sendable {
  /// The storage of a column: one dense array for each physical form.
  public enum Values: Sendable {
    /// Booleans (0 or 1), integers, decimals, dates, timestamps.
    case lanes([Int64])
    case doubles([Double])
    case text(TextArray)
    case digests([Digest])
  }

  /// What the values are.
  public let type: ColumnType
  /// The values of all rows, null rows too.
  public var values: Values
  /// Whether each row has a value; `nil` when all have.
  public var validity: [Bool]?

  /// Takes over values whose form must be the one of the type, and validity of the same count.
  public init(_ type: ColumnType, _ values: Values, validity: [Bool]? = nil) {
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
  public var count: Int {
    switch values {
    case .lanes(let lanes): lanes.count
    case .doubles(let doubles): doubles.count
    case .text(let texts): texts.count
    case .digests(let digests): digests.count
    }
  }

  /// Whether a row has a value.
  @inlinable
  public func isValid(_ row: Int) -> Bool { validity.map { $0[row] } ?? true }

  /// The number of rows without a value.
  public var nullCount: Int { validity?.count { !$0 } ?? 0 }

  /// The lanes of a column of type boolean, integer, decimal, date or timestamp.
  public var lanes: [Int64] {
    guard case .lanes(let lanes) = values else { preconditionFailure("\(type) has no lanes") }
    return lanes
  }

  /// The values of a column of type double.
  public var doubles: [Double] {
    guard case .doubles(let doubles) = values else { preconditionFailure("\(type) is no double") }
    return doubles
  }

  /// The texts of a column of type text.
  public var texts: TextArray {
    guard case .text(let texts) = values else { preconditionFailure("\(type) is no text") }
    return texts
  }

  /// The digests of a column of keys.
  public var digests: [Digest] {
    guard case .digests(let digests) = values else { preconditionFailure("\(type) is no key") }
    return digests
  }
}

extension Column {
  /// A column in which no row has a value.
  public static func nulls(_ type: ColumnType, count: Int) -> Column {
    let values: Values =
      switch type {
      case .double: .doubles(.init(repeating: 0, count: count))
      case .text: .text(TextArray(bytes: [], ends: .init(repeating: 0, count: count)))
      case .digest: .digests(.init(repeating: .zero, count: count))
      default: .lanes(.init(repeating: 0, count: count))
      }
    return Column(
      type, values, validity: count == 0 ? nil : .init(repeating: false, count: count))
  }

  /// A column of integers that all rows share.
  public static func constant(_ value: Int64, type: ColumnType = .integer, count: Int) -> Column {
    Column(type, .lanes([Int64](repeating: value, count: count)))
  }
}
