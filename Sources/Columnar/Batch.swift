/// A named, typed place in a table.
package struct Field: Hashable, Sendable {
  package var name: String
  package var type: ColumnType

  package init(_ name: String, _ type: ColumnType) {
    self.name = name
    self.type = type
  }
}

/// The fields of a table in order.
package struct Schema: Hashable, Sendable {
  package var fields: [Field]

  package init(_ fields: [Field]) { self.fields = fields }

  /// The position of a field by its exact name.
  package func index(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }
}

/// Some rows of a table, column by column.
package struct Batch: Sendable {
  package let schema: Schema
  package var columns: [Column]
  package let count: Int

  /// Columns must have the types of the schema, in order, and `count` rows each.
  package init(_ schema: Schema, _ columns: [Column], count: Int) {
    precondition(columns.count == schema.fields.count, "as many columns as fields")
    for (field, column) in zip(schema.fields, columns) {
      precondition(field.type == column.type, "column \(field.name) has another type")
      precondition(column.count == count, "column \(field.name) has another count")
    }
    self.schema = schema
    self.columns = columns
    self.count = count
  }

  package subscript(_ name: String) -> Column? { schema.index(name).map { columns[$0] } }
}
