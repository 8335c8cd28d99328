internal import Columnar
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

  /// Replaces the key digests of all references by the ids of the rows they name; a row that is not
  /// there leaves NULL.
  ///
  /// - Parameters:
  ///   - columns: the columns of a table's rows, by name.
  ///   - find: the id of the row that a reference's key names for a row of the columns.
  /// - Returns: the rows whose key names no row that is written, by field.
  static func resolve(
    _ columns: inout [String: Column], find: (Reference, Digest, Int) -> Int64?
  ) -> [(field: String, row: Int)] {
    var missing: [(field: String, row: Int)] = []
    for name in columns.keys.sorted() {
      guard let reference = Reference(column: name),
        let column = columns.removeValue(forKey: name)
      else { continue }
      let digests = column.digests
      let before = columns[reference.field]
      var builder = ColumnBuilder(.integer, capacity: digests.count)
      for row in digests.indices {
        if column.isValid(row) {
          if let id = find(reference, digests[row], row) {
            builder.append(lane: id)
            continue
          }
          missing.append((reference.field, row))
        }
        // Another rule of the table may give the field its own way.
        if let before, before.isValid(row) {
          builder.append(lane: before.lanes[row])
        } else {
          builder.appendNull()
        }
      }
      columns[reference.field] = builder.finish()
    }
    return missing
  }
}
