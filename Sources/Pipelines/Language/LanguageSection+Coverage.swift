import CommonDataModel

extension LanguageSection {
  /// How much of a domain must be mapped.
  package static let coverage = LanguageSection(
    "coverage", "How many of a hundred rows of a domain must have a standard concept.",
    keys: [
      LanguageKey(
        "least", .percentage, "What a run must reach; the short form `condition: 98%` is this.",
        default: "0%"),
      LanguageKey(
        "drop", .percentage,
        "The points that a run may lose against the published one before it: 1% allows 97% after 98%.",
        default: "100%"),
    ],
    notes: [
      "A run that falls below, or drops by more, fails: nothing is published, and `ecluse vocabulary unmapped` lists the codes.",
      "Rows count whose concept comes of a code: those of `concept:`, of fields with `{ code: … }`, and of concept fields that are a call of `map(…)` and nothing else. The domain of a rule's concept is that of the CDM table in which the row stands, that of a field the one that the CDM states: \(CDMField.codeDomains.joined(separator: ", ")).",
      "A code that a mapping file approves with the concept 0 was reviewed and has no target: its rows count on neither side, and so do rows without a code.",
    ],
    example: "coverage: { drug: { least: 95%, drop: 0.5% } }")
}
