extension LanguageSection {
  /// One rule.
  package static let rule = LanguageSection(
    "rule", "A rule makes rows of one CDM table, or events, from the rows of an extract table.",
    keys: [
      LanguageKey(
        "id", .name, "The rule's name, unique in the pipeline; ids of events depend on it.",
        required: true),
      LanguageKey(
        "was", .name, "The id that the rule had before, so that its events keep their ids."),
      LanguageKey(
        "into", .name, "A CDM table, or `event`: the concept's domain chooses the table.",
        required: true),
      LanguageKey(
        "from", .oneOrMany(.identifier),
        "The extract table whose rows are read; of several, the rows of all. They have the columns that the rule reads of the first.",
        required: true),
      LanguageKey(
        "unpivot", .section(unpivot),
        "Columns each of which makes a row of its own, such as DAS1 to DAS20.", default: "none"),
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
        "group", .section(group), "One row for all rows that agree on some values.",
        default: "none: each row is its own"),
      LanguageKey(
        "window", .section(window), "Values of the rows before and behind each row.",
        default: "none"),
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
        "fields", .map(key: "field", .either(.expression, .section(fieldValue))),
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

  /// Columns made rows.
  package static let unpivot = LanguageSection(
    "unpivot", "Columns each of which makes a row of its own, where it has a value.",
    keys: [
      LanguageKey(
        "columns", .oneOrMany(.column), "The columns of the rule's table, all of one type.",
        required: true),
      LanguageKey("value", .identifier, "The name of the value.", required: true),
      LanguageKey(
        "name", .identifier, "The name of a text that says which column the value stands in.",
        default: "none"),
    ],
    notes: [
      "A row in which none of the columns has a value is filtered. Joins, `where:` and `derive:` see the new rows."
    ],
    example: "unpivot: { columns: [DAS1, DAS2, DAS3], value: CODE, name: RANG }")

  /// Rows made one.
  package static let group = LanguageSection(
    "group", "One row for all rows that agree on some values.",
    keys: [
      LanguageKey(
        "by", .oneOrMany(.expression),
        "Columns or derived values; rows that agree on all of them are one group. NULLs agree.",
        required: true),
      LanguageKey(
        "order", .oneOrMany(.ordering),
        "The order of the rows of a group; rows that it leaves equal stand in the order of their contents.",
        default: "none"),
      LanguageKey(
        "values", .map(key: "name", .expression),
        "What is computed of a group: `sum(x)`, `count()`, `count(x)`, `min(x)`, `max(x)`, `first(x)`, `last(x)`, `any(x)`.",
        default: "none"),
      LanguageKey(
        "having", .expression, "Groups for which this is not true are filtered.",
        default: "every group"),
    ],
    notes: [
      "`where:`, `join:` and `derive:` are done before; person, key, concept and fields see `by:` and `values:` alone. Without `key:` the group's own values are the key.",
      "NULLs count for nothing in `sum`, `count(x)`, `min`, `max` and `any`, which takes the least value. `first` and `last` need an `order:`.",
    ],
    example: """
      group:
        by: [NUM_SEJOUR, CODE]
        order: [DATE_ACTE]
        values: { QUANTITE: sum(QTE), DEBUT: min(DATE_ACTE), PRIX: last(MONTANT) }
        having: QUANTITE > 0
      """)

  /// Rows and their neighbours.
  package static let window = LanguageSection(
    "window",
    "Values of the rows before and behind each row, among those that agree on some values.",
    keys: [
      LanguageKey(
        "by", .oneOrMany(.expression), "Columns or derived values, as in `group:`.",
        required: true),
      LanguageKey(
        "order", .oneOrMany(.ordering), "The order of the rows.", required: true),
      LanguageKey(
        "values", .map(key: "name", .expression),
        "What each row sees: `lag(x)` of the row before, `lead(x)` of the row behind, `row_number()` from 1.",
        required: true),
      LanguageKey(
        "having", .expression, "Rows for which this is not true are filtered.",
        default: "every row"),
    ],
    example: """
      window:
        by: IPP
        order: [DATE_ENTREE]
        values: { SORTIE_PRECEDENTE: lag(DATE_SORTIE), RANG: row_number() }
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

  /// A value that is no expression.
  package static let fieldValue = LanguageSection(
    "field value", "What fills a field: the row of another rule, or the concept of a code.",
    keys: [
      LanguageKey("rule", .name, "The id of the rule that makes the row whose id fills the field."),
      LanguageKey("key", .oneOrMany(.expression), "The source key of that row."),
      LanguageKey("code", .expression, "The code whose concept fills the field."),
      LanguageKey("vocabulary", .text, "The vocabulary of the code."),
      LanguageKey(
        "map", .name,
        "A source_to_concept_map file of the mappings folder, or one that Usagi saved, looked up first."
      ),
      LanguageKey(
        "concept", .choice("concept", ["standard", "source"]),
        "Which concept: the first standard one, or that of the code itself.", default: "standard"),
    ],
    notes: [
      "Either `rule` and `key`, or `code` with `vocabulary`, `map` or both. A code without a concept gives 0 and is counted, as `without_target:FIELD` where the mapping file says that it was reviewed and has none, else as `unmapped:FIELD`; no code gives NULL.",
      "A reference to a rule `into: event` finds its row in whichever table it is; of several rows of a key the first. `cost_domain_id`, `domain_concept_id_1` and the `…event_field_concept_id` of a reference are filled by it. A row without a row that it requires is quarantined.",
      "Rows `into: fact_relationship` may name rows of other persons, and persons themselves: mother and child. The row of the same person is taken first, else the only one of its key; a key that names rows of several other persons is quarantined as `reference_ambiguous`. In other tables a reference finds rows of its own person, and rows without a person.",
    ],
    example: """
      fields:
        care_site_id: { rule: unit, key: CODE_UF }
        unit_concept_id: { code: UNITE, vocabulary: UCUM, map: hcl_unit }
      """)

  /// The concept of a row.
  package static let concept = LanguageSection(
    "concept", "The source code, from which come the source concept and the standard concepts.",
    keys: [
      LanguageKey("code", .expression, "The code as the vocabulary writes it.", required: true),
      LanguageKey(
        "vocabulary", .text, "The vocabulary of the code.",
        default: "none: only the mapping file is asked"),
      LanguageKey(
        "map", .name,
        "A source_to_concept_map file of the mappings folder, or one that Usagi saved, looked up first.",
        default: "none"),
      LanguageKey(
        "default_domain", .text,
        "The domain that chooses the table when the code has no concept with a domain.",
        default: "Observation"),
    ],
    notes: [
      "At least one of `vocabulary` and `map` must stand.",
      "A file that Usagi saved may say more of a code than its concepts: `MAPS_TO_VALUE` fills `value_as_concept_id`, `MAPS_TO_UNIT` `unit_concept_id`, `MAPS_TO_OPERATOR` `operator_concept_id` and `MAPS_TO_NUMBER`, a concept whose name is a number, `value_as_number` of the one target whose table has the field; `MAPS_TO_TYPE` fills the type concept of all targets, so that the rule need not give one. Where the rule has a value of its own, that wins and is counted (`own_unit_wins` and so on).",
      "An approved code with the concept 0 was reviewed and has no target: it keeps concept 0 and is counted as `without_target`, not as unmapped.",
    ],
    example: "concept: { code: icd10_dotted(CODE), vocabulary: CIM10, default_domain: Condition }")
}
