import CommonDataModel
import Engine
import EngineTestSupport
import TestSupport
import Testing

@testable import Transform

/// Persons whose rows are too many to be held come out as others do.
///
/// That all worlds of the other tests do is looked at where they are run.
struct LargePersonTests {
  private static let large = Manner(
    threads: 2, shuffleBytes: 100_000, partitionBytes: 20_000, largeBytes: 0)

  /// Two persons, one of whom has so many acts that some want the same place.
  private func hospital(acts: Int, from first: Int = 0) -> World {
    var world = World.clinic(persons: 2)
    world.stay("S1", of: "P1")
    world.stay("S2", of: "P2")
    for number in first..<first + acts {
      world.act(number % 50 == 0 ? "S2" : "S1", Int64(number), .text("A\(number % 7)"))
    }
    world.map("A1", (1, .condition))
    world.map("A2", (2, .drug), (3, .drug))
    return world
  }

  @Test func `rows that want one place get the same ones, in this run and the next`() throws {
    let acts = Effort.rounds(16_000)
    let whole = try Ledger(path: nil, keyFingerprint: "test")
    let sliced = try Ledger(path: nil, keyFingerprint: "test")
    for first in [0, acts / 3, 0] {
      let world = hospital(acts: acts, from: first)
      let expected = try world.run(ledger: whole)
      let outcome = try world.run(Self.large, ledger: sliced)
      #expect(outcome.target.lines == expected.target.lines)
      #expect(outcome.books == expected.books)
      let remembered = try whole.exceptions(in: 0..<Buckets.count)
      #expect(try sliced.exceptions(in: 0..<Buckets.count) == remembered)
      // A tenth of the rows, as under a sanitizer, are too few for that.
      #expect(!remembered.isEmpty || acts < 16_000)
    }
  }

  @Test func `a person without period is left out with all rows`() throws {
    var world = hospital(acts: 300)
    world.derivation.dropsUnobserved = true
    world.source.delivered = -1
    let outcome = try world.run()
    #expect(outcome["person"].isEmpty)
    #expect(outcome["condition_occurrence"].isEmpty)
    #expect(outcome.quarantine.count > 300)
  }
}
