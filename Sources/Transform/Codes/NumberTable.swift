internal import Columnar

/// A set of numbers, each with the position of its arrival: open addressing, no deletion.
struct NumberTable {
  private(set) var keys: [UInt64] = []
  private var slots = [Int32](repeating: -1, count: 16)

  /// The position of a number, which is added when it is new.
  mutating func insert(_ key: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: KeyIndex.mix(key)) & mask
    while slots[slot] >= 0 {
      if keys[Int(slots[slot])] == key { return Int(slots[slot]) }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(keys.count)
    keys.append(key)
    if keys.count * 2 > slots.count { grow() }
    return keys.count - 1
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = [Int32](repeating: -1, count: mask + 1)
    for (position, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: KeyIndex.mix(key)) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(position)
    }
  }
}
