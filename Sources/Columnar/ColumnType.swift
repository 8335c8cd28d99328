/// The type of the values of a column.
///
/// Dates are days since 1970-01-01, timestamps microseconds since 1970-01-01T00:00:00 in the civil
/// time of the source; neither knows a time zone. A decimal of scale `s` stores `value × 10^s`.
public enum ColumnType: Hashable, Sendable {
  case boolean
  case integer
  case double
  case decimal(scale: Int)
  case text
  case date
  case timestamp
  case digest
}

extension ColumnType: CustomStringConvertible {
  /// The name by which the pipeline language and its diagnostics know the type.
  public var description: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .double: "double"
    case .decimal(let scale): "decimal(\(scale))"
    case .text: "text"
    case .date: "date"
    case .timestamp: "timestamp"
    case .digest: "key"
    }
  }
}
