/// What a sample holds and what must come out of it.
package struct HCLSampleSummary: Sendable {
  /// Records by extract table, in the order of the pipeline.
  package let records: [(table: String, count: Int)]
  /// Rows that must come out, by CDM table.
  package let rows: [(table: String, count: Int)]
  /// Entries of `quarantine.csv`.
  package let quarantined: Int
  /// Entries of `cell_rejects.csv`.
  package let rejectedCells: Int
}
