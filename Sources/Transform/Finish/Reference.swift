internal import Columnar
internal import CommonDataModel
internal import Engine

/// A column of a stream that holds the keys of the rows that a field refers to.
struct Reference {
  /// The field of the CDM.
  let field: String
  /// The name of the rule that makes the rows.
  let rule: String

  init(field: String, rule: String) {
    self.field = field
    self.rule = rule
  }

  /// Reads the name of a column, `#ref:FIELD=RULE`; `nil` for other columns.
  init?(column name: String) {
    guard name.hasPrefix(RowHeader.reference) else { return nil }
    let parts = name.dropFirst(RowHeader.reference.count).split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    self.init(field: String(parts[0]), rule: String(parts[1]))
  }

  /// The name of the column.
  var column: String { "\(RowHeader.reference)\(field)=\(rule)" }

  /// A row that a reference names.
  struct Found {
    var id: Int64
    /// The position in `CommonDataModel.tables` of the table in which it stands, where it may be any.
    var table: Int32?
  }

  /// Replaces the key digests of all references by the ids of the rows they name.
  ///
  /// A row that is not there leaves NULL. A field that says of which table the row is, is filled with it.
  ///
  /// - Parameters:
  ///   - columns: the columns of a table's rows, by name.
  ///   - table: the table.
  ///   - find: for a reference, what finds the row that its key names for a row of the columns.
  /// - Returns: the rows whose key names no row that is written, by field.
  static func resolve(
    _ columns: inout [String: Column], of table: CDMTable,
    find: (Reference) -> (Digest, Int) -> Found?
  ) -> [(field: String, row: Int)] {
    var missing: [(field: String, row: Int)] = []
    for name in columns.keys.sorted() {
      guard let reference = Reference(column: name),
        let column = columns.removeValue(forKey: name)
      else { continue }
      let digests = column.digests
      var rows = [Found?](repeating: nil, count: digests.count)
      let find = find(reference)
      for row in digests.indices where column.isValid(row) {
        rows[row] = find(digests[row], row)
        if rows[row] == nil { missing.append((reference.field, row)) }
      }
      fill(reference.field, rows, in: &columns, of: table)
    }
    return missing
  }

  /// Fills a field with the ids of rows that were found, and the field that says of which table the
  /// row is; where none was found, what another rule of the table gives stays.
  static func fill(
    _ field: String, _ found: [Found?], in columns: inout [String: Column], of table: CDMTable
  ) {
    let before = columns[field]
    var builder = ColumnBuilder(.integer, capacity: found.count)
    for (row, other) in found.enumerated() {
      if let other {
        builder.append(lane: other.id)
      } else if let before, before.isValid(row) {
        builder.append(lane: before.lanes[row])
      } else {
        builder.appendNull()
      }
    }
    columns[field] = builder.finish()
    if let companion = table.companion(of: field) {
      columns[companion.name] = fill(
        companion, found.map { $0?.table }, before: columns[companion.name])
    }
  }

  /// The column that says of which tables rows are, where nothing else has said it.
  private static func fill(_ field: CDMField, _ tables: [Int32?], before: Column?) -> Column {
    let isText = field.datatype.columnType == .text
    let isDomain = field.name.hasPrefix("domain_concept_id")
    let texts = CommonDataModel.tables.map { $0.domain?.name ?? $0.name }
    let concepts = CommonDataModel.tables.map { isDomain ? $0.domain?.concept ?? 0 : $0.keyConcept }
    var builder = ColumnBuilder(field.columnType, capacity: tables.count)
    for (row, table) in tables.enumerated() {
      if let before, before.isValid(row) {
        if case .text(let texts) = before.values {
          builder.append(bytes: texts.span(row))
        } else {
          builder.append(lane: before.lanes[row])
        }
      } else if let table, isText {
        builder.append(text: texts[Int(table)])
      } else if let table {
        builder.append(lane: concepts[Int(table)])
      } else {
        builder.appendNull()
      }
    }
    return builder.finish()
  }
}
