extension LanguageSection {
  /// One rule.
  package static let rule = LanguageSection(
    "rule", "A rule makes rows of one CDM table, or events, from the rows of one extract table.",
    keys: [
      LanguageKey(
        "id", .name, "The rule's name, unique in the pipeline; ids of events depend on it.",
        required: true),
      LanguageKey(
        "was", .name, "The id that the rule had before, so that its events keep their ids."),
      LanguageKey(
        "into", .name, "A CDM table, or `event`: the concept's domain chooses the table.",
        required: true),
      LanguageKey("from", .identifier, "The extract table whose rows are read.", required: true),
      LanguageKey(
        "join", .map(key: "table", .either(.oneOrMany(.column), .section(join))),
        "Tables whose columns are looked up by key; their columns are `table.COLUMN`.",
        default: "none"),
      LanguageKey(
        "where", .expression, "Rows for which this is not true are filtered.",
        default: "every row"),
      LanguageKey(
        "derive", .map(key: "name", .expression),
        "Values with a name, each of which may use those above it.", default: "none"),
      LanguageKey(
        "person", .expression,
        "The key of the person; absent for tables without person (care_site, location, provider)."
      ),
      LanguageKey(
        "key", .oneOrMany(.expression), "What names the source row.",
        default: "the key of the extract table"),
      LanguageKey(
        "visit", .section(reference), "The visit to which the row belongs.",
        default: "none"),
      LanguageKey(
        "prefer", .ordering,
        "Which of several rows of one key, or of one person, wins: the first in this order.",
        default: "such rows are quarantined when they differ"),
      LanguageKey(
        "concept", .section(concept), "The code that says what the row is about.",
        default: "none; required by `into: event`"),
      LanguageKey(
        "truncate", .oneOrMany(.name), "Fields that may be cut to their length in the CDM.",
        default: "none: a longer text is a cell reject"),
      LanguageKey(
        "fields", .map(key: "field", .either(.expression, .section(reference))),
        "The fields of the CDM table, or of the event, and their values.", default: "none"),
    ],
    example: """
      - id: diagnosis
        into: event
        from: diagnoses
        join: { stays: NUM_SEJOUR }
        where: CODE is not null
        person: stays.IPP
        key: [NUM_SEJOUR, RANG]
        visit: { rule: stay, key: NUM_SEJOUR }
        concept: { code: icd10_dotted(CODE), vocabulary: CIM10, default_domain: Condition }
        fields:
          start_datetime: stays.DATE_ENTREE
          type_concept_id: 32817
          status_concept_id: case when TYPE = 'DP' then 32902 else 32908 end
      """)

  /// A join in its long form.
  package static let join = LanguageSection(
    "join", "A table whose columns are looked up by key.",
    keys: [
      LanguageKey(
        "on", .either(.oneOrMany(.column), .map(key: "column of the rule's table", .column)),
        "The columns that must be equal: names that both tables have, or pairs `mine: theirs`.",
        required: true),
      LanguageKey(
        "required", .boolean,
        "Whether a row without a match is left out and counted as unmatched; else the joined columns are NULL.",
        default: "true"),
    ],
    notes: ["The short form is the column that both tables have: `join: { stays: NUM_SEJOUR }`."],
    example: "join: { units: { on: { CODE_UF: CODE }, required: false } }")

  /// A reference to the row of another rule.
  package static let reference = LanguageSection(
    "reference", "The row that another rule makes from the same key.",
    keys: [
      LanguageKey("rule", .name, "The id of the other rule.", required: true),
      LanguageKey(
        "key", .oneOrMany(.expression), "The source key of the other rule's row.", required: true),
    ],
    example: "visit: { rule: stay, key: NUM_SEJOUR }")

  /// The concept of a row.
  package static let concept = LanguageSection(
    "concept", "The source code, from which come the source concept and the standard concepts.",
    keys: [
      LanguageKey("code", .expression, "The code as the vocabulary writes it.", required: true),
      LanguageKey(
        "vocabulary", .text, "The vocabulary of the code.",
        default: "none: only the mapping file is asked"),
      LanguageKey(
        "map", .name, "A source_to_concept_map file of the mappings folder, looked up first.",
        default: "none"),
      LanguageKey(
        "default_domain", .text,
        "The domain that chooses the table when the code has no concept with a domain.",
        default: "Observation"),
    ],
    notes: ["At least one of `vocabulary` and `map` must stand."],
    example: "concept: { code: icd10_dotted(CODE), vocabulary: CIM10, default_domain: Condition }")
}
