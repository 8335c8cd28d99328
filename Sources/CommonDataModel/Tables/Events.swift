extension CDMTable {
  /// Diagnoses, signs and symptoms.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#condition_occurrence
  package static let conditionOccurrence = CDMTable(
    "condition_occurrence", .clinical,
    indexes: ["person_id", "condition_concept_id", "visit_occurrence_id"],
    fields: [
      .key("condition_occurrence_id"),
      .id("person_id", .required, of: "person"),
      .concept("condition_concept_id", .required, domain: "Condition"),
      .date("condition_start_date", .required),
      .datetime("condition_start_datetime"),
      .date("condition_end_date"),
      .datetime("condition_end_datetime"),
      .concept("condition_type_concept_id", .required, domain: "Type Concept"),
      .concept("condition_status_concept_id", domain: "Condition Status"),
      .varchar("stop_reason", 20),
      .id("provider_id", of: "provider"),
      .id("visit_occurrence_id", of: "visit_occurrence"),
      .id("visit_detail_id", of: "visit_detail"),
      .varchar("condition_source_value", 50),
      .concept("condition_source_concept_id"),
      .varchar("condition_status_source_value", 50),
    ])

  /// Drugs prescribed, dispensed or administered.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#drug_exposure
  package static let drugExposure = CDMTable(
    "drug_exposure", .clinical, indexes: ["person_id", "drug_concept_id", "visit_occurrence_id"],
    fields: [
      .key("drug_exposure_id"),
      .id("person_id", .required, of: "person"),
      .concept("drug_concept_id", .required, domain: "Drug"),
      .date("drug_exposure_start_date", .required),
      .datetime("drug_exposure_start_datetime"),
      .date("drug_exposure_end_date", .required),
      .datetime("drug_exposure_end_datetime"),
      .date("verbatim_end_date"),
      .concept("drug_type_concept_id", .required, domain: "Type Concept"),
      .varchar("stop_reason", 20),
      .integer("refills"),
      .numeric("quantity"),
      .integer("days_supply"),
      .text("sig"),
      .concept("route_concept_id", domain: "Route"),
      .varchar("lot_number", 50),
      .id("provider_id", of: "provider"),
      .id("visit_occurrence_id", of: "visit_occurrence"),
      .id("visit_detail_id", of: "visit_detail"),
      .varchar("drug_source_value", 50),
      .concept("drug_source_concept_id"),
      .varchar("route_source_value", 50),
      .varchar("dose_unit_source_value", 50),
    ])

  /// Acts done to or on a person.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#procedure_occurrence
  package static let procedureOccurrence = CDMTable(
    "procedure_occurrence", .clinical,
    indexes: ["person_id", "procedure_concept_id", "visit_occurrence_id"],
    fields: [
      .key("procedure_occurrence_id"),
      .id("person_id", .required, of: "person"),
      .concept("procedure_concept_id", .required, domain: "Procedure"),
      .date("procedure_date", .required),
      .datetime("procedure_datetime"),
      .date("procedure_end_date"),
      .datetime("procedure_end_datetime"),
      .concept("procedure_type_concept_id", .required, domain: "Type Concept"),
      .concept("modifier_concept_id"),
      .integer("quantity"),
      .id("provider_id", of: "provider"),
      .id("visit_occurrence_id", of: "visit_occurrence"),
      .id("visit_detail_id", of: "visit_detail"),
      .varchar("procedure_source_value", 50),
      .concept("procedure_source_concept_id"),
      .varchar("modifier_source_value", 50),
    ])

  /// Implants, consumables and other physical objects used on a person.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#device_exposure
  package static let deviceExposure = CDMTable(
    "device_exposure", .clinical,
    indexes: ["person_id", "device_concept_id", "visit_occurrence_id"],
    fields: [
      .key("device_exposure_id"),
      .id("person_id", .required, of: "person"),
      .concept("device_concept_id", .required, domain: "Device"),
      .date("device_exposure_start_date", .required),
      .datetime("device_exposure_start_datetime"),
      .date("device_exposure_end_date"),
      .datetime("device_exposure_end_datetime"),
      .concept("device_type_concept_id", .required, domain: "Type Concept"),
      .varchar("unique_device_id", 255),
      .varchar("production_id", 255),
      .integer("quantity"),
      .id("provider_id", of: "provider"),
      .id("visit_occurrence_id", of: "visit_occurrence"),
      .id("visit_detail_id", of: "visit_detail"),
      .varchar("device_source_value", 50),
      .concept("device_source_concept_id"),
      .concept("unit_concept_id", domain: "Unit"),
      .varchar("unit_source_value", 50),
      .concept("unit_source_concept_id"),
    ])
}
