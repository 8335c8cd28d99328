internal import Columnar
import Delimited

/// The token buffers that no thread uses at the moment; there are never more than threads.
final class TokenBufferPool: Sendable {
  private let idle = Guarded<[TokenBuffers]>([])

  func take() -> TokenBuffers { idle.withLock { $0.popLast() } ?? TokenBuffers() }

  func giveBack(_ buffers: consuming TokenBuffers) {
    // A copy, since a consumed parameter cannot be captured; its arrays are not copied.
    let buffers = buffers
    idle.withLock { $0.append(buffers) }
  }
}
