package import Columnar

/// What the cells of a declared column are, and how they are written.
package enum SourceColumnType: Hashable, Sendable {
  case text
  /// A direct identifier: it enters the engine as a digest under its namespace.
  case identifier(namespace: String)
  /// A key of the source, such as a stay number: a digest too.
  case localKey(namespace: String)
  case integer
  /// A number with at most `scale` decimals (0 to 18) after the mark, `.` or `,`.
  case decimal(scale: Int, mark: UInt8)
  case date(DateFormat)
  case timestamp(DateFormat)
  /// A date whose day, or month and day, may be missing; see `DateFormat.partial`.
  case partialDate(DateFormat)
  case boolean(true: [String], false: [String])

  /// The type of the column in a batch.
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

  /// Whether a batch holds digests of the texts instead of the texts.
  package var isKey: Bool { columnType == .digest }
}

/// A declared column of a table of delimited files.
package struct SourceColumn: Hashable, Sendable {
  package var name: String
  /// The name in the file's header, letter for letter.
  package var header: String
  package var type: SourceColumnType
  /// Cells that mean that there is no value.
  package var nulls: [String]
  /// Cells that stand for no value and are counted, such as `01/01/1600`.
  package var sentinels: [String]
  /// Whether a cell that cannot be read makes its record a rejected one.
  package var rejectsRecord: Bool
  /// Whether a file may lack the column; its rows then have no value.
  package var isOptional: Bool

  /// Declares a column; the name in the file is by default that of the column.
  package init(
    _ name: String, _ type: SourceColumnType, header: String? = nil, nulls: [String] = [""],
    sentinels: [String] = [], rejectsRecord: Bool = false, isOptional: Bool = false
  ) {
    self.name = name
    self.header = header ?? name
    self.type = type
    self.nulls = nulls
    self.sentinels = sentinels
    self.rejectsRecord = rejectsRecord
    self.isOptional = isOptional
  }
}
