package import Columnar
package import Diagnostics

/// A mapping file of source values to one concept each, for `map(…)` in expressions.
package struct ValueMapFile: Sendable {
  /// One value with its concept.
  package struct Entry: Sendable {
    /// The source value, exactly as written.
    package let source: String
    /// The concept id; 0 when the value was reviewed and has none.
    package let concept: Int64
    /// Where the concept id stands.
    package let position: Position
    /// The number of characters of the id as written.
    package let length: Int
  }

  package let path: String
  /// The values in the order of their first row.
  package private(set) var entries: [Entry] = []
  private var sources = KeyIndex()

  /// The entry of each text of a batch; −1 where the file does not have it or the row has no text.
  ///
  /// - Complexity: O(1) expected a row.
  package func lookup(_ texts: TextArray, validity: [Bool]? = nil) -> [Int32] {
    sources.find(texts, validity)
  }

  /// The entry of one value: for edges.
  package func entry(_ source: String) -> Entry? { sources.find(source).map { entries[$0] } }

  /// The concept of one value: for edges.
  package func concept(_ source: String) -> Int64? { entry(source)?.concept }

  /// Reads a file with the columns `source` (or `source_code`) and `concept_id` (or
  /// `target_concept_id`); the diagnostics say all that is wrong with it, and rows with an error are
  /// left out.
  ///
  /// Rows with an invalid_reason are not used, nor those outside their dates on the day `asOf` (days
  /// since 1970-01-01; without it dates are not compared).
  package static func load(
    path: String, asOf: Int32? = nil
  ) -> (value: ValueMapFile, diagnostics: DiagnosticList) {
    var list = DiagnosticList()
    var map = ValueMapFile(path: path)
    let table = MappingTable(path: path, &list)
    let columns = MappingColumns(
      table, required: [["source", "source_code"], ["concept_id", "target_concept_id"]],
      optional: [
        "comment", "source_code_description", "source_name", "concept_name",
        // A value map may be written as a source_to_concept_map: its dates and reasons count, the
        // rest says nothing here.
        "source_concept_id", "source_vocabulary_id", "target_vocabulary_id", "valid_start_date",
        "valid_end_date", "invalid_reason",
      ], &list)
    guard let source = columns.place("source", "source_code"),
      let concept = columns.place("concept_id", "target_concept_id")
    else { return (map, list) }
    let use = MappingValidity(columns, asOf: asOf)
    for row in table.rows where use.isUsed(row, table, &list) {
      map.add(row[source], row[concept], table, &list)
    }
    return (map, list)
  }

  private init(path: String) { self.path = path }

  private mutating func add(
    _ source: MappingTable.Cell, _ target: MappingTable.Cell, _ table: MappingTable,
    _ list: inout DiagnosticList
  ) {
    guard !source.text.isEmpty else {
      list.add(
        Diagnostic(.error, "empty-code", "the row has no source value", at: table.position(source)))
      return
    }
    guard let concept = target.conceptID(table, &list) else { return }
    let number = sources.insert(source.text)
    guard number < entries.count else {
      entries.append(
        Entry(
          source: source.text, concept: concept, position: table.position(target),
          length: target.text.count))
      return
    }
    let first = "its first row is on line \(entries[number].position.line)"
    let place = table.position(source)
    let length = source.text.count
    if entries[number].concept == concept {
      list.add(
        Diagnostic(
          .warning, "duplicate-row", "the value \(source.text) stands twice", at: place,
          length: length, hint: first))
    } else {
      list.add(
        Diagnostic(
          .error, "contradictory-code", "the value \(source.text) has two concepts", at: place,
          length: length, hint: first))
    }
  }
}
