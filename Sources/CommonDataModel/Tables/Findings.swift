extension CDMTable {
  /// Examinations and tests with a value: laboratory results, vital signs.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#measurement
  package static let measurement = CDMTable(
    "measurement", .clinical,
    indexes: ["person_id", "measurement_concept_id", "visit_occurrence_id"],
    fields: [
      .key("measurement_id"),
      .id("person_id", .required, of: "person"),
      .concept("measurement_concept_id", .required, domain: "Measurement"),
      .date("measurement_date", .required),
      .datetime("measurement_datetime"),
      .varchar("measurement_time", 10),
      .concept("measurement_type_concept_id", .required, domain: "Type Concept"),
      .concept("operator_concept_id"),
      .numeric("value_as_number"),
      .concept("value_as_concept_id"),
      .concept("unit_concept_id", domain: "Unit"),
      .numeric("range_low"),
      .numeric("range_high"),
      .id("provider_id", of: "provider"),
      .id("visit_occurrence_id", of: "visit_occurrence"),
      .id("visit_detail_id", of: "visit_detail"),
      .varchar("measurement_source_value", 50),
      .concept("measurement_source_concept_id"),
      .varchar("unit_source_value", 50),
      .concept("unit_source_concept_id"),
      .varchar("value_source_value", 50),
      .id("measurement_event_id"),
      .concept("meas_event_field_concept_id"),
    ])

  /// Clinical facts that no other table holds; the home of every other domain.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#observation
  package static let observation = CDMTable(
    "observation", .clinical,
    indexes: ["person_id", "observation_concept_id", "visit_occurrence_id"],
    fields: [
      .key("observation_id"),
      .id("person_id", .required, of: "person"),
      .concept("observation_concept_id", .required),
      .date("observation_date", .required),
      .datetime("observation_datetime"),
      .concept("observation_type_concept_id", .required, domain: "Type Concept"),
      .numeric("value_as_number"),
      .varchar("value_as_string", 60),
      .concept("value_as_concept_id"),
      .concept("qualifier_concept_id"),
      .concept("unit_concept_id", domain: "Unit"),
      .id("provider_id", of: "provider"),
      .id("visit_occurrence_id", of: "visit_occurrence"),
      .id("visit_detail_id", of: "visit_detail"),
      .varchar("observation_source_value", 50),
      .concept("observation_source_concept_id"),
      .varchar("unit_source_value", 50),
      .varchar("qualifier_source_value", 50),
      .varchar("value_source_value", 50),
      .id("observation_event_id"),
      .concept("obs_event_field_concept_id"),
    ])

  /// Samples taken from a person.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#specimen
  package static let specimen = CDMTable(
    "specimen", .clinical, indexes: ["person_id", "specimen_concept_id"],
    fields: [
      .key("specimen_id"),
      .id("person_id", .required, of: "person"),
      .concept("specimen_concept_id", .required),
      .concept("specimen_type_concept_id", .required, domain: "Type Concept"),
      .date("specimen_date", .required),
      .datetime("specimen_datetime"),
      .numeric("quantity"),
      .concept("unit_concept_id"),
      .concept("anatomic_site_concept_id"),
      .concept("disease_status_concept_id"),
      .varchar("specimen_source_id", 50),
      .varchar("specimen_source_value", 50),
      .varchar("unit_source_value", 50),
      .varchar("anatomic_site_source_value", 50),
      .varchar("disease_status_source_value", 50),
    ])
}
