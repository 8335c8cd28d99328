internal import Columnar
internal import CommonDataModel
internal import Engine

/// The rows of one CDM table in one partition, from all the rules that fill it.
///
/// A column of a field that one rule fills and another does not is null for the latter.
struct TableRows {
  let table: CDMTable
  /// The number of the rule of each row.
  let rules: [Int32]
  let person: [Digest]
  let key: [Digest]
  let content0: [Int64]
  let content1: [Int64]
  let position: [Int64]
  let fan: [Int64]
  let slot: [Int64]
  let cause: [Int64]
  let visit: Column
  let preference: Column
  /// The columns of CDM fields and of references, by name.
  let columns: [String: Column]

  var count: Int { rules.count }

  /// Joins the batches of a table's streams.
  init(_ table: CDMTable, parts: [(rule: Int, batch: Batch)]) {
    self.table = table
    rules = parts.flatMap { [Int32](repeating: Int32($0.rule), count: $0.batch.count) }
    func column(_ name: String) -> Column {
      let type =
        parts.lazy.compactMap { $0.batch[name]?.type }.first
        ?? TableRows.type(of: name)
      return Column.concatenated(
        parts.map { $0.batch[name] ?? .nulls(type, count: $0.batch.count) }, type: type)
    }
    person = column(RowHeader.person).digests
    key = column(RowHeader.key).digests
    content0 = column(RowHeader.content0).lanes
    content1 = column(RowHeader.content1).lanes
    position = column(RowHeader.position).lanes
    fan = column(RowHeader.fan).lanes
    slot = column(RowHeader.slot).lanes
    cause = column(RowHeader.cause).lanes
    visit = column(RowHeader.visit)
    preference = column(RowHeader.preference)
    let header = Set(RowHeader.fields.map(\.name)).union([RowHeader.visit, RowHeader.preference])
    let names = Set(parts.flatMap { $0.batch.schema.fields.map(\.name) }).subtracting(header)
    columns = Dictionary(uniqueKeysWithValues: names.map { ($0, column($0)) })
  }

  private static func type(of name: String) -> ColumnType {
    let header = RowHeader.fields.first { $0.name == name }?.type
    return header ?? (name == RowHeader.preference ? .integer : .digest)
  }

  /// The fields filled by some rule, in the order of the table.
  var filledFields: [CDMField] { table.fields.filter { columns[$0.name] != nil } }
}

/// A row of a partition: which table, which row.
struct RowReference: Hashable {
  var table: Int32
  var row: Int32
}
