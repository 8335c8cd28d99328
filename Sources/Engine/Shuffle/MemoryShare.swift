internal import Columnar

/// The bytes that the rows waiting in several stores may occupy together.
///
/// When they are used up, the store that holds most writes all it holds to its scratch file: the
/// runs there are long, whichever store asks for the room.
package final class MemoryShare: Sendable {
  private struct Member {
    weak var store: ShuffleStore?
  }

  private let bytes: Int
  private let left: Guarded<Int>
  /// Held by the thread that makes room; others wait for what it frees.
  private let members = Guarded<[Member]>([])

  /// - Parameter bytes: how much may be taken in all.
  package init(bytes: Int) {
    self.bytes = bytes
    left = Guarded(bytes)
  }

  /// The bytes of rows that become one run of a scratch file: few enough that joining and ordering
  /// them takes little beside what waits.
  var runBytes: Int { min(256 << 20, max(4 << 20, bytes / 8)) }

  /// A store whose rows the share is for.
  func add(_ store: ShuffleStore) { members.withLock { $0.append(Member(store: store)) } }

  /// Takes some bytes; has stores write what they hold, until so many are left.
  ///
  /// - Returns: whether they are taken; `false` when no store holds anything more.
  func take(_ wanted: Int) throws -> Bool {
    if isTaken(wanted) { return true }
    guard wanted <= bytes else { return false }
    return try members.withLock { members in
      while !isTaken(wanted) {
        let stores = members.compactMap(\.store)
        guard let fullest = stores.max(by: { $0.usage.memory < $1.usage.memory }),
          fullest.usage.memory > 0
        else { return false }
        try fullest.spill()
      }
      return true
    }
  }

  /// Has a store write all that it holds to its scratch file.
  func empty(_ store: ShuffleStore) throws { try members.withLock { _ in try store.spill() } }

  private func isTaken(_ wanted: Int) -> Bool {
    left.withLock { left in
      guard wanted <= left else { return false }
      left -= wanted
      return true
    }
  }

  func giveBack(_ bytes: Int) { left.withLock { $0 += bytes } }
}
