public import Columnar

/// A field of a CDM table.
public struct CDMField: Hashable, Sendable {
  /// Whether every row must have a value.
  public enum Need: Hashable, Sendable {
    case required
    case optional
  }

  /// The table and field that a foreign key names.
  public struct Reference: Hashable, Sendable {
    /// The name of the table.
    public let table: String
    /// The name of the field.
    public let field: String

    /// A reference to a field.
    public init(table: String, field: String) {
      self.table = table
      self.field = field
    }
  }

  /// The name, in lower case as the specification writes it.
  public let name: String
  /// What values are.
  public let datatype: CDMDatatype
  /// Whether every row must have a value.
  public let isRequired: Bool
  /// Whether the value names the row.
  public let isPrimaryKey: Bool
  /// What the field refers to, `nil` when it is no foreign key.
  public let reference: Reference?
  /// The domain of the concepts that belong here, where the specification states one; the text may
  /// name two (`Procedure, Regimen`).
  public let domain: String?
  /// The concept class of the concepts that belong here, where the specification states one.
  public let conceptClass: String?

  /// Describes a field.
  public init(
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
  public var isConcept: Bool { reference?.table == "concept" }

  /// The most characters that a value may have; `nil` when the datatype sets no bound.
  public var maximumLength: Int? {
    guard case .varchar(let length) = datatype else { return nil }
    return length
  }

  /// The type by which a batch carries the field unless there is a reason for another.
  public var columnType: ColumnType { datatype.columnType }
}
