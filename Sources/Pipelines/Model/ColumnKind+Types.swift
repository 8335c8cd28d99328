package import Columnar
package import Expressions

extension ColumnKind {
  /// The type that expressions see.
  package var expressionType: ExpressionType {
    switch self {
    case .text: .text
    case .identifier(let namespace): .identifier(namespace: namespace)
    case .localKey(let namespace): .localKey(namespace: namespace)
    case .integer: .integer
    case .decimal(let scale, _): .decimal(scale: scale)
    case .date: .date
    case .timestamp: .timestamp
    case .partialDate: .partialDate
    case .boolean: .boolean
    }
  }

  /// The physical form of the column.
  package var columnType: ColumnType { expressionType.columnType }
}
