extension CDMTable {
  /// One row a person: the identity that every clinical event refers to.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#person
  package static let person = CDMTable(
    "person", .clinical, indexes: ["gender_concept_id"],
    fields: [
      .key("person_id"),
      .concept("gender_concept_id", .required, domain: "Gender"),
      .integer("year_of_birth", .required),
      .integer("month_of_birth"),
      .integer("day_of_birth"),
      .datetime("birth_datetime"),
      .concept("race_concept_id", .required, domain: "Race"),
      .concept("ethnicity_concept_id", .required, domain: "Ethnicity"),
      .id("location_id", of: "location"),
      .id("provider_id", of: "provider"),
      .id("care_site_id", of: "care_site"),
      .varchar("person_source_value", 50),
      .varchar("gender_source_value", 50),
      .concept("gender_source_concept_id"),
      .varchar("race_source_value", 50),
      .concept("race_source_concept_id"),
      .varchar("ethnicity_source_value", 50),
      .concept("ethnicity_source_concept_id"),
    ])

  /// The spans of time in which a person's events are known to be recorded.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#observation_period
  package static let observationPeriod = CDMTable(
    "observation_period", .clinical, indexes: ["person_id"],
    fields: [
      .key("observation_period_id"),
      .id("person_id", .required, of: "person"),
      .date("observation_period_start_date", .required),
      .date("observation_period_end_date", .required),
      .concept("period_type_concept_id", .required, domain: "Type Concept"),
    ])

  /// The death of a person: at most one row a person, without an id of its own.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#death
  package static let death = CDMTable(
    "death", .clinical, indexes: ["person_id"],
    fields: [
      .id("person_id", .required, of: "person"),
      .date("death_date", .required),
      .datetime("death_datetime"),
      .concept("death_type_concept_id", domain: "Type Concept"),
      .concept("cause_concept_id"),
      .varchar("cause_source_value", 50),
      .concept("cause_source_concept_id"),
    ])
}
