extension CDMTable {
  /// Members of cohorts.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#cohort
  package static let cohort = CDMTable(
    "cohort", .results, indexes: ["cohort_definition_id", "subject_id"],
    fields: [
      .integer("cohort_definition_id", .required),
      .id("subject_id", .required),
      .date("cohort_start_date", .required),
      .date("cohort_end_date", .required),
    ])

  /// How cohorts are defined.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#cohort_definition
  package static let cohortDefinition = CDMTable(
    "cohort_definition", .results,
    fields: [
      .integer("cohort_definition_id", .required),
      .varchar("cohort_definition_name", 255, .required),
      .text("cohort_definition_description"),
      .concept("definition_type_concept_id", .required),
      .text("cohort_definition_syntax"),
      .concept("subject_concept_id", .required),
      .date("cohort_initiation_date"),
    ])
}
