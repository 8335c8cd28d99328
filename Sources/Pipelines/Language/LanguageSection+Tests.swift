extension LanguageSection {
  /// One test.
  package static let test = LanguageSection(
    "test", "An example: these source rows give those rows of the CDM.",
    keys: [
      LanguageKey("name", .verbatim, "What the example shows, in a sentence.", required: true),
      LanguageKey(
        "vocabulary", .section(testVocabulary), "The vocabulary of the example.",
        default: "the project's"),
      LanguageKey(
        "given", .map(key: "table", .list(.map(key: "column", .cell))),
        "The rows of the extract tables, each cell as it stands in the file; a column that is not given is empty.",
        required: true),
      LanguageKey(
        "expect",
        .map(
          key: "CDM table", .list(.map(key: "field", .cell)),
          known: [
            LanguageKey(
              "quarantine", .list(.section(expectedQuarantine)), "The rows that are quarantined.")
          ]),
        "The rows that each CDM table gets, in any order; only the fields that stand here are compared.",
        required: true),
    ],
    example: """
      - name: an ICD-10 code written without its dot finds its concept
        given:
          stays: [{ NUM_SEJOUR: S1, IPP: P1, DATE_ENTREE: 01/02/2020 10:00 }]
          diagnoses: [{ NUM_SEJOUR: S1, RANG: "1", CODE: E119 }]
        expect:
          condition_occurrence: [{ condition_source_value: E11.9, condition_concept_id: 201826 }]
      """)

  /// The small vocabulary of a test.
  package static let testVocabulary = LanguageSection(
    "test_vocabulary", "A vocabulary made for one example.",
    keys: [
      LanguageKey("concepts", .list(.section(testConcept)), "Its concepts.", required: true),
      LanguageKey(
        "maps_to", .list(.list(.integer(0...2_147_483_647))),
        "Pairs of a source concept and a standard concept.", default: "none"),
      LanguageKey(
        "maps_to_value", .list(.list(.integer(0...2_147_483_647))),
        "Pairs of a source concept and the concept of its value.", default: "none"),
    ],
    example: """
      vocabulary:
        concepts:
          - { concept_id: 45561952, concept_code: E11.9, vocabulary_id: CIM10, domain_id: Condition, concept_name: Diabète }
          - { concept_id: 201826, concept_code: "44054006", vocabulary_id: SNOMED, domain_id: Condition, standard_concept: S, concept_name: Type 2 diabetes }
        maps_to: [[45561952, 201826]]
      """)

  /// One concept of a test's vocabulary.
  package static let testConcept = LanguageSection(
    "test_concept", "A concept of an example's vocabulary.",
    keys: [
      LanguageKey(
        "concept_id", .integer(1...2_147_483_647), "Its id.", required: true),
      LanguageKey("concept_code", .verbatim, "Its code.", required: true),
      LanguageKey("vocabulary_id", .verbatim, "Its vocabulary.", required: true),
      LanguageKey("domain_id", .verbatim, "Its domain.", required: true),
      LanguageKey(
        "standard_concept", .choice("standard_concept", ["S", "C"]),
        "`S` for a standard concept, `C` for a classification.", default: "neither"),
      LanguageKey("concept_name", .verbatim, "Its name.", default: "its code"),
    ],
    example: """
      { concept_id: 201826, concept_code: "44054006", vocabulary_id: SNOMED, domain_id: Condition, standard_concept: S }
      """)

  /// One row that must be quarantined.
  package static let expectedQuarantine = LanguageSection(
    "expected_quarantine", "A row that must be quarantined.",
    keys: [
      LanguageKey("table", .identifier, "The extract table.", required: true),
      LanguageKey(
        "row", .integer(1...Int.max), "The number of the given row, from 1.", required: true),
      LanguageKey("rule", .name, "The rule; absent when the record itself is quarantined."),
      LanguageKey(
        "reason", .choice("reason", ExpectedReason.all), "The stable reason code.", required: true),
    ],
    example: "{ table: diagnoses, row: 2, rule: diagnosis, reason: required_missing }")
}

/// The stable codes of the reasons for which rows are quarantined.
package enum ExpectedReason {
  package static let all = [
    "ragged_record", "unclosed_quote", "record_too_long", "bad_encoding", "cell_rejected",
    "person_missing", "person_unknown", "key_missing", "required_missing", "join_unmatched",
    "parent_quarantined", "reference_ambiguous", "conflicting_rows", "person_too_large",
    "no_observation_period",
  ]
}
