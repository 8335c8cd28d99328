internal import Dispatch

/// A value that one thread at a time may touch.
///
/// The interface of the standard library's `Mutex`, over a semaphore of Dispatch. The slow path of
/// `Mutex` on Linux lives in a library that the thread sanitizer does not see into: every contended
/// lock looks like a race, and a real one would drown. The sanitizer knows the semaphores of
/// Dispatch. Not reentrant; a thread waits without spinning.
///
/// The value has to occupy memory: one that does not has the address of the object's head, which is
/// read without the lock.
package final class Guarded<Value: ~Copyable>: @unchecked Sendable {
  private let turn = DispatchSemaphore(value: 1)
  private var value: Value

  package init(_ value: consuming sending Value) { self.value = value }

  /// Calls `body` with the value, while no other thread has it.
  package func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    turn.wait()
    defer { turn.signal() }
    return try body(&value)
  }
}
