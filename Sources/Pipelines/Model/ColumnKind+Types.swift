package import Columnar

extension ColumnKind {
  /// The physical form of the column.
  package var columnType: ColumnType {
    switch self {
    case .text: .text
    case .identifier, .localKey: .digest
    case .integer, .partialDate: .integer
    case .decimal(let scale, _): .decimal(scale: scale)
    case .date: .date
    case .timestamp: .timestamp
    case .boolean: .boolean
    }
  }
}
