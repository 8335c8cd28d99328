import Dispatch
import Testing

@testable import Columnar

struct GuardedTests {
  @Test func `no step of any thread is lost`() {
    let total = Guarded(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<1_000 { total.withLock { $0 += 1 } }
    }
    #expect(total.withLock { $0 } == 8_000)
  }

  @Test func `an error leaves the value as it stands and the lock open`() {
    struct Refusal: Error {}
    let list = Guarded<[Int]>([])
    #expect(throws: Refusal.self) {
      try list.withLock { list in
        list.append(1)
        throw Refusal()
      }
    }
    #expect(list.withLock { $0 } == [1])
  }
}
