/// A named, typed place in a table.
public struct Field: Hashable, Sendable {
  /// The name, unique in a table.
  public var name: String
  /// What its values are.
  public var type: ColumnType

  /// A field.
  public init(_ name: String, _ type: ColumnType) {
    self.name = name
    self.type = type
  }
}

/// The fields of a table in order.
public struct Schema: Hashable, Sendable {
  /// The fields, with distinct names.
  public var fields: [Field]

  /// A schema of some fields.
  public init(_ fields: [Field]) { self.fields = fields }

  /// The position of a field by its exact name.
  public func index(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }
}

/// Some rows of a table, column by column.
public struct Batch: Sendable {
  /// The names and types of the columns.
  public let schema: Schema
  /// The columns, in the order of the schema.
  public var columns: [Column]
  /// The number of rows.
  public let count: Int

  /// Columns must have the types of the schema, in order, and `count` rows each.
  public init(_ schema: Schema, _ columns: [Column], count: Int) {
    precondition(columns.count == schema.fields.count, "as many columns as fields")
    for (field, column) in zip(schema.fields, columns) {
      precondition(field.type == column.type, "column \(field.name) has another type")
      precondition(column.count == count, "column \(field.name) has another count")
    }
    self.schema = schema
    self.columns = columns
    self.count = count
  }

  /// A column by its exact name.
  public subscript(_ name: String) -> Column? { schema.index(name).map { columns[$0] } }
}
