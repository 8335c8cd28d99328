import Foundation
import SQLite

/// A published CDM, read.
final class Database {
  private let connection: Connection

  init(_ file: URL) throws { connection = try Connection(path: file.path, .readOnly) }

  /// The rows of a query as texts; NULL is `nil`.
  func rows(_ sql: String) throws -> [[String?]] {
    var query = try connection.prepare(sql)
    var rows: [[String?]] = []
    while try query.step() {
      rows.append((0..<query.columnCount).map { query.text(at: $0) })
    }
    return rows
  }

  /// The first column of a query; NULL is empty.
  func column(_ sql: String) throws -> [String] { try rows(sql).map { $0[0] ?? "" } }

  func count(_ table: String) throws -> Int {
    Int(try connection.integer("SELECT count(*) FROM \(table)") ?? 0)
  }
}
