/// A table of OMOP CDM v5.4: its fields in the order of the specification.
public struct CDMTable: Sendable {
  /// The section of the CDM that a table belongs to.
  public enum Group: String, CaseIterable, Sendable {
    case clinical
    case healthSystem = "health system"
    case economics
    case derived
    case metadata
    case vocabulary
    case results
  }

  /// The name, in lower case as the specification writes it.
  public let name: String
  /// The section to which the table belongs.
  public let group: Group
  /// The fields in the order of the specification.
  public let fields: [CDMField]
  /// The fields that OHDSI recommends to index after the load, one index each; the primary key is
  /// not among them.
  public let indexes: [String]
  private let positions: [String: Int]

  /// Describes a table; field names must be unique and every index must be on one of them.
  public init(_ name: String, _ group: Group, indexes: [String] = [], fields: [CDMField]) {
    self.name = name
    self.group = group
    self.fields = fields
    self.indexes = indexes
    positions = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
    for index in indexes { precondition(positions[index] != nil, "no field \(index) in \(name)") }
  }

  /// The position of a field by its exact name; O(1).
  public func index(_ field: String) -> Int? { positions[field] }

  /// A field by its exact name, in lower case as the specification writes it; O(1).
  public func field(_ name: String) -> CDMField? { positions[name].map { fields[$0] } }

  /// The primary key; `nil` for tables without one, such as `death` and `fact_relationship`.
  public var primaryKey: CDMField? { fields.first { $0.isPrimaryKey } }

  /// Whether every row belongs to one person: the table has `person_id`, or its rows follow rows that
  /// have one.
  public var isPersonBound: Bool { positions["person_id"] != nil || hasOwner }

  /// The date field that accompanies each datetime field, in field order.
  ///
  /// Where a source gives a datetime only, the date is its day. `birth_datetime` has no companion.
  public var dateOf: [(datetime: CDMField, date: CDMField)] {
    fields.compactMap { datetime in
      guard datetime.datatype == .datetime, datetime.name.hasSuffix("datetime"),
        let date = field(datetime.name.dropLast("time".count).description)
      else { return nil }
      return (datetime, date)
    }
  }
}

extension CDMTable: Hashable {
  /// Tables are known by their names.
  public static func == (left: CDMTable, right: CDMTable) -> Bool { left.name == right.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
