/// An example that the rules must satisfy.
package struct TestDefinition: Sendable {
  package var name: Located<String>
  package var vocabulary: TestVocabulary?
  /// The rows of extract tables, in the order of the file.
  package var given: [GivenTable]
  /// The rows that CDM tables get.
  package var expected: [ExpectedTable]
  /// The rows that are quarantined, or `nil` when the test does not say.
  package var quarantine: [ExpectedQuarantine]?
}

/// The rows of an extract table in a test.
package struct GivenTable: Sendable {
  package var table: Located<String>
  package var rows: [[GivenCell]]
}

/// A cell as it stands in the file; a column that is not given is empty.
package struct GivenCell: Sendable {
  package var column: Located<String>
  package var text: Located<String>
}

/// The rows of a CDM table that a test expects, in any order.
package struct ExpectedTable: Sendable {
  package var table: Located<String>
  package var rows: [[ExpectedField]]
}

/// A field and the text of its value; `nil` is NULL.
package struct ExpectedField: Sendable {
  package var field: Located<String>
  package var text: Located<String?>
}

/// A row that a test expects to be quarantined.
package struct ExpectedQuarantine: Sendable {
  package var table: Located<String>
  /// The number of the given row, from 1.
  package var row: Located<Int>
  /// The rule, or `nil` when the record itself is quarantined.
  package var rule: Located<String>?
  package var reason: Located<String>
}

/// The vocabulary of a test.
package struct TestVocabulary: Sendable {
  package var concepts: [Concept]
  /// Pairs of source and standard concept.
  package var mapsTo: [Pair]
  /// Pairs of source concept and concept of the value.
  package var mapsToValue: [Pair]

  package struct Concept: Sendable {
    package var id: Located<Int64>
    package var code: String
    package var vocabulary: String
    package var domain: String
    /// `S`, `C` or `nil`.
    package var standard: String?
    package var name: String
  }

  package struct Pair: Sendable {
    package var source: Located<Int64>
    package var target: Located<Int64>
  }
}
