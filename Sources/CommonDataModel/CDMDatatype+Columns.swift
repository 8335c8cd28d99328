package import Columnar

extension CDMDatatype {
  /// The type by which a batch carries the field unless there is a reason for another.
  package var columnType: ColumnType {
    switch self {
    case .integer, .bigint: .integer
    case .numeric: .double
    case .varchar, .text: .text
    case .date: .date
    case .datetime: .timestamp
    }
  }

  /// Whether a batch may carry the field by a column of this type.
  ///
  /// Numeric fields take doubles, decimals of any scale and integers; the others take their
  /// `columnType` only.
  package func accepts(_ type: ColumnType) -> Bool {
    switch (self, type) {
    case (.numeric, .decimal), (.numeric, .integer): true
    default: type == columnType
    }
  }
}
