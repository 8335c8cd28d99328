package import Columnar

/// The type of an expression: what may be done with its values.
///
/// It is finer than the physical type of a column: an identifier and a local key are both digests,
/// but of a namespace, and neither may leave except through a function that says so.
package enum ExpressionType: Hashable, Sendable {
  case boolean
  case integer
  /// An exact number with a fixed count of fraction digits.
  case decimal(scale: Int)
  case double
  case text
  case date
  case timestamp
  /// A date of which the day, or the month and the day, may be unknown.
  case partialDate
  /// A direct identifier of a person (NIR, INS, IPP, name, address, phone).
  case identifier(namespace: String)
  /// The number of a stay or an act: good for joins and pseudonyms only.
  case localKey(namespace: String)
  /// The type of a bare `null`, which every other type accepts.
  case null
}

extension ExpressionType {
  /// The physical form of a column of this type.
  ///
  /// A partial date is the integer `yyyymmdd` with 00 for what is unknown; a bare `null` is a
  /// column of integers without a value.
  package var columnType: ColumnType {
    switch self {
    case .boolean: .boolean
    case .integer, .partialDate, .null: .integer
    case .decimal(let scale): .decimal(scale: scale)
    case .double: .double
    case .text: .text
    case .date: .date
    case .timestamp: .timestamp
    case .identifier, .localKey: .digest
    }
  }

  /// Whether values of the type are keys that may not be read.
  package var isKey: Bool {
    switch self {
    case .identifier, .localKey: true
    default: false
    }
  }

  /// Whether arithmetic applies.
  package var isNumber: Bool {
    switch self {
    case .integer, .decimal, .double: true
    default: false
    }
  }

  /// The scale of an exact number, 0 for an integer.
  var exactScale: Int? {
    switch self {
    case .integer: 0
    case .decimal(let scale): scale
    default: nil
    }
  }

  /// The type to which values of both types are brought without being asked, or `nil`.
  ///
  /// `null` gives way to everything; integer → decimal → double; date → timestamp.
  package static func common(_ left: ExpressionType, _ right: ExpressionType) -> ExpressionType? {
    if left == right { return left }
    if left == .null { return right }
    if right == .null { return left }
    if let first = left.exactScale, let second = right.exactScale {
      return .decimal(scale: max(first, second))
    }
    if left.isNumber, right.isNumber { return .double }
    switch (left, right) {
    case (.date, .timestamp), (.timestamp, .date): return .timestamp
    default: return nil
    }
  }
}

extension ExpressionType: CustomStringConvertible {
  /// The name by which the language and its diagnostics know the type.
  package var description: String {
    switch self {
    case .partialDate: "partial_date"
    case .identifier(let namespace): "identifier(\(namespace))"
    case .localKey(let namespace): "local_key(\(namespace))"
    case .null: "null"
    default: columnType.description
    }
  }
}
