extension CDMTable {
  /// Every code of every vocabulary.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#concept
  package static let concept = CDMTable(
    "concept", .vocabulary,
    indexes: ["concept_code", "vocabulary_id", "domain_id", "concept_class_id"],
    fields: [
      .key("concept_id", .integer),
      .varchar("concept_name", 255, .required),
      .name("domain_id", .required, of: "domain"),
      .name("vocabulary_id", .required, of: "vocabulary"),
      .name("concept_class_id", .required, of: "concept_class"),
      .varchar("standard_concept", 1),
      .varchar("concept_code", 50, .required),
      .date("valid_start_date", .required),
      .date("valid_end_date", .required),
      .varchar("invalid_reason", 1),
    ])

  /// The vocabularies.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#vocabulary
  package static let vocabulary = CDMTable(
    "vocabulary", .vocabulary,
    fields: [
      .key("vocabulary_id", .varchar(20)),
      .varchar("vocabulary_name", 255, .required),
      .varchar("vocabulary_reference", 255),
      .varchar("vocabulary_version", 255),
      .concept("vocabulary_concept_id", .required),
    ])

  /// The domains of concepts.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#domain
  package static let domain = CDMTable(
    "domain", .vocabulary,
    fields: [
      .key("domain_id", .varchar(20)),
      .varchar("domain_name", 255, .required),
      .concept("domain_concept_id", .required),
    ])

  /// The classes of concepts within their vocabularies.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#concept_class
  package static let conceptClass = CDMTable(
    "concept_class", .vocabulary,
    fields: [
      .key("concept_class_id", .varchar(20)),
      .varchar("concept_class_name", 255, .required),
      .concept("concept_class_concept_id", .required),
    ])

  /// Links between concepts, `Maps to` among them.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#concept_relationship
  package static let conceptRelationship = CDMTable(
    "concept_relationship", .vocabulary,
    indexes: ["concept_id_1", "concept_id_2", "relationship_id"],
    fields: [
      .concept("concept_id_1", .required),
      .concept("concept_id_2", .required),
      .name("relationship_id", .required, of: "relationship"),
      .date("valid_start_date", .required),
      .date("valid_end_date", .required),
      .varchar("invalid_reason", 1),
    ])

  /// The kinds of links between concepts.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#relationship
  package static let relationship = CDMTable(
    "relationship", .vocabulary,
    fields: [
      .key("relationship_id", .varchar(20)),
      .varchar("relationship_name", 255, .required),
      .varchar("is_hierarchical", 1, .required),
      .varchar("defines_ancestry", 1, .required),
      .varchar("reverse_relationship_id", 20, .required),
      .concept("relationship_concept_id", .required),
    ])

  /// Further names of concepts.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#concept_synonym
  package static let conceptSynonym = CDMTable(
    "concept_synonym", .vocabulary, indexes: ["concept_id"],
    fields: [
      .concept("concept_id", .required),
      .varchar("concept_synonym_name", 1000, .required),
      .concept("language_concept_id", .required),
    ])

  /// The hierarchy of standard concepts, all levels unfolded.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#concept_ancestor
  package static let conceptAncestor = CDMTable(
    "concept_ancestor", .vocabulary, indexes: ["ancestor_concept_id", "descendant_concept_id"],
    fields: [
      .concept("ancestor_concept_id", .required),
      .concept("descendant_concept_id", .required),
      .integer("min_levels_of_separation", .required),
      .integer("max_levels_of_separation", .required),
    ])

  /// A project's own mappings from source codes to concepts.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#source_to_concept_map
  package static let sourceToConceptMap = CDMTable(
    "source_to_concept_map", .vocabulary,
    indexes: ["source_code", "source_vocabulary_id", "target_concept_id", "target_vocabulary_id"],
    fields: [
      .varchar("source_code", 50, .required),
      .concept("source_concept_id", .required),
      .varchar("source_vocabulary_id", 20, .required),
      .varchar("source_code_description", 255),
      .concept("target_concept_id", .required),
      .name("target_vocabulary_id", .required, of: "vocabulary"),
      .date("valid_start_date", .required),
      .date("valid_end_date", .required),
      .varchar("invalid_reason", 1),
    ])

  /// The amount or concentration of each ingredient of a drug.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#drug_strength
  package static let drugStrength = CDMTable(
    "drug_strength", .vocabulary, indexes: ["drug_concept_id", "ingredient_concept_id"],
    fields: [
      .concept("drug_concept_id", .required),
      .concept("ingredient_concept_id", .required),
      .numeric("amount_value"),
      .concept("amount_unit_concept_id"),
      .numeric("numerator_value"),
      .concept("numerator_unit_concept_id"),
      .numeric("denominator_value"),
      .concept("denominator_unit_concept_id"),
      .integer("box_size"),
      .date("valid_start_date", .required),
      .date("valid_end_date", .required),
      .varchar("invalid_reason", 1),
    ])
}
