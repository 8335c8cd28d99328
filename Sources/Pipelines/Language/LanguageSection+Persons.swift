extension LanguageSection {
  /// What becomes of a source's visits.
  package static let visits = LanguageSection(
    "visits", "What becomes of the visits of the source, once a person is whole.",
    keys: [
      LanguageKey(
        "merge", .section(visitMerge), "Which visits of a person are one.",
        default: "each row is a visit"),
      LanguageKey(
        "link", .choice("link", ["key", "date"]),
        "Whether rows without a visit, or with the key of none, belong to the visit during which they happened.",
        default: "key: `visit:` alone links"),
      LanguageKey(
        "preceding", .boolean,
        "Whether `preceding_visit_occurrence_id` names the visit before, of the same person and source.",
        default: "false"),
    ],
    notes: [
      "The rows are those of the source's rules `into: visit_occurrence`, whichever rule they come of. Wherever one of several visits is chosen, the first in this order is: the start, the longer, the class, the key.",
      "By date, a row belongs to the first visit in whose times its time lies, else to the first in whose days its day lies; the count is in the books as `visit_by_date`. A row whose visit is in quarantine is quarantined with it, and not linked by date. Only rows with a field visit_occurrence_id are linked.",
      "A rule's own `preceding_visit_occurrence_id` wins.",
    ],
    example: """
      visits:
        merge: { stays: 9201, touching: 9203, within: 9202, emergency: { classes: 9203, becomes: 262 } }
        link: date
        preceding: true
      """)

  /// Which visits are one.
  package static let visitMerge = LanguageSection(
    "visit merge", "Which visits of a person are one; classes are visit concepts.",
    keys: [
      LanguageKey(
        "stays", .oneOrMany(.integer(1...Int.max)),
        "Classes whose visits become one where they overlap or touch.", required: true),
      LanguageKey(
        "overnight", .oneOrMany(.integer(1...Int.max)),
        "Classes whose visits are stays too where they end on a later day than they begin.",
        default: "none"),
      LanguageKey(
        "touching", .oneOrMany(.integer(1...Int.max)),
        "Classes whose visits belong to a stay that they overlap or touch.", default: "none"),
      LanguageKey(
        "within", .oneOrMany(.integer(1...Int.max)),
        "Classes whose visits belong to a stay in whose days they lie.", default: "none"),
      LanguageKey(
        "gap", .integer(0...365),
        "The days from the end of one to the start of the next that still touch: 1 is the next day.",
        default: "1"),
      LanguageKey(
        "emergency", .section(emergency), "The class of stays that began with an emergency.",
        default: "that of the stay"),
      LanguageKey(
        "details", .choice("details", ["all", "merged"]),
        "Whether rows into visit_detail stay where their visit is one row alone; `merged` collapses those into it.",
        default: "all"),
    ],
    notes: [
      "A chain takes the next stay or touching visit as long as it starts no more than `gap` days after the latest end so far. A chain without any stay comes apart again. What lies within a stay lengthens nothing. Visits of other classes stand alone.",
      "The visit begins as its first row, with its admission, and ends as the row that ends last, with its discharge. Its class, and every other field, is that of its strongest row that has it: the classes are ordered as they stand in `stays`, `overnight`, `touching` and `within`. It keeps the id of its first row. All other rows are `collapsed` in the books, and what refers to them by key finds the visit.",
      "What becomes of the rows is for a rule `into: visit_detail` with `visit:` to say; `details` leaves out those that would only repeat their visit.",
      "Source: [OHDSI, ETL-Synthea and dbt-synthea](https://github.com/OHDSI/dbt-synthea), whose visits are `{ stays: 9201, overnight: [9202, 9203], emergency: { classes: 9203, becomes: 262 } }`.",
    ],
    example: "{ stays: [9201, 8971], touching: 9203, gap: 1, details: merged }")

  /// Stays that began with an emergency.
  package static let emergency = LanguageSection(
    "emergency", "The class of stays on whose first day an emergency begins.",
    keys: [
      LanguageKey(
        "classes", .oneOrMany(.integer(1...Int.max)), "The classes of emergencies.",
        required: true),
      LanguageKey(
        "becomes", .integer(1...Int.max), "The class of the merged visit.", default: "262"),
    ],
    example: "{ classes: 9203, becomes: 262 }")

  /// When a source observed a person.
  package static let observationPeriod = LanguageSection(
    "observation_period", "How the time is told during which the source observed a person.",
    keys: [
      LanguageKey(
        "by", .choice("method", ["events", "gap", "enrolment"]),
        "From the first to the last event; the same with an end wherever a long gap is; or the rows into payer_plan_period.",
        default: "events"),
      LanguageKey(
        "gap", .integer(0...36_525),
        "By gap: the most days from one event to the next within one period.", default: "548"),
      LanguageKey(
        "persistence", .integer(0...3650),
        "By events or gap: the days after the last event during which the person was still observed.",
        default: "0"),
      LanguageKey(
        "type", .integer(0...Int.max), "The period's type concept.", default: "32817 (EHR)"),
    ],
    notes: [
      "Events are the rows of visits, visit details, conditions, drugs, procedures, devices, measurements, observations, specimens and notes, from their first to their last day; a death is none.",
      "The periods of a person are the union over all sources: those that overlap, or of which one begins on the day after another ends, are one, with the type of the first. They are cut at the birth (the first day that the row of the person allows), at the death, and each source's at its `delivered:`.",
      "OHDSI recommends for hospital records a gap of 548 days and a persistence of 60: [EHR observation periods](https://ohdsi.github.io/CommonDataModel/ehrObsPeriods.html).",
    ],
    example: "observation_period: { by: gap, gap: 548, persistence: 60 }")

  /// Persons whom no source observed.
  package static let unobserved = LanguageSection(
    "unobserved", "What becomes of persons without any observation period.",
    keys: [
      LanguageKey(
        "without", .choice("choice", ["keep", "drop"]),
        "Whether such a person is written, and listed in the quarantine as a person, or left out with all rows (`no_observation_period`).",
        default: "keep")
    ],
    example: "{ without: drop }")
}
