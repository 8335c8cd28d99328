internal import CSQLite

extension Connection {
  /// When a transaction takes its lock (https://www.sqlite.org/lang_transaction.html).
  package enum Lock: String, Sendable {
    /// At the first read or write.
    case deferred
    /// At once, against other writers.
    case immediate
    /// At once, against everyone.
    case exclusive
  }

  /// Runs a body whose changes all happen, or none when it throws.
  package func transaction<Result: ~Copyable>(
    _ lock: Lock = .immediate, _ body: () throws -> Result
  ) throws -> Result {
    try execute("begin \(lock.rawValue)")
    do {
      let result = try body()
      try execute("commit")
      return result
    } catch {
      // SQLite may have rolled back by itself: https://www.sqlite.org/c3ref/get_autocommit.html
      if unsafe sqlite3_get_autocommit(handle) == 0 { try? execute("rollback") }
      throw error
    }
  }
}
