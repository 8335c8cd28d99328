extension CDMTable {
  /// Spans of exposure to one ingredient.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#drug_era
  package static let drugEra = CDMTable(
    "drug_era", .derived, indexes: ["person_id", "drug_concept_id"],
    fields: [
      .key("drug_era_id"),
      .id("person_id", .required, of: "person"),
      .concept("drug_concept_id", .required, domain: "Drug", conceptClass: "Ingredient"),
      .date("drug_era_start_date", .required),
      .date("drug_era_end_date", .required),
      .integer("drug_exposure_count"),
      .integer("gap_days"),
    ])

  /// Spans of exposure to one ingredient at a constant dose.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#dose_era
  package static let doseEra = CDMTable(
    "dose_era", .derived, indexes: ["person_id", "drug_concept_id"],
    fields: [
      .key("dose_era_id"),
      .id("person_id", .required, of: "person"),
      .concept("drug_concept_id", .required, domain: "Drug", conceptClass: "Ingredient"),
      .concept("unit_concept_id", .required, domain: "Unit"),
      .numeric("dose_value", .required),
      .date("dose_era_start_date", .required),
      .date("dose_era_end_date", .required),
    ])

  /// Spans of time in which a person is taken to have a condition.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#condition_era
  package static let conditionEra = CDMTable(
    "condition_era", .derived, indexes: ["person_id", "condition_concept_id"],
    fields: [
      .key("condition_era_id"),
      .id("person_id", .required, of: "person"),
      .concept("condition_concept_id", .required, domain: "Condition"),
      .date("condition_era_start_date", .required),
      .date("condition_era_end_date", .required),
      .integer("condition_occurrence_count"),
    ])

  /// Abstractions over events, such as a course of treatment.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#episode
  package static let episode = CDMTable(
    "episode", .derived, indexes: ["person_id", "episode_concept_id"],
    fields: [
      .key("episode_id"),
      .id("person_id", .required, of: "person"),
      .concept("episode_concept_id", .required, domain: "Episode"),
      .date("episode_start_date", .required),
      .datetime("episode_start_datetime"),
      .date("episode_end_date"),
      .datetime("episode_end_datetime"),
      .id("episode_parent_id"),
      .integer("episode_number"),
      .concept("episode_object_concept_id", .required, domain: "Procedure, Regimen"),
      .concept("episode_type_concept_id", .required, domain: "Type Concept"),
      .varchar("episode_source_value", 50),
      .concept("episode_source_concept_id"),
    ])

  /// The events of which an episode consists.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#episode_event
  package static let episodeEvent = CDMTable(
    "episode_event", .derived, indexes: ["episode_id"],
    fields: [
      .id("episode_id", .required, of: "episode"),
      .id("event_id", .required),
      .concept("episode_event_field_concept_id", .required, domain: "Metadata"),
    ])
}
