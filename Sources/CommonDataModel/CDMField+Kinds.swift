/// The kinds of fields that the specification is made of, one short call a field.
extension CDMField {
  /// The primary key of a table.
  static func key(_ name: String, _ datatype: CDMDatatype = .bigint) -> CDMField {
    CDMField(name, datatype, .required, isPrimaryKey: true)
  }

  /// An id without a declared foreign key.
  static func id(_ name: String, _ need: Need = .optional) -> CDMField {
    CDMField(name, .bigint, need)
  }

  /// An id that refers to the row of another table, by the key `<table>_id`.
  static func id(_ name: String, _ need: Need = .optional, of table: String) -> CDMField {
    CDMField(name, .bigint, need, reference: Reference(table: table, field: "\(table)_id"))
  }

  /// A textual key that refers to a row of the vocabulary tables, by the key `<table>_id`.
  static func name(_ name: String, _ need: Need = .optional, of table: String) -> CDMField {
    CDMField(name, .varchar(20), need, reference: Reference(table: table, field: "\(table)_id"))
  }

  /// A concept id.
  static func concept(
    _ name: String, _ need: Need = .optional, domain: String? = nil, conceptClass: String? = nil
  ) -> CDMField {
    CDMField(
      name, .integer, need, reference: Reference(table: "concept", field: "concept_id"),
      domain: domain, conceptClass: conceptClass)
  }

  static func integer(_ name: String, _ need: Need = .optional) -> CDMField {
    CDMField(name, .integer, need)
  }

  static func numeric(_ name: String, _ need: Need = .optional) -> CDMField {
    CDMField(name, .numeric, need)
  }

  /// A text of at most `length` characters.
  static func varchar(_ name: String, _ length: Int, _ need: Need = .optional) -> CDMField {
    CDMField(name, .varchar(length), need)
  }

  static func text(_ name: String, _ need: Need = .optional) -> CDMField {
    CDMField(name, .text, need)
  }

  static func date(_ name: String, _ need: Need = .optional) -> CDMField {
    CDMField(name, .date, need)
  }

  static func datetime(_ name: String, _ need: Need = .optional) -> CDMField {
    CDMField(name, .datetime, need)
  }
}
