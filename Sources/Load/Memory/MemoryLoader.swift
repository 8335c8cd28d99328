package import Columnar
package import CommonDataModel
import Engine

/// A target in memory: for the tests of pipelines, whose outputs are a few rows.
package final class MemoryLoader: Loader, Sendable {
  private let tables = Guarded<[String: [Batch]]>([:])

  package init() {}

  package func create(tables: [CDMTable]) {
    self.tables.withLock { held in
      for table in tables { held[table.name] = [] }
    }
  }

  package func append(_ batch: Batch, to table: CDMTable) {
    tables.withLock { $0[table.name, default: []].append(batch) }
  }

  package func finish() -> [String: Int] {
    tables.withLock { $0.mapValues { $0.reduce(0) { $0 + $1.count } } }
  }

  package func publish() {}

  package func abandon() { tables.withLock { $0 = [:] } }

  /// The batches of a table in the order of their arrival.
  package func batches(_ table: String) -> [Batch] { tables.withLock { $0[table] ?? [] } }
}
