internal import Columnar
internal import Dispatch

/// The bytes that the rows waiting in several stores may occupy together.
///
/// When they are used up, whoever wants room writes a run of the store that holds most to its scratch
/// file: the runs there are long, whichever store asks. Two threads write runs of their own at once;
/// what each makes of its rows on the way is beside the share, so that more would leave the budget.
package final class MemoryShare: Sendable {
  private struct Member {
    weak var store: ShuffleStore?
  }

  private struct State {
    var left: Int
    /// The threads that make room.
    var spilling = 0
    /// The threads that wait for the room which others make.
    var waiting: [DispatchSemaphore] = []

    mutating func wake() {
      for semaphore in waiting { semaphore.signal() }
      waiting = []
    }
  }

  private let bytes: Int
  private let state: Guarded<State>
  private let members = Guarded<[Member]>([])

  /// - Parameter bytes: how much may be taken in all.
  package init(bytes: Int) {
    self.bytes = bytes
    state = Guarded(State(left: bytes))
  }

  /// The bytes of rows that become one run of a scratch file: few enough that joining and ordering
  /// them takes little beside what waits.
  var runBytes: Int { min(32 << 20, max(4 << 20, bytes / 4)) }

  /// A store whose rows the share is for.
  func add(_ store: ShuffleStore) {
    members.withLock { members in
      members.removeAll { $0.store == nil }
      members.append(Member(store: store))
    }
  }

  /// Takes some bytes; writes what stores hold, until so many are left.
  ///
  /// - Returns: whether they are taken; `false` when no store holds anything more.
  func take(_ wanted: Int) throws -> Bool {
    guard wanted <= bytes else { return false }
    while true {
      let others = state.withLock { state -> Int? in
        if wanted <= state.left {
          state.left -= wanted
          return nil
        }
        defer { state.spilling += 1 }
        return state.spilling - state.waiting.count
      }
      guard let others else { return true }
      defer { endSpilling() }
      // While another makes room, it is waited for rather than a short run written.
      let least = others > 0 ? runBytes / 2 : 1
      if others < 2, try fullest()?.spill(atLeast: least) == true { continue }
      if isWorthWaiting(for: wanted) { continue }
      // Nobody makes room any more: what there is goes, however little.
      if try fullest()?.spill(atLeast: 1) != true { return false }
    }
  }

  /// Waits until others have made room.
  ///
  /// - Returns: `false` where nobody does.
  private func isWorthWaiting(for wanted: Int) -> Bool {
    let semaphore = DispatchSemaphore(value: 0)
    let outlook = state.withLock { state -> Bool? in
      if wanted <= state.left { return true }
      // The thread that asks is one of those that spill.
      if state.spilling <= state.waiting.count + 1 { return false }
      state.waiting.append(semaphore)
      return nil
    }
    if let outlook { return outlook }
    semaphore.wait()
    return true
  }

  private func endSpilling() {
    state.withLock { state in
      state.spilling -= 1
      state.wake()
    }
  }

  private func fullest() -> ShuffleStore? {
    let stores = members.withLock { $0.compactMap(\.store) }
    return stores.max { $0.spillable < $1.spillable }
  }

  func giveBack(_ bytes: Int) {
    state.withLock { state in
      state.left += bytes
      state.wake()
    }
  }
}
