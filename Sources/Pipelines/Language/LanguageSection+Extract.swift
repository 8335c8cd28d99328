internal import Extract
internal import Vocabulary

extension LanguageSection {
  /// The pipeline file: one source, its tables, its rules and their tests.
  package static let pipeline = LanguageSection(
    "pipeline", "A pipeline file says how one source becomes rows of the CDM.",
    keys: [
      LanguageKey(
        "language", .choice("language", ["1"]),
        "The version of the language; this program reads 1.",
        required: true),
      LanguageKey(
        "pipeline", .name, "The name of the pipeline, unique in the project.", required: true),
      LanguageKey("source", .section(source), "Whom the data come from.", required: true),
      LanguageKey(
        "extract", .map(key: "table", .section(table)), "The tables that are read.",
        required: true),
      LanguageKey(
        "transform", .list(.section(rule)), "The rules that make rows of the CDM.", required: true),
      LanguageKey(
        "mapping_states",
        .oneOrMany(.choice("state", MappingStatus.allCases.map(\.rawValue))),
        "The states of a review whose rows of a Usagi file are used, by all rules of the pipeline.",
        default: "[APPROVED, SEMI-APPROVED]"),
      LanguageKey(
        "visits", .section(visits), "What becomes of the visits of a person.",
        default: "each row into visit_occurrence is a visit, linked by key"),
      LanguageKey(
        "observation_period", .section(observationPeriod),
        "When the source observed a person.", default: "from the first to the last event"),
      LanguageKey(
        "coverage", .map(key: "domain", .either(.percentage, .section(coverage))),
        "How many rows of a domain must have a concept: see below.", default: "any number"),
      LanguageKey(
        "tests", .list(.section(test)), "Examples that the rules must satisfy.",
        default: "none"),
    ],
    example: """
      language: 1
      pipeline: hcl
      source: { name: Hospices civils de Lyon, abbreviation: HCL, zone: Europe/Paris }
      extract:
        patients:
          csv: { files: patients.csv, delimiter: ";" }
          key: [IPP]
          columns: { IPP: identifier, NAISSANCE: { date: dd/MM/yyyy }, SEXE: text }
      transform:
        - id: patient
          into: person
          from: patients
          person: IPP
          fields: { birth_datetime: NAISSANCE, gender_source_value: SEXE }
      """)

  /// Whom the data come from.
  package static let source = LanguageSection(
    "source", "The source of a pipeline.",
    keys: [
      LanguageKey("name", .text, "The full name of the source.", required: true),
      LanguageKey("abbreviation", .text, "Its short name.", default: "the pipeline's name"),
      LanguageKey(
        "zone", .text, "The time zone in which its clocks stand, such as `Europe/Paris`.",
        default: "none: times are kept as written"),
      LanguageKey(
        "delivered", .day,
        "The day on which the data were delivered: visits that are open end there, and so does the time of observation.",
        default:
          "none: an open visit ends as it began, and nothing is cut; cdm_source has the run's `--as-of`"
      ),
    ],
    example: """
      source:
        name: Hospices civils de Lyon
        abbreviation: HCL
        zone: Europe/Paris
        delivered: 2024-03-01
      """)

  /// One table that is read.
  package static let table = LanguageSection(
    "table", "An extract table: where its rows stand and what its columns are.",
    keys: [
      LanguageKey(
        "csv", .section(csv),
        "The table stands in CSV files; exactly one of `csv`, `external` and `reader` is there."),
      LanguageKey("external", .section(external), "A program writes the table as CSV."),
      LanguageKey(
        "reader", .section(reader), "A stage of another package reads the table."),
      LanguageKey(
        "delivery", .choice("delivery", ["full"]),
        "`full`: every delivery holds all rows, an absent row is deleted.", default: "full"),
      LanguageKey(
        "key", .oneOrMany(.column), "The columns whose values together name a row.",
        default: "none: rules say `key:` themselves"),
      LanguageKey(
        "columns",
        .map(key: "column", .either(.choice("type", ColumnTypeName.all), .section(column))),
        "The columns that are read; others are left alone.", required: true),
      LanguageKey(
        "steps", .list(.section(step)),
        "Stages of other packages that compute further columns, in the order in which they work.",
        default: "none"),
    ],
    example: """
      stays:
        csv: { files: sejours_*.csv, delimiter: ";", encoding: windows-1252 }
        key: [NUM_SEJOUR]
        columns:
          NUM_SEJOUR:  local_key
          IPP:         identifier
          DATE_ENTREE: { timestamp: dd/MM/yyyy HH:mm }
          MODE_SORTIE: text
      """)

  /// CSV files.
  package static let csv = LanguageSection(
    "csv", "CSV files, read as RFC 4180 says unless `quoting` is `none`.",
    keys: [
      LanguageKey(
        "files", .oneOrMany(.path),
        "One path or several, with `*` and `?` in the last part; several files are one table. A file that begins as gzip does is decompressed while it is read.",
        required: true)
    ] + text,
    notes: textNotes,
    example: """
      csv: { files: ["${data}/sejours_*.csv"], delimiter: ";", encoding: windows-1252, nulls: ["", "NULL"] }

      # Tab-separated and compressed, quotes being data:
      # csv: { files: "${data}/concepts_*.csv.gz", delimiter: "\\t", quoting: none }
      """)

  /// A program that writes CSV.
  package static let external = LanguageSection(
    "external", "A program that writes the rows of the table as CSV to its standard output.",
    keys: [
      LanguageKey(
        "command", .list(.text),
        "The program and its arguments. Without a `/` the program is looked for where the shell would; no shell reads the arguments. What begins with `./` or `../`, or with a parameter and has a `/`, is a path as everywhere else.",
        required: true),
      LanguageKey(
        "timeout", .integer(1...604_800), "The seconds after which the program is stopped.",
        default: "3600"),
    ] + text,
    notes: [
      "The program runs once, to its end, before any row is read, in the folder of the pipeline file and with nothing to read. Only the exit code 0 lets the run go on; nothing was published before. What it writes is kept in a file without a name that only the user of the run can read, and is gone with the run.",
      "What the program writes to its error output may hold values of patients: it is counted and dropped.",
      "`ecluse explain` and the tests of a pipeline run no program.",
    ] + textNotes,
    example: """
      external:
        command: [python3, ./export.py, --table, stays, "${data}/warehouse.db"]
        timeout: 600
        delimiter: ";"
      """)

  /// A stage of another package that reads files.
  package static let reader = LanguageSection(
    "reader", "A stage of another package that reads a format of its own.",
    keys: [
      LanguageKey(
        "use", .name, "The name under which the program knows the reader.", required: true),
      LanguageKey(
        "files", .oneOrMany(.path),
        "One path or several, with `*` and `?` in the last part; several files are one table.",
        default: "none: the reader finds its source by its settings"),
      LanguageKey("settings", .map(key: "name", .text), settingsText, default: "none"),
    ] + text.filter { ["encoding", "nulls", "max_record_bytes"].contains($0.name) },
    notes: [
      "The reader gives the texts of cells; columns, dates, nulls and keys are declared and read as with CSV. [A guide](guide-plugins.md) says how a program gets further stages.",
      "In tests the given rows stand in the place of the files, so that the reader is not asked.",
    ],
    example: """
      reader: { use: ndjson, files: ["${data}/results_*.ndjson"], nulls: ["", "null"] }
      """)

  /// A stage of another package that computes columns.
  package static let step = LanguageSection(
    "step", "A stage of another package that computes columns of each row.",
    keys: [
      LanguageKey(
        "use", .name, "The name under which the program knows the step.", required: true),
      LanguageKey(
        "from", .oneOrMany(.column),
        "The columns that it gets, of the table or of a step before; identifiers and keys are never among them.",
        required: true),
      LanguageKey(
        "columns", .map(key: "column", .choice("type", ColumnTypeName.computed)),
        "The columns that it adds. A `decimal` has 6 digits after the mark; of a `local_key` the step gives the text.",
        required: true),
      LanguageKey("settings", .map(key: "name", .text), settingsText, default: "none"),
    ],
    notes: [
      "A step sees each row apart from the others, in tests of a pipeline too. A row that it refuses is in the quarantine, with the reason that it gives."
    ],
    example: """
      steps:
        - use: split-quantity
          from: [RESULT]
          columns: { AMOUNT: decimal, UNIT: text }
          settings: { separator: " " }
      """)

  private static let settingsText = "What the stage is told; each stage has names of its own."

  /// How the text of CSV is read, wherever it comes from.
  private static let text: [LanguageKey] = [
    LanguageKey("delimiter", .character, "What separates cells.", default: "`,`"),
    LanguageKey(
      "quoting", .choice("quoting", ["standard", "none"]),
      "`standard`: a cell may be enclosed in quotes, and a quote inside is doubled. `none`: every line is a record and a quote is data, as in the files of Athena; there is no `quote` then.",
      default: "standard"),
    LanguageKey("quote", .character, "What encloses cells.", default: "`\"`"),
    LanguageKey(
      "encoding", .choice("encoding", CSVEncoding.allCases.map(\.rawValue)),
      "How characters are written; a byte order mark of Unicode is skipped. `utf-16` needs the mark, which decides the order of bytes.",
      default: "utf-8"),
    LanguageKey(
      "header", .boolean, "Whether the first record names the columns.", default: "true"),
    LanguageKey(
      "nulls", .oneOrMany(.verbatim), "Cells that mean NULL.", default: "the empty cell"),
    LanguageKey(
      "max_record_bytes", .integer(1024...268_435_456),
      "The longest record that is read; of UTF-16, as UTF-8.",
      default: "1048576"),
  ]

  private static let textNotes = [
    "Without a header the columns stand in the order of `columns`.",
    "A cell with bytes that its encoding has no character for is a cell reject, `bad_encoding`; in UTF-16, where half a character may have swallowed its neighbours, the record is.",
    "Places in the quarantine are bytes and lines of the file; of a gzip file, of the text in it. A gzip file is read from its start to its end by one thread at a time, and one that is cut off or damaged stops the run.",
  ]

  /// One column in its long form.
  package static let column = LanguageSection(
    "column", "A column: exactly one type, and what is particular to the column.",
    keys: [
      LanguageKey("text", .section(nothing), "The cell as it is."),
      LanguageKey(
        "identifier", .section(namespace),
        "Names a person directly; leaves only through `pseudonym()` and the declassifiers."),
      LanguageKey(
        "local_key", .section(namespace), "Names a stay, an act…: for joins and keys only."),
      LanguageKey("integer", .section(nothing), "A whole number of 64 bits."),
      LanguageKey("decimal", .section(decimal), "An exact decimal number."),
      LanguageKey("date", .datePattern, "A day; the short form is `yyyy-MM-dd`."),
      LanguageKey(
        "timestamp", .datePattern,
        "A day and a time; the short form is `yyyy-MM-dd HH:mm:ss`."),
      LanguageKey(
        "partial_date", .datePattern,
        "A day whose month or day may be missing or 00; the short form is `yyyy-MM-dd`."),
      LanguageKey("boolean", .section(boolean), "True or false."),
      LanguageKey(
        "header", .verbatim, "The column's name in the file.", default: "the column's name"),
      LanguageKey(
        "nulls", .oneOrMany(.verbatim), "Cells of this column that mean NULL.",
        default: "those of the file"),
      LanguageKey(
        "sentinels", .oneOrMany(.verbatim),
        "Cells that stand for an unknown value: they become NULL and are counted.",
        default: "none"),
      LanguageKey(
        "on_error", .choice("on_error", ["null", "reject"]),
        "What a cell that cannot be read does: `null` counts it and leaves NULL, `reject` quarantines the record.",
        default: "null"),
      LanguageKey(
        "optional", .boolean, "Whether the column may be missing from the file.", default: "false"),
    ],
    notes: [
      "The short form is the type alone: `IPP: identifier`.",
      "Letters of a date pattern: `yyyy` year, `yy` year of two digits, `MM` month, `dd` day, `HH` hour, `mm` minute, `ss` second, `SSS` millisecond. Each may stand once. `T`, `Z` and everything that is not a letter stand for themselves.",
    ],
    example: """
      NAISSANCE: { date: dd/MM/yyyy, sentinels: ["01/01/1600"] }
      POIDS:     { decimal: { scale: 2, mark: "," } }
      URGENCE:   { boolean: { true: [O, OUI], false: [N, NON] } }
      CP:        { identifier: {}, on_error: reject, optional: true, nulls: ["?"], header: CODE_POSTAL }
      """)

  /// A type without options.
  static let nothing = LanguageSection(
    "type_without_options", "The type has no options.", keys: [], example: "{ text: {} }")

  /// The options of identifier and local_key.
  package static let namespace = LanguageSection(
    "namespace", "The options of `identifier` and `local_key`.",
    keys: [
      LanguageKey(
        "namespace", .verbatim,
        "Equal values of one namespace have equal keys; across namespaces they never meet.",
        default: "pipeline/COLUMN")
    ],
    example: "IPP: { identifier: { namespace: ipp } }")

  /// The options of decimal.
  package static let decimal = LanguageSection(
    "decimal", "The options of `decimal`.",
    keys: [
      LanguageKey(
        "scale", .integer(0...18), "The digits kept after the mark.", default: "6"),
      LanguageKey(
        "mark", .choice("decimal mark", [".", ","]), "The decimal mark.", default: "`.`"),
    ],
    example: "POIDS: { decimal: { scale: 2, mark: \",\" } }")

  /// The options of boolean.
  package static let boolean = LanguageSection(
    "boolean", "The options of `boolean`.",
    keys: [
      LanguageKey("true", .oneOrMany(.verbatim), "Cells that mean true.", default: "`true`, `1`"),
      LanguageKey(
        "false", .oneOrMany(.verbatim), "Cells that mean false.", default: "`false`, `0`"),
    ],
    example: "URGENCE: { boolean: { true: [O, OUI], false: [N, NON] } }")
}

/// The words that name column types.
package enum ColumnTypeName {
  package static let all = [
    "text", "identifier", "local_key", "integer", "decimal", "date", "timestamp", "partial_date",
    "boolean",
  ]

  /// Those that a step may compute.
  package static let computed = [
    "text", "local_key", "integer", "decimal", "date", "timestamp", "boolean",
  ]
}
