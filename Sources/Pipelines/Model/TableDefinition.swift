package import Extract

/// An extract table as it is written.
package struct TableDefinition: Sendable {
  package var name: Located<String>
  /// Which of `csv`, `external` and `reader` say where the rows are: one of them, if all is well.
  package var sources: [String]
  /// How the text of the table is read.
  package var csv: CSVDefinition
  /// The program that writes the text, where it does not stand in files.
  package var external: ExternalDefinition?
  /// The stage of another package that reads the table, where its files are no CSV.
  package var reader: StageUse?
  /// Stages of other packages that add columns, in the order in which they work.
  package var steps: [StepDefinition]
  package var delivery: Delivery
  /// The columns whose values together name a row; empty when none are declared.
  package var key: [Located<String>]
  package var columns: [ColumnDefinition]

  /// What the absence of a row from a delivery means.
  package enum Delivery: String, Sendable {
    /// The row is deleted.
    case full
  }

  /// The columns that rules may read: those of the source, then those that steps add.
  package var allColumns: [ColumnDefinition] { columns + steps.flatMap(\.columns) }

  /// A column by its name, wherever it comes from.
  package func column(_ name: String) -> ColumnDefinition? {
    allColumns.first { $0.name.value == name }
  }
}

/// The use of a stage of another package.
package struct StageUse: Sendable {
  /// The name under which the stage is registered.
  package var name: Located<String>
  package var settings: [(name: Located<String>, value: Located<String>)]
}

/// A stage that computes columns of a table.
package struct StepDefinition: Sendable {
  package var stage: StageUse
  /// The columns that it gets.
  package var from: [Located<String>]
  /// The columns that it adds.
  package var columns: [ColumnDefinition]
}

/// Where the rows of a table stand in CSV files.
package struct CSVDefinition: Sendable {
  /// Resolved paths, each of which may hold `*` and `?` in its last part.
  package var files: [Located<String>]
  /// One byte of ASCII.
  package var delimiter: UInt8
  /// One byte of ASCII; `nil` when quotes are data.
  package var quote: UInt8?
  package var encoding: CSVEncoding
  package var hasHeader: Bool
  /// Cells that mean NULL.
  package var nulls: [String]
  package var maximumRecordBytes: Int
}

/// A program that writes the rows of a table.
package struct ExternalDefinition: Sendable {
  /// The program and its arguments.
  package var command: [Located<String>]
  /// In seconds.
  package var timeout: Int
  /// The folder in which it runs: that of the pipeline file.
  package var folder: String
}

/// A column of an extract table.
package struct ColumnDefinition: Sendable {
  /// The name by which expressions know the column.
  package var name: Located<String>
  /// The name of the column in the file.
  package var header: String
  /// What its cells are; `nil` when the file does not say it rightly, which was told.
  package var type: ColumnKind?
  /// Whether a cell that cannot be read quarantines its record.
  package var rejectsRecord: Bool
  /// Whether the column may be missing from the file.
  package var isOptional: Bool
  /// Cells that mean NULL, if the column has its own.
  package var nulls: [String]?
  /// Cells that stand for an unknown value.
  package var sentinels: [String]
}

/// What the cells of a column are, and how they are read.
package enum ColumnKind: Hashable, Sendable {
  case text
  case identifier(namespace: String)
  case localKey(namespace: String)
  case integer
  case decimal(scale: Int, mark: UInt8)
  case date(DatePattern)
  case timestamp(DatePattern)
  case partialDate(DatePattern)
  case boolean(true: [String], false: [String])
}
