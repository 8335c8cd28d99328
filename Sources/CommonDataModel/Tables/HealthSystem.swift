extension CDMTable {
  /// Addresses and places.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#location
  package static let location = CDMTable(
    "location", .healthSystem,
    fields: [
      .key("location_id"),
      .varchar("address_1", 50),
      .varchar("address_2", 50),
      .varchar("city", 50),
      .varchar("state", 2),
      .varchar("zip", 9),
      .varchar("county", 20),
      .varchar("location_source_value", 50),
      .concept("country_concept_id"),
      .varchar("country_source_value", 80),
      .numeric("latitude"),
      .numeric("longitude"),
    ])

  /// Institutions and their units.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#care_site
  package static let careSite = CDMTable(
    "care_site", .healthSystem,
    fields: [
      .key("care_site_id"),
      .varchar("care_site_name", 255),
      .concept("place_of_service_concept_id"),
      .id("location_id", of: "location"),
      .varchar("care_site_source_value", 50),
      .varchar("place_of_service_source_value", 50),
    ])

  /// Persons who give care.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#provider
  package static let provider = CDMTable(
    "provider", .healthSystem,
    fields: [
      .key("provider_id"),
      .varchar("provider_name", 255),
      .varchar("npi", 20),
      .varchar("dea", 20),
      .concept("specialty_concept_id"),
      .id("care_site_id", of: "care_site"),
      .integer("year_of_birth"),
      .concept("gender_concept_id", domain: "Gender"),
      .varchar("provider_source_value", 50),
      .varchar("specialty_source_value", 50),
      .concept("specialty_source_concept_id"),
      .varchar("gender_source_value", 50),
      .concept("gender_source_concept_id"),
    ])
}
