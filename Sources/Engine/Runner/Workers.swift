internal import Columnar
internal import Dispatch

/// Runs the same body on several threads of Dispatch until all return; when one fails the others
/// stop at their next look at `Failure`, and the failure with the lowest ticket is thrown.
///
/// The lowest ticket makes the error independent of which thread was quicker.
package final class Failure: Sendable {
  private let first = Guarded<(ticket: Int, error: any Error)?>(nil)

  package init() {}

  package var isSet: Bool { first.withLock { $0 != nil } }

  package func set(_ error: any Error, ticket: Int) {
    first.withLock { first in
      if first.map({ ticket < $0.ticket }) ?? true { first = (ticket, error) }
    }
  }

  package func rethrow() throws {
    if let error = first.withLock({ $0?.error }) { throw error }
  }
}

/// Runs a body on the given number of threads and waits for all.
package func onWorkers(_ threads: Int, _ body: @Sendable (Int) -> Void) {
  if threads == 1 { return body(0) }
  DispatchQueue.concurrentPerform(iterations: threads, execute: body)
}

/// Lets tickets pass one at a time in ascending order, whichever thread comes first.
package final class Turnstile: Sendable {
  private struct State {
    var next = 0
    var open = false
    var waiting: [Int: DispatchSemaphore] = [:]
  }

  private let state = Guarded(State())

  package init() {}

  /// Waits for a ticket's turn; returns `false` when the turnstile was opened for good.
  package func wait(_ ticket: Int) -> Bool {
    let semaphore = state.withLock { state -> DispatchSemaphore? in
      if state.open || state.next == ticket { return nil }
      let semaphore = DispatchSemaphore(value: 0)
      state.waiting[ticket] = semaphore
      return semaphore
    }
    semaphore?.wait()
    return state.withLock { !$0.open }
  }

  /// Ends a ticket's turn and lets the next one in.
  package func leave(_ ticket: Int) {
    state.withLock { state in
      state.next = max(state.next, ticket + 1)
      state.waiting.removeValue(forKey: state.next)?.signal()
    }
  }

  /// Lets everyone through: something failed.
  package func openForGood() {
    state.withLock { state in
      state.open = true
      for semaphore in state.waiting.values { semaphore.signal() }
      state.waiting = [:]
    }
  }
}
