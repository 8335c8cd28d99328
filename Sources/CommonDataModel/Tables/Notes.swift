extension CDMTable {
  /// Texts recorded about a person.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#note
  package static let note = CDMTable(
    "note", .clinical, indexes: ["person_id", "note_type_concept_id", "visit_occurrence_id"],
    fields: [
      .key("note_id"),
      .id("person_id", .required, of: "person"),
      .date("note_date", .required),
      .datetime("note_datetime"),
      .concept("note_type_concept_id", .required, domain: "Type Concept"),
      .concept("note_class_concept_id", .required),
      .varchar("note_title", 250),
      .text("note_text", .required),
      .concept("encoding_concept_id", .required),
      .concept("language_concept_id", .required),
      .id("provider_id", of: "provider"),
      .id("visit_occurrence_id", of: "visit_occurrence"),
      .id("visit_detail_id", of: "visit_detail"),
      .varchar("note_source_value", 50),
      .id("note_event_id"),
      .concept("note_event_field_concept_id"),
    ])

  /// Terms found in notes.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#note_nlp
  package static let noteNlp = CDMTable(
    "note_nlp", .clinical, indexes: ["note_id", "note_nlp_concept_id"],
    fields: [
      .key("note_nlp_id"),
      .id("note_id", .required),
      .concept("section_concept_id"),
      .varchar("snippet", 250),
      .varchar("offset", 50),
      .varchar("lexical_variant", 250, .required),
      .concept("note_nlp_concept_id"),
      .concept("note_nlp_source_concept_id"),
      .varchar("nlp_system", 250),
      .date("nlp_date", .required),
      .datetime("nlp_datetime"),
      .varchar("term_exists", 1),
      .varchar("term_temporal", 50),
      .varchar("term_modifiers", 2000),
    ])

  /// Links between any two rows of any two tables.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#fact_relationship
  package static let factRelationship = CDMTable(
    "fact_relationship", .clinical,
    indexes: ["domain_concept_id_1", "domain_concept_id_2", "relationship_concept_id"],
    fields: [
      .concept("domain_concept_id_1", .required),
      .id("fact_id_1", .required),
      .concept("domain_concept_id_2", .required),
      .id("fact_id_2", .required),
      .concept("relationship_concept_id", .required),
    ])
}
