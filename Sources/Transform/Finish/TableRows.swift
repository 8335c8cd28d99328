internal import Columnar
internal import CommonDataModel
internal import Engine

/// The rows of one CDM table in one partition, from all the rules that fill it.
///
/// A column of a field that one rule fills and another does not is null for the latter.
struct TableRows {
  let table: CDMTable
  /// The rows of each stream, one run after the other, with the number of its rule.
  let parts: [(rule: Int, rows: Range<Int>)]
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
  /// Numbers that fit the type of their own rule and not the one that holds all rules' numbers.
  let lost: [(row: Int32, field: String)]

  var count: Int { rules.count }

  /// Joins the batches of a table's streams.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - parts: a batch of each stream that has rows.
  ///   - types: the type of each column over all streams of the plan.
  init(
    _ table: CDMTable, parts: [(rule: Int, batch: Batch)], types: [String: ColumnType]
  ) {
    self.table = table
    var runs: [(rule: Int, rows: Range<Int>)] = []
    for part in parts {
      let start = runs.last?.rows.upperBound ?? 0
      runs.append((part.rule, start..<start + part.batch.count))
    }
    self.parts = runs
    rules = runs.flatMap { [Int32](repeating: Int32($0.rule), count: $0.rows.count) }
    var lost: [(row: Int32, field: String)] = []
    func column(_ name: String, _ type: ColumnType) -> Column {
      let columns = zip(runs, parts).map { run, part -> Column in
        guard let own = part.batch[name] else { return .nulls(type, count: run.rows.count) }
        let converted = NumberUnion.convert(own, to: type)
        lost += converted.lost.map { (Int32(run.rows.lowerBound) + $0, name) }
        return converted.column
      }
      return Column.concatenated(columns, type: type)
    }
    person = column(RowHeader.person, .digest).digests
    key = column(RowHeader.key, .digest).digests
    content0 = column(RowHeader.content0, .integer).lanes
    content1 = column(RowHeader.content1, .integer).lanes
    position = column(RowHeader.position, .integer).lanes
    fan = column(RowHeader.fan, .integer).lanes
    slot = column(RowHeader.slot, .integer).lanes
    cause = column(RowHeader.cause, .integer).lanes
    visit = column(RowHeader.visit, .digest)
    preference = column(RowHeader.preference, .integer)
    var columns: [String: Column] = [:]
    for (name, type) in types where parts.contains(where: { $0.batch.schema.index(name) != nil }) {
      columns[name] = column(name, type)
    }
    self.columns = columns
    self.lost = lost
  }

  /// The types of the columns that streams of one table have beside their headers: of numbers, the
  /// type that holds those of all streams.
  static func types(of streams: [StreamDefinition]) -> [String: ColumnType] {
    let header = Set(RowHeader.fields.map(\.name)).union([RowHeader.visit, RowHeader.preference])
    var types: [String: ColumnType] = [:]
    for field in streams.flatMap(\.schema.fields) where !header.contains(field.name) {
      types[field.name] = types[field.name].map { NumberUnion.type($0, field.type) } ?? field.type
    }
    return types
  }
}
