/// The datatype of a CDM field, as the specification of OMOP CDM v5.4 states it.
///
/// What the specification calls `float` is `numeric` here, as in OHDSI's DDL, and `varchar(MAX)` is
/// `text`. Ids are `bigint` where the specification says integer, because ids stay below 2^53 and
/// not below 2^31.
public enum CDMDatatype: Hashable, Sendable {
  case integer
  case bigint
  case numeric
  /// A text of at most so many characters.
  case varchar(Int)
  case text
  case date
  case datetime
}

extension CDMDatatype: CustomStringConvertible {
  /// The datatype as diagnostics name it.
  public var description: String {
    switch self {
    case .integer: "integer"
    case .bigint: "bigint"
    case .numeric: "numeric"
    case .varchar(let length): "varchar(\(length))"
    case .text: "text"
    case .date: "date"
    case .datetime: "datetime"
    }
  }
}
