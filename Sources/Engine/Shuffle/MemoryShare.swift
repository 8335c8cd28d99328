internal import Columnar

/// The bytes that the rows waiting in several stores may occupy together.
package final class MemoryShare: Sendable {
  private let left: Guarded<Int>

  /// - Parameter bytes: how much may be taken in all.
  package init(bytes: Int) { left = Guarded(bytes) }

  /// Takes some bytes, if so many are left.
  func take(_ bytes: Int) -> Bool {
    left.withLock { left in
      guard bytes <= left else { return false }
      left -= bytes
      return true
    }
  }

  func giveBack(_ bytes: Int) { left.withLock { $0 += bytes } }
}
