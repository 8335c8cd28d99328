/// Memory for the texts and blobs bound to a statement, from one reset to the next.
///
/// SQLite would copy each value into an allocation of its own; here they are laid end to end in
/// blocks that are used again. A block never moves, so that addresses given to SQLite stay good.
@safe
struct BoundBytes: ~Copyable {
  private var block: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var used = 0
  /// Blocks that were full before the current one.
  private var full: [UnsafeMutablePointer<UInt8>] = unsafe []

  init() {
    capacity = 1024
    unsafe block = .allocate(capacity: 1024)
  }

  deinit {
    unsafe block.deallocate()
    for index in unsafe full.indices { unsafe full[index].deallocate() }
  }

  /// Copies bytes and returns where they are until the next `clear`; never null, even for none.
  mutating func store(_ bytes: Span<UInt8>) -> UnsafePointer<UInt8> {
    let count = bytes.count
    if capacity - used < count {
      unsafe full.append(block)
      capacity = max(2 * capacity, count)
      unsafe block = .allocate(capacity: capacity)
      used = 0
    }
    let place = unsafe block + used
    unsafe bytes.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      unsafe place.update(from: start, count: count)
    }
    used += count
    return unsafe UnsafePointer(place)
  }

  /// Forgets all values and keeps the largest block.
  mutating func clear() {
    used = 0
    if unsafe full.isEmpty { return }
    for index in unsafe full.indices { unsafe full[index].deallocate() }
    unsafe full.removeAll()
  }
}
