internal import Synchronization

/// How far a run has come; written by the workers, read by whoever shows it.
package final class Progress: Sendable {
  /// What the run is doing.
  package enum Phase: Int, Sendable {
    case preparing
    case mapping
    case exchanging
    case finishing
    case publishing
  }

  private let phaseValue = Atomic<Int>(Phase.preparing.rawValue)
  private let doneValue = Atomic<Int>(0)
  private let totalValue = Atomic<Int>(0)
  private let readValue = Atomic<Int>(0)
  private let loadedValue = Atomic<Int>(0)
  private let stopValue = Atomic<Bool>(false)

  package init() {}

  package var phase: Phase { Phase(rawValue: phaseValue.load(ordering: .relaxed)) ?? .preparing }

  /// The units done and to do in the phase: bytes read while mapping, partitions
  /// after that.
  package var done: Int { doneValue.load(ordering: .relaxed) }
  package var total: Int { totalValue.load(ordering: .relaxed) }
  /// Source rows read so far.
  package var rowsRead: Int { readValue.load(ordering: .relaxed) }
  /// Rows handed to the target so far.
  package var rowsLoaded: Int { loadedValue.load(ordering: .relaxed) }

  package func begin(_ phase: Phase, total: Int) {
    doneValue.store(0, ordering: .relaxed)
    totalValue.store(total, ordering: .relaxed)
    phaseValue.store(phase.rawValue, ordering: .relaxed)
  }

  package func advance(_ units: Int) { doneValue.add(units, ordering: .relaxed) }

  package func read(_ rows: Int) { readValue.add(rows, ordering: .relaxed) }

  package func loaded(_ rows: Int) { loadedValue.add(rows, ordering: .relaxed) }

  /// Asks the run to stop at the next chunk or partition; safe from a signal source's handler.
  package func cancel() { stopValue.store(true, ordering: .relaxed) }

  package var isCancelled: Bool { stopValue.load(ordering: .relaxed) }
}

/// The run was asked to stop; the published data are as they were.
package struct RunCancelled: Error, CustomStringConvertible, Sendable {
  package init() {}

  package var description: String { "stopped on request; the published data are unchanged" }
}
