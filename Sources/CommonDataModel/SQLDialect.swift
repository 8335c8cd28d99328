/// The SQL of a database that a CDM can live in.
package enum SQLDialect: Hashable, Sendable, CaseIterable {
  /// https://www.sqlite.org/datatype3.html
  case sqlite
  /// https://www.postgresql.org/docs/current/datatype.html
  case postgreSQL

  /// The declared type of a field.
  ///
  /// SQLite keeps dates and datetimes as ISO 8601 text under the declared types `date` and
  /// `datetime`, by which R and Python know how to read them, and numeric fields as `real`, so that
  /// a reader sees numbers of one type whatever their values. A primary key is `integer` there: it
  /// then is the row's own id and needs no index (https://www.sqlite.org/lang_createtable.html#rowid).
  package func type(of field: CDMField) -> String {
    switch (self, field.datatype) {
    case (.sqlite, .bigint) where field.isPrimaryKey: "integer"
    case (.sqlite, .numeric): "real"
    case (.postgreSQL, .datetime): "timestamp"
    case (_, let datatype): datatype.description
    }
  }

  /// A name as it stands in a statement: in quotes when it is a word of the language.
  ///
  /// Names are those of the specification and of schemas; of the former only `offset` is reserved.
  package func quoted(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
    let startsWithDigit = name.utf8.first.map { $0 < UInt8(ascii: "A") } ?? true
    guard name == "offset" || !isPlain || startsWithDigit else { return name }
    return "\""
      + name.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
