/// What the names in an expression mean.
///
/// An unqualified name is a derived column, else a column of the driving table. A column of a
/// joined table is always qualified, so that adding a column to one table never changes what an
/// expression over another means.
package struct Scope: Sendable {
  /// A named column and its type.
  package struct Column: Hashable, Sendable {
    package var name: String
    package var type: ExpressionType

    package init(_ name: String, _ type: ExpressionType) {
      self.name = name
      self.type = type
    }
  }

  /// A table and its columns.
  package struct Table: Hashable, Sendable {
    package var name: String
    package var columns: [Column]

    package init(_ name: String, _ columns: [Column]) {
      self.name = name
      self.columns = columns
    }

    func column(_ name: String) -> Column? { columns.first { $0.name == name } }
  }

  /// The table whose rows drive the rule, if there is one.
  package var driving: Table?
  /// The tables joined to it.
  package var joined: [Table]
  /// Columns that the rule derives; they belong to no table.
  package var derived: [Column]

  package init(driving: Table? = nil, joined: [Table] = [], derived: [Column] = []) {
    self.driving = driving
    self.joined = joined
    self.derived = derived
  }

  var tables: [Table] { (driving.map { [$0] } ?? []) + joined }
}

/// A column that an expression reads.
package struct Input: Hashable, Sendable {
  /// In which of its two forms a column is read.
  package enum Form: Hashable, Sendable {
    /// The column itself: of an identifier or local key, its digest.
    case value
    /// The text of an identifier as it stands in the source; only declassifiers ask for it.
    case raw
  }

  /// The table, or `nil` for a derived column.
  package var table: String?
  package var column: String
  package var form: Form

  package init(table: String?, column: String, form: Form = .value) {
    self.table = table
    self.column = column
    self.form = form
  }

  /// What the name of a column of raw texts ends in.
  package static let rawSuffix = "#raw"

  /// The name of the column in a batch of its table.
  package var batchName: String { form == .raw ? column + Input.rawSuffix : column }
}
