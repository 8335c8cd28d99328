extension LanguageSection {
  /// The project file: what is built, from which pipelines, with which vocabulary and key.
  package static let project = LanguageSection(
    "project", "The project file names the pipelines and what they share.",
    keys: [
      LanguageKey(
        "language", .choice("language", ["1"]),
        "The version of the language; this program reads 1.",
        required: true),
      LanguageKey("project", .name, "The name of the project.", required: true),
      LanguageKey(
        "parameters", .map(key: "parameter", .text),
        "Defaults of the parameters that stand as `${name}` in texts and paths; `--set name=value` overrides them.",
        default: "none"),
      LanguageKey(
        "pipelines", .oneOrMany(.path), "The pipeline files, in the order of precedence.",
        required: true),
      LanguageKey(
        "vocabulary", .path,
        "Athena's download, the folder or the zip archive of CONCEPT.csv, CONCEPT_RELATIONSHIP.csv, VOCABULARY.csv, DOMAIN.csv and, for drug and dose eras, CONCEPT_ANCESTOR.csv and DRUG_STRENGTH.csv.",
        default: "no vocabulary: every code keeps concept 0"),
      LanguageKey(
        "vocabulary_tables", .choice("choice", ["all", "used", "none"]),
        "Which rows of the vocabulary go into the CDM's own tables of it: `all`, those of the concepts that the data name and of their ancestors (`used`), or none. `all` and `used` need CONCEPT_ANCESTOR.csv, CONCEPT_SYNONYM.csv and the other files of the download to fill the tables of these names.",
        default: "none"),
      LanguageKey(
        "mappings", .path, "The folder of the mapping files.", default: "no mapping files"),
      LanguageKey("key", .path, "The file with the secret key of the digests.", required: true),
      LanguageKey(
        "target", .text,
        "Where the CDM is written, `sqlite:FILE`, `csv:FOLDER` or `csv+gzip:FOLDER` (see below); `--target` overrides it.",
        default: "given by `--target`"),
      LanguageKey(
        "cdm_source", .section(cdmSource), "What the CDM's own table cdm_source says.",
        default: "the project's name"),
      LanguageKey(
        "derive", .section(derive), "The tables that follow from others.",
        default: "observation_period alone"),
    ],
    notes: [
      "A relative path is relative to the file in which it stands. A path that begins with a parameter is relative to the project file, or to the working directory when `--set` gave the parameter. The target is relative to the working directory.",
      "`sqlite:FILE` is one database. `csv:FOLDER` is a folder with a file for each table of the CDM, `person.csv` and so on, in UTF-8: a header, then the rows in the order of their keys, every field of the table in the order of the CDM, lines ending in a line feed, quoted as RFC 4180 says. NULL is an empty cell and the empty text is `\"\"`; dates are `2024-03-01`, times `2024-03-01 08:30:00`, decimals exact. `csv+gzip:FOLDER` compresses each file, `person.csv.gz`. The folder is replaced as a whole, so it may hold nothing else.",
    ],
    example: """
      language: 1
      project: emc2
      parameters: { data: ../sample-data }
      pipelines: [hcl.yaml]
      vocabulary: ${data}/vocabulary
      mappings: ../mappings
      key: ${data}/demo.key
      target: sqlite:emc2.sqlite
      """)

  /// The tables that follow from others.
  package static let derive = LanguageSection(
    "derive", "Tables whose rows no rule makes: they follow from the other rows of a person.",
    keys: [
      LanguageKey(
        "condition_era", .section(era), "Makes condition eras.", default: "no condition eras"),
      LanguageKey("drug_era", .section(era), "Makes drug eras.", default: "no drug eras"),
      LanguageKey("dose_era", .section(era), "Makes dose eras.", default: "no dose eras"),
      LanguageKey(
        "observation_period", .section(unobserved),
        "What becomes of persons without observation period.", default: "they are kept"),
    ],
    notes: [
      "A condition era joins the occurrences of one condition concept; one without an end ends a day after its start. Concept 0 makes no era. Source: [OHDSI, condition eras](https://ohdsi.github.io/CommonDataModel/sqlScripts.html).",
      "A drug era joins the exposures to one ingredient: a drug counts for each of its ancestors of the class Ingredient in RxNorm or RxNorm Extension, which CONCEPT_ANCESTOR.csv of the vocabulary says. Exposures that touch are one time of exposure; `gap_days` are the days of the era outside of them. Source: [OHDSI, drug eras](https://ohdsi.github.io/CommonDataModel/sqlScripts.html).",
      "A dose era joins the exposures to one ingredient in one dose a day, which DRUG_STRENGTH.csv of the vocabulary and the exposure's quantity and days of supply (else its days) say. Of a piece the amount counts; of packs and puffs the numerator; of what is released over time 24 times the amount an hour; of a concentration without a size the numerator for each mL or g. An exposure whose dose cannot be told is in none. Source: [OHDSI, drug dose](https://ohdsi.github.io/CommonDataModel/drug_dose.html).",
      "Observation periods are always derived; each pipeline says how: [observation_period](#observation_period).",
    ],
    example: """
      derive:
        condition_era: {}
        drug_era: { gap: 30 }
        dose_era: {}
        observation_period: { without: drop }
      """)

  /// How eras are made.
  package static let era = LanguageSection(
    "era", "How rows are joined into eras.",
    keys: [
      LanguageKey(
        "gap", .integer(0...3650),
        "The days that may lie between the end of one and the start of the next.",
        default: "30")
    ],
    example: "{ gap: 30 }")

  /// What cdm_source says of the warehouse.
  package static let cdmSource = LanguageSection(
    "cdm_source", "The row of the CDM table cdm_source.",
    keys: [
      LanguageKey(
        "name", .text, "cdm_source_name: the full name of the warehouse.", required: true),
      LanguageKey(
        "abbreviation", .text, "cdm_source_abbreviation: at most 25 characters.", required: true),
      LanguageKey("holder", .text, "cdm_holder: who holds the warehouse.", required: true),
      LanguageKey("description", .text, "source_description.", default: "NULL"),
      LanguageKey(
        "documentation", .text, "source_documentation_reference: an address.", default: "NULL"),
      LanguageKey("etl_reference", .text, "cdm_etl_reference: an address.", default: "NULL"),
    ],
    example: """
      cdm_source:
        name: Entrepôt EMC2
        abbreviation: EMC2
        holder: Hospices civils de Lyon
      """)
}
