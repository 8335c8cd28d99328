internal import Columnar
internal import CommonDataModel
internal import Engine

/// Builds a few rows of a table field by field.
struct RowBuilder {
  let table: CDMTable
  private var builders: [String: ColumnBuilder] = [:]
  private(set) var count = 0

  init(_ table: CDMTable) { self.table = table }

  mutating func set(_ field: String, _ value: String?) {
    var builder = builders[field] ?? ColumnBuilder(.text)
    if let value { builder.append(text: value) } else { builder.appendNull() }
    builders[field] = builder
  }

  mutating func set(_ field: String, _ value: some BinaryInteger, _ type: ColumnType = .integer) {
    var builder = builders[field] ?? ColumnBuilder(type)
    builder.append(lane: Int64(value))
    builders[field] = builder
  }

  mutating func set(_ field: String, _ value: Double?) {
    var builder = builders[field] ?? ColumnBuilder(.double)
    if let value { builder.append(double: value) } else { builder.appendNull() }
    builders[field] = builder
  }

  /// Sets a number that may be absent.
  mutating func set(_ field: String, optional value: Int64?, _ type: ColumnType = .integer) {
    var builder = builders[field] ?? ColumnBuilder(type)
    if let value { builder.append(lane: value) } else { builder.appendNull() }
    builders[field] = builder
  }

  mutating func end() { count += 1 }

  func finish() -> FinishedRows {
    let fields = table.fields.filter { builders[$0.name] != nil }
    let columns = fields.compactMap { builders[$0.name]?.finish() }
    let schema = Schema(zip(fields, columns).map { Field($0.name, $1.type) })
    return FinishedRows(table: table, batch: Batch(schema, columns, count: count))
  }
}
