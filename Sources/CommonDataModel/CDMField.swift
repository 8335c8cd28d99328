package import Columnar

/// A field of a CDM table.
package struct CDMField: Hashable, Sendable {
  /// Whether every row must have a value.
  package enum Need: Hashable, Sendable {
    case required
    case optional
  }

  /// The table and field that a foreign key names.
  package struct Reference: Hashable, Sendable {
    package let table: String
    package let field: String

    package init(table: String, field: String) {
      self.table = table
      self.field = field
    }
  }

  package let name: String
  package let datatype: CDMDatatype
  package let isRequired: Bool
  package let isPrimaryKey: Bool
  /// What the field refers to, `nil` when it is no foreign key.
  package let reference: Reference?
  /// The domain of the concepts that belong here, where the specification states one; the text may
  /// name two (`Procedure, Regimen`).
  package let domain: String?
  /// The concept class of the concepts that belong here, where the specification states one.
  package let conceptClass: String?

  package init(
    _ name: String, _ datatype: CDMDatatype, _ need: Need = .optional, isPrimaryKey: Bool = false,
    reference: Reference? = nil, domain: String? = nil, conceptClass: String? = nil
  ) {
    self.name = name
    self.datatype = datatype
    self.isRequired = need == .required
    self.isPrimaryKey = isPrimaryKey
    self.reference = reference
    self.domain = domain
    self.conceptClass = conceptClass
  }

  /// Whether the field holds a concept id: a foreign key to `concept`.
  package var isConcept: Bool { reference?.table == "concept" }

  /// The most characters that a value may have; `nil` when the datatype sets no bound.
  package var maximumLength: Int? {
    guard case .varchar(let length) = datatype else { return nil }
    return length
  }

  /// The type by which a batch carries the field unless there is a reason for another.
  package var columnType: ColumnType { datatype.columnType }
}
