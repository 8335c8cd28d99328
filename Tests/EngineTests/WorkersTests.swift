import Columnar
import EngineTestSupport
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Engine

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 3, 8, 16])
  func `a turnstile lets tickets through in their order`(threads: Int) {
    let turnstile = Turnstile()
    let ticket = Atomic<Int>(0)
    let passed = Guarded<[Int]>([])
    let inside = Atomic<Int>(0)
    let crowded = Atomic<Bool>(false)
    onWorkers(threads) { worker in
      var random = SeededGenerator(seed: UInt64(worker))
      while true {
        let mine = ticket.add(1, ordering: .relaxed).oldValue
        guard mine < 500 else { return }
        if Int.random(in: 0..<20, using: &random) == 0 { usleep(200) }
        guard turnstile.wait(mine) else { return }
        if inside.add(1, ordering: .relaxed).oldValue > 0 {
          crowded.store(true, ordering: .relaxed)
        }
        passed.withLock { $0.append(mine) }
        inside.subtract(1, ordering: .relaxed)
        turnstile.leave(mine)
      }
    }
    #expect(passed.withLock { $0 } == Array(0..<500))
    let wasCrowded = crowded.load(ordering: .relaxed)
    #expect(!wasCrowded)
  }

  @Test func `a turnstile opened for good turns everyone away, now and later`() {
    let turnstile = Turnstile()
    let answers = Guarded<[Bool]>([])
    let arrived = DispatchSemaphore(value: 0)
    let gone = DispatchSemaphore(value: 0)
    for ticket in 1...5 {
      Thread.detachNewThread {
        arrived.signal()
        let answer = turnstile.wait(ticket)
        answers.withLock { $0.append(answer) }
        gone.signal()
      }
    }
    for _ in 1...5 { arrived.wait() }
    turnstile.openForGood()
    for _ in 1...5 { gone.wait() }
    #expect(answers.withLock { $0 } == [Bool](repeating: false, count: 5))
    #expect(!turnstile.wait(0))
    #expect(!turnstile.wait(9))
  }

  private struct Numbered: Error, Equatable {
    let number: Int
  }

  @Test func `of many failures the one with the lowest ticket is thrown`() {
    let failure = Failure()
    #expect(!failure.isSet)
    onWorkers(8) { worker in
      for step in 0..<100 {
        let ticket = 3 + (worker * 37 + step * 11) % 800
        failure.set(Numbered(number: ticket), ticket: ticket)
      }
    }
    failure.set(Numbered(number: 3), ticket: 3)
    failure.set(Numbered(number: -1), ticket: .max)
    #expect(failure.isSet)
    #expect(throws: Numbered(number: 3)) { try failure.rethrow() }
  }

  @Test func `no failure throws nothing`() throws {
    try Failure().rethrow()
  }

  @Test(arguments: [1, 2, 4, 8])
  func `a feed hands out every chunk once, numbered as one reads`(threads: Int) throws {
    let schema = Schema([Field("n", .integer)])
    let table = MemoryTable(
      "t", schema,
      files: [
        (0..<100).map { [.lane($0)] }, [], (100..<101).map { [.lane($0)] }, [],
        (101..<333).map { [.lane($0)] },
      ], chunkRows: 7)
    let feed = ChunkFeed(table, firstFile: 10)
    let taken = Guarded<[(ticket: Int, rows: [Int64], files: Set<Int>)]>([])
    let failure = Failure()
    onWorkers(threads) { _ in
      do {
        while let next = try feed.next() {
          let batch = try table.parse(next.chunk)
          taken.withLock {
            $0.append(
              (
                next.ticket, batch.batch["n"]?.lanes ?? [],
                Set(batch.positions.map { SourcePosition(packed: $0).file })
              ))
          }
        }
      } catch {
        failure.set(error, ticket: 0)
      }
    }
    try failure.rethrow()
    let inOrder = taken.withLock { $0.sorted { $0.ticket < $1.ticket } }
    #expect(inOrder.map(\.ticket) == Array(0..<inOrder.count))
    #expect(inOrder.flatMap(\.rows) == (0..<333).map(Int64.init))
    #expect(inOrder.allSatisfy { $0.files.count == 1 })
    #expect(Set(inOrder.flatMap(\.files)) == [10, 12, 14])
    #expect(try feed.next() == nil)
  }

  @Test func `a feed of no parts is empty`() throws {
    let table = MemoryTable("t", Schema([]), files: [])
    #expect(try ChunkFeed(table, firstFile: 0).next() == nil)
  }
}
