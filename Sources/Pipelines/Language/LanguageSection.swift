/// One mapping of the language with its keys: the single description from which files are read,
/// mistakes are told and the reference page is written.
package struct LanguageSection: Sendable {
  /// The name by which diagnostics and the reference page know the section.
  package let name: String
  /// What the section says, in a sentence.
  package let summary: String
  package let keys: [LanguageKey]
  /// More that a person should know: one paragraph an item.
  package let notes: [String]
  /// The section as one would write it, in YAML.
  package let example: String

  package init(
    _ name: String, _ summary: String, keys: [LanguageKey], notes: [String] = [], example: String
  ) {
    self.name = name
    self.summary = summary
    self.keys = keys
    self.notes = notes
    self.example = example
  }

  package subscript(_ name: String) -> LanguageKey? { keys.first { $0.name == name } }
}

/// One key of a section.
package struct LanguageKey: Sendable {
  package let name: String
  package let kind: ValueKind
  /// What the key says, in a sentence.
  package let summary: String
  package let isRequired: Bool
  /// What holds when the key is absent, in words or as a value.
  package let defaultValue: String?

  package init(
    _ name: String, _ kind: ValueKind, _ summary: String, required: Bool = false,
    default defaultValue: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    isRequired = required
    self.defaultValue = defaultValue
  }
}
