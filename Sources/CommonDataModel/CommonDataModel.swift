/// OMOP CDM v5.4, restated from https://ohdsi.github.io/CommonDataModel/cdm54.html.
package enum CommonDataModel {
  /// The version, as `cdm_source.cdm_version` spells it.
  package static let version = "5.4"

  /// The concept of the version, for `cdm_source.cdm_version_concept_id`: "OMOP CDM Version 5.4.0".
  package static let versionConcept: Int64 = 756_265

  /// All 39 tables in the order of the specification: groups together, referred tables not
  /// necessarily first.
  package static let tables: [CDMTable] = [
    .person, .observationPeriod, .visitOccurrence, .visitDetail, .conditionOccurrence,
    .drugExposure, .procedureOccurrence, .deviceExposure, .measurement, .observation, .death,
    .note, .noteNlp, .specimen, .factRelationship,
    .location, .careSite, .provider,
    .payerPlanPeriod, .cost,
    .drugEra, .doseEra, .conditionEra, .episode, .episodeEvent,
    .metadata, .cdmSource,
    .concept, .vocabulary, .domain, .conceptClass, .conceptRelationship, .relationship,
    .conceptSynonym, .conceptAncestor, .sourceToConceptMap, .drugStrength,
    .cohort, .cohortDefinition,
  ]

  private static let tablesByName = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0) })

  /// A table by its exact name, in lower case; O(1).
  package static func table(_ name: String) -> CDMTable? { tablesByName[name] }
}
