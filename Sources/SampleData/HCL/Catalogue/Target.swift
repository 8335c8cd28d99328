/// A standard concept that a code of the hospital leads to, and the CDM table of its domain.
struct Target {
  let concept: Int
  let table: EventKind

  static func condition(_ concept: Int) -> Target { Target(concept: concept, table: .condition) }
  static func procedure(_ concept: Int) -> Target { Target(concept: concept, table: .procedure) }
  static func drug(_ concept: Int) -> Target { Target(concept: concept, table: .drug) }
  static func measurement(_ concept: Int) -> Target {
    Target(concept: concept, table: .measurement)
  }
  static func observation(_ concept: Int) -> Target {
    Target(concept: concept, table: .observation)
  }
}

/// The tables that the events of this export can land in.
enum EventKind: String, CaseIterable {
  case condition = "condition_occurrence"
  case procedure = "procedure_occurrence"
  case drug = "drug_exposure"
  case measurement
  case observation
}

/// What the demographic file says of a person's sex.
enum Sex: String {
  case male = "M"
  case female = "F"
  case undetermined = "I"

  /// The gender concept; 0 where the map has none.
  var concept: Int {
    switch self {
    case .male: 8507
    case .female: 8532
    case .undetermined: 0
    }
  }
}
