internal import Columnar

/// The rows of a partition by the keys by which others name them.
///
/// An open table of positions: keys are digests already, so that a word of one is its hash.
struct LinkTable {
  typealias Key = PartitionWork.LinkKey
  typealias Link = PartitionWork.Link

  private var keys: [Key] = []
  private var links: [Link] = []
  /// Positions in `keys`, or −1; as many as a power of two, at most half of them taken.
  private var slots = [Int32](repeating: -1, count: 64)

  /// The keys with what they lead to, in the order in which they came.
  var entries: Zip2Sequence<[Key], [Link]> { zip(keys, links) }

  subscript(key: Key) -> Link? {
    let position = slots[slot(of: key)]
    return position < 0 ? nil : links[Int(position)]
  }

  /// Lets a key lead to something, whatever it led to before.
  mutating func set(_ key: Key, _ link: Link) {
    let slot = slot(of: key)
    let position = slots[slot]
    if position >= 0 {
      links[Int(position)] = link
      return
    }
    slots[slot] = Int32(keys.count)
    keys.append(key)
    links.append(link)
    if keys.count * 2 > slots.count { grow() }
  }

  /// Makes room for more keys at once.
  mutating func reserve(_ more: Int) {
    keys.reserveCapacity(keys.count + more)
    links.reserveCapacity(links.count + more)
    while (keys.count + more) * 2 > slots.count { grow() }
  }

  /// The slot of a key, or the one in which it would stand.
  private func slot(of key: Key) -> Int {
    let mask = slots.count - 1
    var slot = LinkTable.hash(key) & mask
    while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot + 1) & mask }
    return slot
  }

  private static func hash(_ key: Key) -> Int {
    // Rows of several rules may have one key.
    let word = key.key.word1 ^ UInt64(truncatingIfNeeded: key.rule) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: word ^ word >> 32)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for (position, key) in keys.enumerated() {
      var slot = LinkTable.hash(key) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(position)
    }
  }
}
