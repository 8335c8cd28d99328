internal import SQLite

/// One line of a quarantine listing.
package struct QuarantineLine: Codable, Hashable, Sendable {
  /// `record`, `row`, `cell` or `person`.
  package var kind: String
  package var table: String
  package var file: String
  package var path: String
  /// How the file is written, where its extractor said so.
  package var encoding: String?
  package var offset: Int64
  package var line: Int64
  package var rule: String?
  package var reason: String
  package var field: String?
  /// Where the row stands on which this one depends.
  package var parentFile: String?
  package var parentLine: Int64?
}

/// Reads the quarantine of a finished run.
package struct QuarantineReader: ~Copyable {
  /// Which entries are asked for; what is `nil` is not asked.
  package struct Filter: Sendable {
    package var rule: String?
    package var reason: String?
    package var table: String?
    package var kind: String?
    /// The file's name or path, and the line.
    package var place: (file: String, line: Int64)?
    package var limit: Int?

    package init() {}
  }

  private let connection: Connection

  /// Opens the quarantine file of a run.
  package init(path: String) throws {
    connection = try Connection(path: path, .readOnly)
  }

  package static let kinds = ["record", "row", "cell", "person"]

  /// The entries: roots first, then those that lie there because of another; by file and line.
  package func lines(_ filter: Filter) throws -> [QuarantineLine] {
    // Runs before the encoding was kept have files without it.
    let sql = "SELECT count(*) FROM pragma_table_info('file') WHERE name = 'encoding'"
    let encoding = try connection.integer(sql) == 1 ? "nullif(file.encoding, '')" : "NULL"
    var query = try connection.prepare(
      """
      SELECT entry.kind, file.extract_table, file.name, file.path, entry.offset, entry.line,
        entry.rule, entry.reason, entry.field, parent.name, entry.parent_line, \(encoding)
      FROM entry JOIN file ON file.id = entry.file
        LEFT JOIN file AS parent ON parent.id = entry.parent_file
      WHERE (?1 IS NULL OR entry.rule = ?1 OR entry.rule LIKE '%/' || ?1)
        AND (?2 IS NULL OR entry.reason = ?2)
        AND (?3 IS NULL OR file.extract_table = ?3 OR file.extract_table LIKE '%/' || ?3)
        AND (?4 IS NULL OR entry.kind = ?4)
        AND (?5 IS NULL OR ((file.name = ?5 OR file.path = ?5) AND entry.line = ?6))
      ORDER BY entry.parent_file IS NOT NULL, entry.file, entry.offset, entry.kind, entry.rule,
        entry.field
      LIMIT ?7
      """)
    func bind(_ text: String?, at parameter: Int, _ query: inout Statement) throws {
      if let text { try query.bind(text, at: parameter) } else { try query.bindNull(at: parameter) }
    }
    try bind(filter.rule, at: 1, &query)
    try bind(filter.reason, at: 2, &query)
    try bind(filter.table, at: 3, &query)
    if let kind = filter.kind.flatMap({ QuarantineReader.kinds.firstIndex(of: $0) }) {
      try query.bind(Int64(kind), at: 4)
    } else {
      try query.bindNull(at: 4)
    }
    try bind(filter.place?.file, at: 5, &query)
    try query.bind(filter.place?.line ?? 0, at: 6)
    try query.bind(Int64(filter.limit ?? -1), at: 7)
    var lines: [QuarantineLine] = []
    while try query.step() {
      let rule = query.text(at: 6) ?? ""
      lines.append(
        QuarantineLine(
          kind: QuarantineReader.kinds[Int(query.integer(at: 0))], table: query.text(at: 1) ?? "",
          file: query.text(at: 2) ?? "", path: query.text(at: 3) ?? "",
          encoding: query.text(at: 11), offset: query.integer(at: 4), line: query.integer(at: 5),
          rule: rule.isEmpty ? nil : rule,
          reason: query.text(at: 7) ?? "", field: query.text(at: 8),
          parentFile: query.text(at: 9),
          parentLine: query.isNull(at: 10) ? nil : query.integer(at: 10)))
    }
    return lines
  }

  /// How many entries there are of each kind, table, rule and reason.
  package func summary() throws -> [(
    kind: String, table: String, rule: String, reason: String, count: Int
  )] {
    var query = try connection.prepare(
      """
      SELECT entry.kind, file.extract_table, entry.rule, entry.reason, count(*)
      FROM entry JOIN file ON file.id = entry.file
      GROUP BY 1, 2, 3, 4 ORDER BY entry.reason = 'parent_quarantined', 1, 5 DESC, 2, 3, 4
      """)
    var rows: [(kind: String, table: String, rule: String, reason: String, count: Int)] = []
    while try query.step() {
      rows.append(
        (
          QuarantineReader.kinds[Int(query.integer(at: 0))], query.text(at: 1) ?? "",
          query.text(at: 2) ?? "", query.text(at: 3) ?? "", Int(query.integer(at: 4))
        ))
    }
    return rows
  }
}
