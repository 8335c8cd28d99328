package import Columnar
package import CommonDataModel
import Engine

/// The loader of the target `sqlite:FILE`.
package final class SQLiteLoader: Loader {
  private let target: SQLiteTarget

  /// Begins a load beside the published file; see `SQLiteTarget`.
  package init(path: String, cacheBytes: Int) throws {
    target = try SQLiteTarget(path: path, cacheBytes: cacheBytes)
  }

  package func create(tables: [CDMTable]) throws { try target.create(tables: tables) }

  package func append(_ batch: Batch, to table: CDMTable) throws {
    try target.append(batch, to: table)
  }

  package func append(_ batch: Batch, rows: Range<Int>, to table: CDMTable) throws {
    try target.append(batch, rows: rows, to: table)
  }

  package func finish() throws -> [String: Int] {
    let counts = try target.finish()
    return Dictionary(uniqueKeysWithValues: counts.map { ($0.key.name, $0.value) })
  }

  package func publish() throws { try target.publish() }

  package func abandon() {
    // A file that cannot be removed is found and cleared by the next load.
    try? target.abandon()
  }
}
