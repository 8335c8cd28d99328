/// The state of a code's review, in the word that files have for it.
///
/// Source: `CodeMapping.MappingStatus` of https://github.com/OHDSI/Usagi; SEMI-APPROVED comes from
/// https://github.com/RADar-AZDelta/Keun, for what the first of two reviewers approved, and
/// https://github.com/RADar-AZDelta/Rabbit-in-a-Blender uses such rows when it is asked to.
package enum MappingStatus: String, CaseIterable, Sendable {
  case approved = "APPROVED"
  case semiApproved = "SEMI-APPROVED"
  case unchecked = "UNCHECKED"
  case autoMapped = "AUTO_MAPPED"
  case autoMappedToOne = "AUTO_MAPPED_TO_1"
  case invalidTarget = "INVALID_TARGET"
  case flagged = "FLAGGED"
  case ignored = "IGNORED"

  /// The states whose rows are used unless a pipeline chooses others.
  package static let usual: Set<MappingStatus> = [.approved, .semiApproved]

  /// Whether the concept 0 says that a person found no target, and not that nobody looked for one.
  var isReview: Bool { self == .approved || self == .semiApproved || self == .ignored }
}

extension Set<MappingStatus> {
  /// The words in the order in which they are declared.
  package var words: [String] { MappingStatus.allCases.filter(contains).map(\.rawValue) }
}

/// How well a target says what the code says.
///
/// Source: `CodeMapping.Equivalence` of https://github.com/OHDSI/Usagi.
package enum MappingEquivalence: String, CaseIterable, Sendable {
  case equal = "EQUAL"
  case equivalent = "EQUIVALENT"
  case wider = "WIDER"
  case narrower = "NARROWER"
  case inexact = "INEXACT"
  case unmatched = "UNMATCHED"
  case unreviewed = "UNREVIEWED"
}

/// What a target is to its code.
///
/// Source: `MappingTarget.Type` of https://github.com/OHDSI/Usagi.
package enum MappingType: String, CaseIterable, Sendable {
  /// The concept of the event.
  case concept = "MAPS_TO"
  case value = "MAPS_TO_VALUE"
  case unit = "MAPS_TO_UNIT"
  /// The operator of a measurement, such as `<`.
  case comparison = "MAPS_TO_OPERATOR"
  /// The type concept: where the record comes from.
  case type = "MAPS_TO_TYPE"
  /// A concept whose name is a number.
  case number = "MAPS_TO_NUMBER"

  /// A type by the word of a file; older files say EVENT, VALUE and UNIT.
  init?(word: String) {
    switch word {
    case "EVENT": self = .concept
    case "VALUE": self = .value
    case "UNIT": self = .unit
    default: self.init(rawValue: word)
    }
  }

  /// The words that a file may have.
  static let words = allCases.map(\.rawValue) + ["EVENT", "VALUE", "UNIT"]

  /// The type in a few words.
  package var noun: String {
    switch self {
    case .concept: "concept"
    case .value: "value"
    case .unit: "unit"
    case .comparison: "operator"
    case .type: "type"
    case .number: "number"
    }
  }
}
