package import Columnar

/// Which of a code's targets is which, run after run.
///
/// A slot is part of an event's id. A target that a code keeps keeps its slot; a target that goes
/// away frees its own; a new one takes the lowest that is free, in the order of the targets' ids. So
/// a code with one target may be mapped elsewhere, and a code may get a second target, without a
/// change to the ids there were.
package final class SlotMemory: Sendable {
  private struct State {
    var known: [Digest: [Int64: Int64]]
    var changed: [Digest: [Int64: Int64]] = [:]
  }

  private let state: Guarded<State>

  /// Begins with what the ledger knows: the slot of each target of each code.
  package init(known: [Digest: [Int64: Int64]] = [:]) { state = Guarded(State(known: known)) }

  /// The slots of a code's targets, which are distinct and ascend.
  package func slots(of code: Digest, targets: [Int64]) -> [Int64] {
    state.withLock { state in
      let before = state.known[code] ?? [:]
      var chosen = before.filter { targets.contains($0.key) }
      var taken = Set(chosen.values)
      for target in targets where chosen[target] == nil {
        var slot: Int64 = 0
        while !taken.insert(slot).inserted { slot += 1 }
        chosen[target] = slot
      }
      if chosen != before { state.changed[code] = chosen }
      state.known[code] = chosen
      return targets.compactMap { chosen[$0] }
    }
  }

  /// What the ledger must learn, by code: all targets with their slots.
  package var changes: [(code: Digest, slots: [Int64: Int64])] {
    state.withLock { $0.changed.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }
}
