internal import Columnar

/// Takes what is refused, in any order and from any thread.
package protocol QuarantineSink: Sendable {
  func add(_ entries: [QuarantineEntry]) throws
}

/// Keeps what is refused in memory: for tests of pipelines, whose inputs are a few rows.
package final class QuarantineList: QuarantineSink {
  private let list = Guarded<[QuarantineEntry]>([])

  package init() {}

  package func add(_ entries: [QuarantineEntry]) { list.withLock { $0 += entries } }

  package var entries: [QuarantineEntry] {
    list.withLock { $0.sorted { $0.position < $1.position } }
  }
}
