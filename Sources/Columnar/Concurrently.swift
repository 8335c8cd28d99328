internal import Dispatch

/// Calls a body for the numbers below `count`, each once, from several threads of Dispatch, and waits
/// for all; a thread that is done with one takes the next.
///
/// What the body makes must not depend on which thread called it.
package func concurrently(_ count: Int, workers: Int, _ body: @Sendable (Int) -> Void) {
  let threads = min(workers, count)
  guard threads > 1 else {
    for number in 0..<count { body(number) }
    return
  }
  let next = Guarded(0)
  DispatchQueue.concurrentPerform(iterations: threads) { _ in
    while true {
      let number = next.withLock { next in
        defer { next += 1 }
        return next
      }
      guard number < count else { return }
      body(number)
    }
  }
}
