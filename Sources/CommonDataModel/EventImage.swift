/// The one list of event fields and their images, and the choice of a table by domain.
package enum EventImage {
  /// Every event field.
  ///
  /// Together the images are all fields of the event tables except their primary keys and
  /// `person_id`, so that a rule that says `into: event` can fill whatever a table has.
  package static let fields: [EventField] = [
    // What happened.
    EventField(
      "concept_id",
      [
        .condition: "condition_concept_id", .drug: "drug_concept_id",
        .procedure: "procedure_concept_id", .measurement: "measurement_concept_id",
        .observation: "observation_concept_id", .device: "device_concept_id",
        .specimen: "specimen_concept_id", .visit: "visit_concept_id",
        .episode: "episode_concept_id",
      ]),
    EventField(
      "source_value",
      [
        .condition: "condition_source_value", .drug: "drug_source_value",
        .procedure: "procedure_source_value", .measurement: "measurement_source_value",
        .observation: "observation_source_value", .device: "device_source_value",
        .specimen: "specimen_source_value", .visit: "visit_source_value",
        .episode: "episode_source_value",
      ]),
    EventField(
      "source_concept_id",
      [
        .condition: "condition_source_concept_id", .drug: "drug_source_concept_id",
        .procedure: "procedure_source_concept_id", .measurement: "measurement_source_concept_id",
        .observation: "observation_source_concept_id", .device: "device_source_concept_id",
        .visit: "visit_source_concept_id", .episode: "episode_source_concept_id",
      ]),
    EventField(
      "type_concept_id",
      [
        .condition: "condition_type_concept_id", .drug: "drug_type_concept_id",
        .procedure: "procedure_type_concept_id", .measurement: "measurement_type_concept_id",
        .observation: "observation_type_concept_id", .device: "device_type_concept_id",
        .specimen: "specimen_type_concept_id", .visit: "visit_type_concept_id",
        .episode: "episode_type_concept_id",
      ]),

    // When.
    EventField(
      "start_date",
      [
        .condition: "condition_start_date", .drug: "drug_exposure_start_date",
        .procedure: "procedure_date", .measurement: "measurement_date",
        .observation: "observation_date", .device: "device_exposure_start_date",
        .specimen: "specimen_date", .visit: "visit_start_date", .episode: "episode_start_date",
      ]),
    EventField(
      "start_datetime",
      [
        .condition: "condition_start_datetime", .drug: "drug_exposure_start_datetime",
        .procedure: "procedure_datetime", .measurement: "measurement_datetime",
        .observation: "observation_datetime", .device: "device_exposure_start_datetime",
        .specimen: "specimen_datetime", .visit: "visit_start_datetime",
        .episode: "episode_start_datetime",
      ]),
    EventField(
      "end_date",
      [
        .condition: "condition_end_date", .drug: "drug_exposure_end_date",
        .procedure: "procedure_end_date", .device: "device_exposure_end_date",
        .visit: "visit_end_date", .episode: "episode_end_date",
      ]),
    EventField(
      "end_datetime",
      [
        .condition: "condition_end_datetime", .drug: "drug_exposure_end_datetime",
        .procedure: "procedure_end_datetime", .device: "device_exposure_end_datetime",
        .visit: "visit_end_datetime", .episode: "episode_end_datetime",
      ]),
    EventField("verbatim_end_date", in: [.drug]),
    EventField("measurement_time", in: [.measurement]),

    // Where, by whom and within what.
    EventField(
      "provider_id",
      in: [.condition, .drug, .procedure, .measurement, .observation, .device, .visit]),
    EventField("care_site_id", in: [.visit]),
    EventField(
      "visit_occurrence_id",
      in: [.condition, .drug, .procedure, .measurement, .observation, .device]),
    EventField(
      "visit_detail_id",
      in: [.condition, .drug, .procedure, .measurement, .observation, .device]),
    EventField(
      "event_id",
      [
        .measurement: "measurement_event_id", .observation: "observation_event_id",
      ]),
    EventField(
      "event_field_concept_id",
      [
        .measurement: "meas_event_field_concept_id", .observation: "obs_event_field_concept_id",
      ]),

    // Results.
    EventField("value_as_number", in: [.measurement, .observation]),
    EventField("value_as_concept_id", in: [.measurement, .observation]),
    EventField("value_as_string", in: [.observation]),
    EventField("value_source_value", in: [.measurement, .observation]),
    EventField("operator_concept_id", in: [.measurement]),
    EventField("range_low", in: [.measurement]),
    EventField("range_high", in: [.measurement]),
    EventField("qualifier_concept_id", in: [.observation]),
    EventField("qualifier_source_value", in: [.observation]),

    // Amounts.
    EventField("quantity", in: [.drug, .procedure, .device, .specimen]),
    EventField("unit_concept_id", in: [.measurement, .observation, .device, .specimen]),
    EventField("unit_source_value", in: [.measurement, .observation, .device, .specimen]),
    EventField("unit_source_concept_id", in: [.measurement, .device]),

    // Conditions.
    EventField("status_concept_id", [.condition: "condition_status_concept_id"]),
    EventField("status_source_value", [.condition: "condition_status_source_value"]),
    EventField("stop_reason", in: [.condition, .drug]),

    // Drugs.
    EventField("days_supply", in: [.drug]),
    EventField("refills", in: [.drug]),
    EventField("sig", in: [.drug]),
    EventField("lot_number", in: [.drug]),
    EventField("route_concept_id", in: [.drug]),
    EventField("route_source_value", in: [.drug]),
    EventField("dose_unit_source_value", in: [.drug]),

    // Procedures and devices.
    EventField("modifier_concept_id", in: [.procedure]),
    EventField("modifier_source_value", in: [.procedure]),
    EventField("unique_device_id", in: [.device]),
    EventField("production_id", in: [.device]),

    // Specimens.
    EventField("anatomic_site_concept_id", in: [.specimen]),
    EventField("anatomic_site_source_value", in: [.specimen]),
    EventField("disease_status_concept_id", in: [.specimen]),
    EventField("disease_status_source_value", in: [.specimen]),
    EventField("specimen_source_id", in: [.specimen]),

    // Visits.
    EventField("admitted_from_concept_id", in: [.visit]),
    EventField("admitted_from_source_value", in: [.visit]),
    EventField("discharged_to_concept_id", in: [.visit]),
    EventField("discharged_to_source_value", in: [.visit]),
    EventField("preceding_visit_occurrence_id", in: [.visit]),

    // Episodes.
    EventField("episode_parent_id", in: [.episode]),
    EventField("episode_number", in: [.episode]),
    EventField("episode_object_concept_id", in: [.episode]),
  ]

  private static let fieldsByName = Dictionary(
    uniqueKeysWithValues: fields.map { ($0.name, $0) })

  /// An event field by its exact name; O(1).
  package static func field(_ name: String) -> EventField? { fieldsByName[name] }

  /// The table for concepts of a domain, by its exact `domain_id`.
  ///
  /// A domain without a table of its own goes to `observation`; `EventTable(domain:)` tells whether
  /// it has one.
  package static func table(forDomain domain: String) -> EventTable {
    EventTable(domain: domain) ?? .observation
  }

  /// The event fields that a table requires.
  package static func requiredFields(of table: EventTable) -> [EventField] {
    fields.filter { $0.isRequired(in: table) }
  }
}
