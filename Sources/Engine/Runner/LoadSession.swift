internal import Columnar
internal import CommonDataModel
internal import Synchronization

/// The loader of a run, handed from worker to worker under a lock.
final class LoadSession: Sendable {
  private let loader: Mutex<any Loader>

  init(_ loader: sending any Loader) { self.loader = Mutex(loader) }

  func create(_ tables: [CDMTable]) throws { try loader.withLock { try $0.create(tables: tables) } }

  func append(_ rows: [FinishedRows]) throws {
    try loader.withLock { loader in
      for part in rows where part.batch.count > 0 {
        try loader.append(part.batch, to: part.table)
      }
    }
  }

  func finish() throws -> [String: Int] { try loader.withLock { try $0.finish() } }

  func publish() throws { try loader.withLock { try $0.publish() } }

  func abandon() { loader.withLock { $0.abandon() } }
}
