import Diagnostics

/// The rules about concepts, reviews and the data.
extension MappingRule {
  static let badConceptID = MappingRule(
    "bad-concept-id", .error, "a concept id cannot be read", fixable: true,
    "Write a whole number, 0 for a code reviewed without target; `--fix` removes `.0` and odd "
      + "blanks.")
  static let unknownConcept = MappingRule(
    "unknown-concept", .error, "the vocabulary does not have the concept",
    "Look the concept up in Athena; its vocabulary may not be in the download.")
  static let unknownLocalConcept = MappingRule(
    "unknown-local-concept", .error, "the local concept is not known",
    "Ids above 2,000,000,000 are a site's own: the concept must stand in local_concepts.csv, or "
      + "among the vocabularies.")
  static let invalidConcept = MappingRule(
    "invalid-concept", .error, "the concept is not valid any more", fixable: true,
    "A warning where it maps to another, which a run uses; `--fix` writes it where there is one, "
      + "of the same domain.")
  static let notYetValid = MappingRule(
    "not-yet-valid-concept", .warning, "the concept is not valid yet on the day of the run",
    "Compare the release of the vocabulary with the day given as --as-of.")
  static let endedConcept = MappingRule(
    "ended-concept", .warning, "the validity of the concept ended before the day of the run",
    "Choose the concept that took its place.")
  static let classification = MappingRule(
    "classification-concept", .error, "the concept is a classification, not a standard concept",
    "Classification concepts group others: choose a standard concept.")
  static let nonStandard = MappingRule(
    "non-standard-concept", .error, "the concept is not a standard concept",
    "Choose the standard concept to which it maps.")
  static let otherDomain = MappingRule(
    "other-domain", .warning, "the concept is of another domain than the pipelines want",
    "Choose a concept of the domain that the field is for.")
  static let noEventDomain = MappingRule(
    "no-event-domain", .warning, "the concept of an event is of a domain that no event has",
    "A unit, a route or a type is no event: its row would go to observation.")
  static let unitTarget = MappingRule(
    "unit-target", .error, "a unit is mapped to what is no unit",
    "An error where it is a drug. Choose a concept of the domain Unit.")
  static let otherName = MappingRule(
    "other-concept-name", .warning, "the name beside the concept is not the name of the concept",
    "The id or the name is of another concept, or the name changed in the vocabulary.")
  static let otherVocabulary = MappingRule(
    "other-concept-vocabulary", .warning, "the concept is of another vocabulary than is written",
    "The id or the vocabulary is a slip.")
  static let otherWrittenDomain = MappingRule(
    "other-concept-domain", .warning, "the concept is of another domain than is written",
    "The id or the domain is a slip, or the domain changed in the vocabulary.")
  static let otherClass = MappingRule(
    "other-concept-class", .warning, "the concept is of another class than is written",
    "The id or the class is a slip, or the class changed in the vocabulary.")
  static let unknownVocabulary = MappingRule(
    "unknown-source-vocabulary", .warning, "the source vocabulary looks like a slip",
    "Write the vocabulary_id as the vocabulary has it; a name of your own should be like no other.")
  static let otherSourceCode = MappingRule(
    "other-source-code", .warning, "the source concept has another code than the row",
    "The source_concept_id belongs to another code.")
  static let otherSourceVocabulary = MappingRule(
    "other-source-vocabulary", .warning, "the source concept is of another vocabulary",
    "The source_concept_id belongs to the code of another vocabulary.")
  static let missingSourceConcept = MappingRule(
    "missing-source-concept", .note, "the vocabulary has a concept for the code",
    "Write its id as source_concept_id, which rows then carry.")
  static let vocabularyDiffers = MappingRule(
    "vocabulary-differs", .note, "the vocabulary maps the code to other concepts",
    "The row overrules the vocabulary's `Maps to`: see that this is meant.")

  static let concepts = [
    badConceptID, unknownConcept, unknownLocalConcept, invalidConcept, notYetValid, endedConcept,
    classification, nonStandard, otherDomain, noEventDomain, unitTarget, unlikeDomains,
    otherSourceDomain, otherName,
    otherVocabulary, otherWrittenDomain, otherClass, unknownVocabulary, otherSourceCode,
    otherSourceVocabulary, missingSourceConcept, vocabularyDiffers,
  ]

  static let unknownStatus = MappingRule(
    "unknown-status", .error, "the mappingStatus is no word of Usagi", fixable: true,
    "Write one of its words; `--fix` mends their case.")
  static let unknownType = MappingRule(
    "unknown-mapping-type", .error, "the mappingType is no word of Usagi", fixable: true,
    "Write one of its words; `--fix` mends their case.")
  static let unknownEquivalence = MappingRule(
    "unknown-equivalence", .error, "the equivalence is no word of Usagi", fixable: true,
    "Write one of its words; `--fix` mends their case.")
  static let contradictoryEquivalence = MappingRule(
    "contradictory-equivalence", .warning, "target and equivalence contradict one another",
    "UNMATCHED says that there is no target; the other words speak of one.")
  static let contradictoryStatus = MappingRule(
    "contradictory-status", .warning, "the rows of one code have different states",
    "Usagi keeps one state for a code and takes that of its first row.")
  static let invalidTarget = MappingRule(
    "invalid-target-status", .warning, "Usagi found that the target is not valid",
    "Map the code anew.")
  static let flagged = MappingRule(
    "flagged-without-comment", .note, "a code is flagged and nothing says why",
    "Say in the comment what is to be decided.")
  static let badScore = MappingRule(
    "bad-match-score", .warning, "the matchScore is no number from 0 to 1",
    "Usagi refuses a file with a score that is no number.")
  static let badFrequency = MappingRule(
    "bad-frequency", .warning, "the sourceFrequency is no count",
    "Write a whole number; Usagi writes −1 where it is not known.")
  static let badTime = MappingRule(
    "bad-time", .warning, "the time is no number of milliseconds",
    "Usagi writes milliseconds since 1970-01-01, 0 where it is not known.")
  static let typeDomain = MappingRule(
    "mapping-type-domain", .warning, "the target is of another domain than its mappingType says",
    "Units are of the domain Unit, operators of Meas Value Operator, types of Type Concept.")
  static let notANumber = MappingRule(
    "not-a-number", .warning, "the name of the concept of a number is no number",
    "A row of the type MAPS_TO_NUMBER names a concept whose name is the number.")

  static let reviews: [MappingRule] = [
    unknownStatus, unknownType, unknownEquivalence,
    MappingRule(
      "not-approved", .note, "codes are not approved and not used",
      "Have them reviewed; a state that counts is needed."),
    contradictoryStatus, contradictoryEquivalence, invalidTarget, flagged, badScore, badFrequency,
    badTime,
    MappingRule(
      "no-concept", .warning, "a code has a part and no concept",
      "A value, a unit, an operator, a type or a number needs a concept that has it: add a row of "
        + "the type MAPS_TO."),
    MappingRule(
      "several-parts", .warning, "a code has several parts of one type",
      "None of them is used: leave one."),
    typeDomain, notANumber,
    MappingRule(
      "part-without-place", .warning, "no concept of the code can take the part, or several can",
      "The part is not used: one concept of the code must be of a table with the field."),
  ]

  static let notInData = MappingRule(
    "code-not-in-data", .warning, "the data never has the code",
    "The code is not needed, or the data has it no more. Of a run only a note, since codes of fewer "
      + "than 11 persons are told alike.")
  static let writtenOtherwise = MappingRule(
    "code-written-otherwise", .warning, "the data writes a code of the file otherwise",
    "Letter case, blanks, leading zeros, dots or look-alikes differ: the code of the data stays "
      + "unmapped.")
  static let notInFile = MappingRule(
    "code-not-in-file", .note, "the data has codes that the file does not have",
    "Map the most frequent ones first.")

  static let data = [writtenOtherwise, notInData, notInFile]
}
