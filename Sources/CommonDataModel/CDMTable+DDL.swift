/// The statements that make a table: created bare, loaded, then keyed and indexed.
extension CDMTable {
  /// The name of the table as it stands in a statement.
  package func qualifiedName(_ dialect: SQLDialect, schema: String? = nil) -> String {
    let table = dialect.quoted(name)
    guard let schema else { return table }
    return "\(dialect.quoted(schema)).\(table)"
  }

  /// `create table …` with all fields, datatypes and `not null`.
  ///
  /// SQLite can state the primary key only here; PostgreSQL gets it after the load, from
  /// `primaryKeyStatement`.
  package func createStatement(_ dialect: SQLDialect, schema: String? = nil) -> String {
    let lines = fields.map { field in
      var line = "  \(dialect.quoted(field.name)) \(dialect.type(of: field))"
      if field.isRequired { line += " not null" }
      if field.isPrimaryKey, dialect == .sqlite { line += " primary key" }
      return line
    }
    let body = lines.joined(separator: ",\n")
    return "create table \(qualifiedName(dialect, schema: schema)) (\n\(body)\n)"
  }

  /// The primary key of a table that was created without; `nil` when there is none to add.
  package func primaryKeyStatement(_ dialect: SQLDialect, schema: String? = nil) -> String? {
    guard dialect == .postgreSQL, let key = primaryKey else { return nil }
    return "alter table \(qualifiedName(dialect, schema: schema)) "
      + "add constraint xpk_\(name) primary key (\(dialect.quoted(key.name)))"
  }

  /// The indexes that OHDSI recommends, to be made after the load: person, concept, visit.
  ///
  /// An index lives in the schema of its table and is named `idx_<table>_<field>`.
  package func indexStatements(_ dialect: SQLDialect, schema: String? = nil) -> [String] {
    indexes.map { field in
      "create index idx_\(name)_\(field) "
        + "on \(qualifiedName(dialect, schema: schema)) (\(dialect.quoted(field)))"
    }
  }

  /// The foreign keys, to be added after all tables are loaded and have their primary keys.
  ///
  /// SQLite cannot add a foreign key to a table, hence none there. The vocabulary tables must be
  /// full, since every concept id is checked against `concept`.
  package func foreignKeyStatements(_ dialect: SQLDialect, schema: String? = nil) -> [String] {
    guard dialect == .postgreSQL else { return [] }
    return fields.compactMap { field in
      guard let reference = field.reference,
        let target = CommonDataModel.table(reference.table)
      else { return nil }
      return "alter table \(qualifiedName(dialect, schema: schema)) "
        + "add constraint fpk_\(name)_\(field.name) foreign key (\(dialect.quoted(field.name))) "
        + "references \(target.qualifiedName(dialect, schema: schema)) "
        + "(\(dialect.quoted(reference.field)))"
    }
  }
}
