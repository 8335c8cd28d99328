extension CDMTable {
  /// Facts about the data set itself.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#metadata
  package static let metadata = CDMTable(
    "metadata", .metadata, indexes: ["metadata_concept_id"],
    fields: [
      .key("metadata_id"),
      .concept("metadata_concept_id", .required),
      .concept("metadata_type_concept_id", .required),
      .varchar("name", 250, .required),
      .varchar("value_as_string", 250),
      .concept("value_as_concept_id"),
      .numeric("value_as_number"),
      .date("metadata_date"),
      .datetime("metadata_datetime"),
    ])

  /// What the data set is, where it comes from and which versions made it.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#cdm_source
  package static let cdmSource = CDMTable(
    "cdm_source", .metadata,
    fields: [
      .varchar("cdm_source_name", 255, .required),
      .varchar("cdm_source_abbreviation", 25, .required),
      .varchar("cdm_holder", 255, .required),
      .text("source_description"),
      .varchar("source_documentation_reference", 255),
      .varchar("cdm_etl_reference", 255),
      .date("source_release_date", .required),
      .date("cdm_release_date", .required),
      .varchar("cdm_version", 10),
      .concept("cdm_version_concept_id", .required),
      .varchar("vocabulary_version", 20, .required),
    ])
}
