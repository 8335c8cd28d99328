package import Columnar
package import CommonDataModel
import SQLite

/// Loads the tables of a CDM into an SQLite file, which is published in one move.
///
/// The file is built beside the published one, as `<path>.new`, and takes its place at `publish()`;
/// until then nobody sees it, and afterwards those who have the old one open go on reading that.
/// The same tables and rows in the same order make the same bytes.
///
/// Call `create`, then `append` any number of times, then `finish`, then `publish`; at any point
/// before, `abandon`, which also happens when the target is let go of. A target takes one call at
/// a time: calls of several threads wait for each other.
package final class SQLiteTarget: Sendable {
  private let file: TargetFile
  private let load: Guarded<SQLiteLoad>

  /// Begins a load; nothing of an existing target is touched.
  ///
  /// - Parameters:
  ///   - path: The file to publish; its folder must exist. An existing file must be a database.
  ///   - cacheBytes: The memory that SQLite may use for pages, and again for sorting an index.
  ///   - maximumBytes: The largest size of the file; the load fails as on a full disk beyond.
  /// - Throws: `LoadError` when the path cannot become a database or is being loaded already.
  package init(path: String, cacheBytes: Int = 64 << 20, maximumBytes: Int64? = nil)
    throws(LoadError)
  {
    let file = try TargetFile(path: path)
    try file.clear()
    self.file = file
    load = Guarded(try SQLiteLoad(file, cacheBytes: cacheBytes, maximumBytes: maximumBytes))
  }

  deinit { try? abandon() }

  /// Creates tables, in the order given and empty as yet.
  package func create(tables: [CDMTable]) throws(LoadError) {
    try load.withLock { load throws(LoadError) in try load.create(tables) }
  }

  /// Appends the rows of a batch to a table that was created.
  ///
  /// The columns are some of the table's fields, in any order; the other fields stay null. Rows
  /// load fastest in the order of the primary key. Text is not measured against the field's length.
  ///
  /// - Throws: `LoadError` with `column_refused` when a column has no place in the table,
  ///   `row_refused` when a constraint does not hold. The load can then only be abandoned.
  package func append(_ batch: Batch, to table: CDMTable) throws(LoadError) {
    try append(batch, rows: 0..<batch.count, to: table)
  }

  /// Appends some of the rows of a batch.
  package func append(
    _ batch: Batch, rows: Range<Int>, to table: CDMTable
  ) throws(LoadError) {
    try load.withLock { load throws(LoadError) in try load.append(batch, rows, to: table) }
  }

  /// Makes the indexes, ends the load and counts the rows that are there.
  ///
  /// - Returns: The number of rows of each table that was created.
  package func finish() throws(LoadError) -> [CDMTable: Int] {
    try load.withLock { load throws(LoadError) in try load.finish() }
  }

  /// Puts the finished file in the place of the published one, durably and in one move.
  package func publish() throws(LoadError) {
    try load.withLock { load throws(LoadError) in try load.publish() }
  }

  /// Gives the load up and removes its file; does nothing once the load is published or abandoned.
  package func abandon() throws(LoadError) {
    try load.withLock { load throws(LoadError) in try load.abandon() }
  }
}
