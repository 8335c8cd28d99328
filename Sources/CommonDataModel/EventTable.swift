/// The tables among which the domain of a concept chooses when a rule says `into: event`.
package enum EventTable: String, CaseIterable, Sendable {
  case condition = "condition_occurrence"
  case drug = "drug_exposure"
  case procedure = "procedure_occurrence"
  case measurement = "measurement"
  case observation = "observation"
  case device = "device_exposure"
  case specimen = "specimen"
  case visit = "visit_occurrence"
  case episode = "episode"

  /// The table whose concepts are of a domain of the vocabulary, by its exact `domain_id`; `nil`
  /// when the domain has no table of its own.
  package init?(domain: String) {
    guard let table = EventTable.allCases.first(where: { $0.domain == domain }) else { return nil }
    self = table
  }

  /// The `domain_id` of the concepts that belong in the table.
  package var domain: String {
    switch self {
    case .condition: "Condition"
    case .drug: "Drug"
    case .procedure: "Procedure"
    case .measurement: "Measurement"
    case .observation: "Observation"
    case .device: "Device"
    case .specimen: "Specimen"
    case .visit: "Visit"
    case .episode: "Episode"
    }
  }

  /// The table of the CDM.
  package var table: CDMTable {
    switch self {
    case .condition: .conditionOccurrence
    case .drug: .drugExposure
    case .procedure: .procedureOccurrence
    case .measurement: .measurement
    case .observation: .observation
    case .device: .deviceExposure
    case .specimen: .specimen
    case .visit: .visitOccurrence
    case .episode: .episode
    }
  }
}
