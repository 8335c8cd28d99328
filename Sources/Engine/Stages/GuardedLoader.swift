import Columnar
import CommonDataModel

/// A loader of another package, of whose errors only what can hold no value of a row is shown.
final class GuardedLoader: Loader {
  private let loader: any Loader
  private let name: String

  init(_ loader: any Loader, name: String) {
    self.loader = loader
    self.name = name
  }

  func create(tables: [CDMTable]) throws { try guarded { try loader.create(tables: tables) } }

  func append(_ batch: Batch, to table: CDMTable) throws {
    try guarded { try loader.append(batch, to: table) }
  }

  func append(_ batch: Batch, rows: Range<Int>, to table: CDMTable) throws {
    try guarded { try loader.append(batch, rows: rows, to: table) }
  }

  func finish() throws -> [String: Int] { try guarded { try loader.finish() } }

  func publish() throws { try guarded { try loader.publish() } }

  func abandon() { loader.abandon() }

  private func guarded<Result>(_ body: () throws -> Result) throws -> Result {
    try StageError.guarding(name, body)
  }
}
