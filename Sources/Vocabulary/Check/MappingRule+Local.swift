import Diagnostics

/// The rules about `local_concepts.csv` and `local_concept_ids.csv`.
extension MappingRule {
  static let unknownDomain = MappingRule(
    "unknown-domain", .error, "there is no such domain",
    "The domain of a concept chooses the table of its rows: write one of DOMAIN.csv.")
  static let unknownClass = MappingRule(
    "unknown-class", .error, "the vocabulary has no such class",
    "A warning where no class of the vocabulary is like it: then it is one of your own.")
  static let takenCode = MappingRule(
    "taken-code", .error, "the vocabulary has a concept for the vocabulary and code",
    "Rows find that of the vocabulary: name it, or give the local concept a vocabulary_id of your own."
  )
  static let takenID = MappingRule(
    "taken-id", .error, "another concept of the vocabulary has the id", LocalConcepts.renumbering)
  static let standardMapsElsewhere = MappingRule(
    "standard-maps-elsewhere", .error, "a standard concept maps to another",
    "A standard concept maps to itself: leave out standard_concept, or maps_to.")

  static let local: [MappingRule] = [
    unknownDomain, unknownClass, takenCode, takenID, standardMapsElsewhere,
    MappingRule(
      "no-local-id", .error, "a local concept has no id",
      "`ecluse vocabulary local assign` with `--vocabulary` gives it one."),
    MappingRule(
      "missing-text", .error, "a local concept lacks a text that it needs",
      "vocabulary_id, concept_code, concept_name and domain_id are needed."),
    MappingRule(
      "text-too-long", .error, "a text is longer than the CDM holds", "Shorten the text."),
    MappingRule(
      "bad-flag", .error, "standard_concept or invalid_reason has another letter",
      "standard_concept is S, C or empty, invalid_reason D, U or empty."),
    MappingRule(
      "duplicate-concept", .error, "a local concept stands twice", "Leave one of the rows."),
    MappingRule(
      "duplicate-id", .error, "an id is given twice",
      "Delete the later row of local_concept_ids.csv, and have a new id given."),
    MappingRule(
      "bad-local-id", .error, "the id is none that a local concept may have",
      "Ids are 2,000,000,001 to 2,147,483,647: let `ecluse vocabulary local assign` give them."),
  ]
}
