package import CommonDataModel
package import Vocabulary

extension MappingType {
  /// The event field that takes a part of the type; `nil` for the concept itself.
  package var eventField: EventField? {
    switch self {
    case .concept: nil
    case .value: EventImage.field("value_as_concept_id")
    case .unit: EventImage.field("unit_concept_id")
    case .comparison: EventImage.field("operator_concept_id")
    case .type: EventImage.field("type_concept_id")
    case .number: EventImage.field("value_as_number")
    }
  }
}
