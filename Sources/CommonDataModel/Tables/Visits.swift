extension CDMTable {
  /// A person's contacts with the health system: stays, consultations, emergencies.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#visit_occurrence
  package static let visitOccurrence = CDMTable(
    "visit_occurrence", .clinical, indexes: ["person_id", "visit_concept_id"],
    fields: [
      .key("visit_occurrence_id"),
      .id("person_id", .required, of: "person"),
      .concept("visit_concept_id", .required, domain: "Visit"),
      .date("visit_start_date", .required),
      .datetime("visit_start_datetime"),
      .date("visit_end_date", .required),
      .datetime("visit_end_datetime"),
      .concept("visit_type_concept_id", .required, domain: "Type Concept"),
      .id("provider_id", of: "provider"),
      .id("care_site_id", of: "care_site"),
      .varchar("visit_source_value", 50),
      .concept("visit_source_concept_id"),
      .concept("admitted_from_concept_id", domain: "Visit"),
      .varchar("admitted_from_source_value", 50),
      .concept("discharged_to_concept_id", domain: "Visit"),
      .varchar("discharged_to_source_value", 50),
      .id("preceding_visit_occurrence_id", of: "visit_occurrence"),
    ])

  /// Parts of a visit, such as the wards of a stay.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#visit_detail
  package static let visitDetail = CDMTable(
    "visit_detail", .clinical,
    indexes: ["person_id", "visit_detail_concept_id", "visit_occurrence_id"],
    fields: [
      .key("visit_detail_id"),
      .id("person_id", .required, of: "person"),
      .concept("visit_detail_concept_id", .required, domain: "Visit"),
      .date("visit_detail_start_date", .required),
      .datetime("visit_detail_start_datetime"),
      .date("visit_detail_end_date", .required),
      .datetime("visit_detail_end_datetime"),
      .concept("visit_detail_type_concept_id", .required, domain: "Type Concept"),
      .id("provider_id", of: "provider"),
      .id("care_site_id", of: "care_site"),
      .varchar("visit_detail_source_value", 50),
      .concept("visit_detail_source_concept_id"),
      .concept("admitted_from_concept_id", domain: "Visit"),
      .varchar("admitted_from_source_value", 50),
      .varchar("discharged_to_source_value", 50),
      .concept("discharged_to_concept_id", domain: "Visit"),
      .id("preceding_visit_detail_id", of: "visit_detail"),
      .id("parent_visit_detail_id", of: "visit_detail"),
      .id("visit_occurrence_id", .required, of: "visit_occurrence"),
    ])
}
